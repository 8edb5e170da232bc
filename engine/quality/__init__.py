"""Quality control: one small pure module per check, and the entrances to them.

A check is a module with a NAME and `check(view)` for one section, `check_book(views)` for the whole book, or
both. It takes plain data and hands back what it saw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from biographies.actions import Seen
from biographies.models import BiographyJob
from engine.quality import (
    chronology,
    citations,
    coherence,
    contradictions,
    injection,
    language,
    ledger,
    length,
    markup,
    quotes,
    repetition,
)
from engine.quality.contradictions import DisputeView
from engine.quality.disputes import read_disputes
from engine.quality.limiting import limited
from engine.quality.rows import read_book
from engine.quality.views import SectionView

SECTION_MODULES: Final = (length, citations, quotes, repetition, chronology, language, markup, injection)
BOOK_MODULES: Final = (repetition, chronology, coherence, ledger, injection)

SECTION_CHECKS: Final = tuple(module.NAME for module in SECTION_MODULES)
BOOK_CHECKS: Final = (*(module.NAME for module in BOOK_MODULES), contradictions.NAME)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was seen, and how much each check saw: a check with 0 ran and found nothing."""

    seen: list[Seen]
    counts: dict[str, int]


def check_book(job: BiographyJob) -> Checked:
    """What the checks see in the book as a whole."""
    return book_checked(read_book(job), read_disputes(job))


def section_checked(view: SectionView) -> Checked:
    """The checks of one section on plain data."""
    return _checked(SECTION_CHECKS, (seen for module in SECTION_MODULES for seen in module.check(view)))


def book_checked(views: list[SectionView], disputes: Sequence[DisputeView] = ()) -> Checked:
    """The checks of the whole book on plain data."""
    seen = [seen for module in BOOK_MODULES if module is not ledger for seen in module.check_book(views)]
    seen += ledger.check_book(views, [(one.followed, one.other) for one in disputes])
    return _checked(BOOK_CHECKS, [*seen, *contradictions.check_book(disputes)])


def _checked(names: Iterable[str], seen: Iterable[Seen]) -> Checked:
    found = list(seen)
    counts = Counter(one.check for one in found)
    return Checked(limited(found), {name: counts[name] for name in names})
