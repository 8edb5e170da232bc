"""Facts of one source, found by a model in batches of passages; a quotation that isn't there is dropped."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import structlog
from django.utils.translation import ngettext

from bookgen_site.lib.text import clean_text
from engine.authors.asking import Asker
from engine.authors.base import FactDate, FactDraft, SourceText, Subject
from engine.authors.model import forms
from engine.authors.model.asking import LEAST_TOKENS, Question, Remark
from engine.authors.model.passages import Shown, all_of, quoted
from engine.authors.side_by_side import side_by_side
from engine.models_api.errors import InvalidAnswer, TooLong, Truncated

log = structlog.get_logger(__name__)

BATCH_WORDS: Final = 3_000  # of passages in one question: small enough to be read with care by any model
MOST_TOKENS: Final = 6_000
TOKENS_PER_WORD_READ: Final = 3.0  # of an answer that quotes every word, and ends a model that repeats itself
MOST_NAMES: Final = 12
_DATE: Final = re.compile(r"(?P<circa>c\.?\s*)?(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2}))?)?")


def find(
    asker: Asker, subject: Subject, source: SourceText, remark: Remark = lambda _remark: None
) -> tuple[FactDraft, ...]:
    """All facts about the subject that the model finds in a source, in reading order, each with its quotation."""
    batches = [(str(number), batch) for number, batch in enumerate(_batches(all_of(source)), 1)]
    answers = side_by_side(lambda one: _answers(asker, subject, source, one[1], one[0]), batches)
    found: dict[str, FactDraft] = {}
    dropped = 0
    for said, batch in (pair for answer in answers for pair in answer):
        fact = _fact(said, batch, source)
        if fact is None:
            dropped += 1
        else:
            found.setdefault(fact.key, fact)
    if dropped:
        log.info("quotes_dropped", source=source.number, dropped=dropped, kept=len(found))
    if dropped and not found:
        raise InvalidAnswer("None of the quotations that the model gave stands in the source.")
    if dropped:
        remark(_told(dropped, source))
    return tuple(sorted(found.values(), key=lambda fact: (fact.sentences, fact.key)))


def _told(dropped: int, source: SourceText) -> str:
    words = ngettext(
        "One quotation that the model gave of “%(source)s” doesn't stand in it; the fact was dropped.",
        "%(count)d quotations that the model gave of “%(source)s” don't stand in it; the facts were dropped.",
        dropped,
    )
    return words % {"count": dropped, "source": source.title or source.number}


def _answers(
    asker: Asker, subject: Subject, source: SourceText, batch: Sequence[Shown], name: str
) -> list[tuple[Mapping[str, Any], Sequence[Shown]]]:
    """What is said of a batch. One that is too long for the model, or makes its answer too long, is halved."""
    try:
        return [(said, batch) for said in _ask(asker, subject, source, batch, name)]
    except (TooLong, Truncated):
        if len(batch) < 2:
            raise
    middle = len(batch) // 2
    return [
        *_answers(asker, subject, source, batch[:middle], f"{name}a"),
        *_answers(asker, subject, source, batch[middle:], f"{name}b"),
    ]


def _batches(passages: Iterable[Shown]) -> Iterator[list[Shown]]:
    batch: list[Shown] = []
    words = 0
    for passage in passages:
        length = len(passage.text.split())
        if batch and words + length > BATCH_WORDS:
            yield batch
            batch, words = [], 0
        batch.append(passage)
        words += length
    if batch:
        yield batch


def _ask(
    asker: Asker, subject: Subject, source: SourceText, batch: Sequence[Shown], name: str
) -> list[Mapping[str, Any]]:
    named = ", ".join(part for part in (source.author, source.title, str(source.year or "")) if part)
    question = Question(asker, subject, f"facts {name}")
    blocks = [passage.block() for passage in batch]
    about = " ".join(named.replace("<", " ").replace(">", " ").split())[:300] or "a source without a title"
    answer = question.ask(
        "planner",
        "research_planning/facts",
        forms.FACTS,
        blocks,
        max_tokens=_tokens(batch),
        source=about,
    )
    return list(answer["facts"])


def _tokens(batch: Sequence[Shown]) -> int:
    words = sum(len(passage.text.split()) for passage in batch)
    return min(MOST_TOKENS, LEAST_TOKENS + round(TOKENS_PER_WORD_READ * words))


def _fact(said: Mapping[str, Any], batch: Sequence[Shown], source: SourceText) -> FactDraft | None:
    """The fact with the whole sentences that its quotation stands in; None when it stands in no passage."""
    named = [passage for passage in batch if passage.name == said["passage"].strip()]
    for passage in [*named, *(one for one in batch if one not in named)]:
        spans = quoted(passage, said["quote"])
        if spans:
            text = source.text[spans[0].start : spans[-1].end]
            return FactDraft(
                key=hashlib.sha256(text.encode()).hexdigest(),
                sentences=spans,
                text=text,
                kind=said["kind"],
                date=date_of(said["date"]),
                people=_names(said["people"], text),
                places=_names(said["places"], text),
                score=1.0,
            )
    return None


def _names(said: Iterable[str], text: str) -> tuple[str, ...]:
    """The names that really stand in the text, each once."""
    cleaned = (clean_text(name, multiline=False).strip() for name in said)
    return tuple(dict.fromkeys(name for name in cleaned if name and name in text))[:MOST_NAMES]


def date_of(said: str) -> FactDate | None:
    """ "1838-09-03", "1838-09", "1838", "c. 1817"; anything else is no date."""
    match = _DATE.fullmatch(said.strip())
    if match is None:
        return None
    year, month, day = int(match["y"]), int(match["m"] or 0), int(match["d"] or 0)
    try:
        first = dt.date(year, month or 1, day or 1)
        last = dt.date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    precision = "circa" if match["circa"] else "day" if day else "month" if month else "year"
    return FactDate(first, last, precision, said.strip())
