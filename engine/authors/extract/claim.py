"""One source's word on one thing of the subject's life, and whether two of them can both be true."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from engine.authors.base import Span
from engine.authors.extract.events import Telling
from sources.dates import FoundDate

_ALIKE: Final = 0.8  # likeness of letters from which two names are spellings of one


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's word on one thing: `topic` says on what, `kind` how a difference in it is called."""

    topic: str
    kind: str
    fact: int  # its place among the facts
    span: Span
    date: FoundDate | None = None
    words: frozenset[str] = frozenset()
    name: tuple[str, ...] = ()
    number: int = 0
    length: int = 0  # words of the clause that makes it
    value: str = ""  # which of a few: how somebody was related, which of two things came first
    ages: tuple[int, int] | None = None  # years of age that it leaves room for
    once: bool = True  # False for what may happen twice: a witness who tells two dates of it means two events

    @property
    def telling(self) -> Telling:
        """Where it is told."""
        return Telling(self.fact, self.span, self.length)


def agree(one: Claim, other: Claim) -> bool:
    """Whether two claims on one topic can both be true."""
    if one.date is not None and other.date is not None:
        return _dates_agree(one.date, other.date)
    if one.name and other.name:
        return _names_agree(one.name, other.name)
    if one.ages and other.ages:
        return _ages_agree(one.ages, other.ages)
    return (
        one.number == other.number
        and one.value == other.value
        and (not one.words or bool(one.words & other.words))
    )


def difference(one: Claim, other: Claim) -> str:
    """What kind of difference it is: two spellings of one name are no two names."""
    if "age" in (one.kind, other.kind):
        return "age"
    if one.name and other.name and _spelled_alike(one.name, other.name):
        return "spelling"
    return one.kind


def _dates_agree(one: FoundDate, other: FoundDate) -> bool:
    """They overlap; beside an exact date "about" allows a year more or less, beside another guess it doesn't."""
    guesses = (one.precision == "circa") + (other.precision == "circa")
    slack = 366 if guesses == 1 else 0
    return (one.first - other.last).days <= slack and (other.first - one.last).days <= slack


def _ages_agree(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """They overlap, but for a year; what no number tells leaves two."""
    slack = 1 if one[0] == one[1] and other[0] == other[1] else 2
    return one[0] - other[1] <= slack and other[0] - one[1] <= slack


def _names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """ "Harriet" and "Harriet Bailey", "J. Marrow" and "Josiah Marrow"; two given names are two people."""
    if len(one) == 1 or len(other) == 1:
        return bool({*one} & {*other})
    return one[0] == other[0] or (min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0])


def _spelled_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return SequenceMatcher(None, one[0], other[0], autojunk=False).ratio() >= _ALIKE
