"""What the book that a form asks for would cost: nothing is stored, and mistakes don't matter yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict

from biographies.admin.new_book_form import NewBookForm, wishes_of
from biographies.admin.uploads import Kept
from biographies.budgets import cap_of
from biographies.models import BiographyJob
from biographies.vocabulary import AuthorName, Mode
from engine.estimating import Estimate, estimate_of
from sources.minimum import Minimum, minimum_of
from sources.sizes import UNREAD_WORDS, words_in

MOST_FILES: Final = 500
COLUMNS: Final = frozenset(
    {"mode", "author", "wanted_words", "wanted_chapters", "models_by_role", "budget_micros", "min_sources"}
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The estimate with what it rests on; `cap` is where the spending would end (None: nowhere)."""

    known: Estimate
    model: bool
    configured: bool
    sources: int
    found: int  # of the sources, those that BookGen is to find
    words: int  # of the sources
    wanted: int | None
    least: Minimum
    cap: int | None

    @property
    def over(self) -> bool:
        """Whether the book would pause for want of money."""
        return self.cap is not None and self.known.micros > self.cap

    @property
    def too_few(self) -> bool:
        """Whether the book would stop for want of sources."""
        return self.sources < self.least.number


def forecast(sent: QueryDict, kept: Sequence[Kept]) -> Forecast:
    """The forecast for what was sent; fields with mistakes count as empty."""
    form = NewBookForm(sent)
    form.is_valid()
    wished = {name: value for name, value in wishes_of(form.cleaned_data).items() if name in COLUMNS}
    job = BiographyJob(**{"author": AuthorName.EXTRACTIVE, "mode": Mode.MANUAL} | wished)
    words = [*_given(kept, sent.getlist("chosen")), *_urls(form.cleaned_data)]
    missing = _missing(form.cleaned_data, len(words))
    words += [UNREAD_WORDS] * missing
    model = job.author == AuthorName.MODEL
    asked = not model or settings.MODEL_CONFIGURED  # without an endpoint nobody knows a price
    return Forecast(
        known=estimate_of(job, words) if asked and words else Estimate(),
        model=model,
        configured=settings.MODEL_CONFIGURED,
        sources=len(words),
        found=missing,
        words=sum(words),
        wanted=job.wanted_words,
        least=minimum_of(job),
        cap=cap_of(job),
    )


def _given(kept: Sequence[Kept], chosen: Iterable[str]) -> list[int]:
    """Words of the files: those that are here, and those that are only chosen ("size:name" each)."""
    pairs = [(one.filename, one.size) for one in kept]
    for text in list(chosen)[:MOST_FILES]:
        size, _colon, name = text.partition(":")
        if size.isascii() and size.isdigit() and len(size) < 12:
            pairs.append((name[:255], int(size)))
    return [words_in(name, size) for name, size in pairs if not name.endswith(".json")]


def _urls(values: dict[str, Any]) -> list[int]:
    return [UNREAD_WORDS] * len(values.get("urls") or [])


def _missing(values: dict[str, Any], present: int) -> int:
    """How many sources BookGen is to find."""
    if values.get("mode", Mode.MANUAL) == Mode.MANUAL:
        return 0
    wanted = int(values.get("target_sources") or settings.TARGET_SOURCES)
    return max(0, wanted - present)
