"""One entry of the ledger, and two that don't go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engine.quality.words import short
from sources.dates import FoundDate

_SLACK = 2  # years that "about" may be off


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody (`who`) and what a sentence says of them: a date, a number of years, a name.

    `first` to `last` is when it may have been, with the slack of "about" in it; `exact` says that a day is named.
    """

    kind: str
    who: str
    sentence: str
    section: str
    at: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    exact: bool = False
    value: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims and what is wrong between them, as a sentence."""

    first: Claim
    second: Claim
    what: str

    def message(self) -> str:
        """What is wrong, with both places quoted."""
        one, other = self.first, self.second
        places = {
            "what": self.what,
            "one": one.section,
            "first": short(one.sentence, one.at),
            "other": other.section,
            "second": short(other.sentence, other.at),
        }
        return _("%(what)s “%(one)s”: “%(first)s” “%(other)s”: “%(second)s”") % places


def span_of(date: FoundDate, *, hedged: bool) -> tuple[dt.date, dt.date]:
    """First and last day that a date may mean; wider when the text itself isn't sure."""
    if not hedged and date.precision != "circa":
        return date.first, date.last
    first = max(1, date.first.year - _SLACK)
    return dt.date(first, 1, 1), dt.date(date.last.year + _SLACK, 12, 31)


def apart(one: Claim, other: Claim) -> bool:
    """Whether two claims can't mean the same time."""
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.last < other.first or other.last < one.first


def clashes(claims: Iterable[Claim], differ: Callable[[Claim, Claim], bool]) -> Iterator[tuple[Claim, Claim]]:
    """Each claim that differs from the first of its kind said of the same person, once for each new value."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        earlier = told.setdefault(claim.who, [])
        if any(not differ(one, claim) for one in earlier):
            continue
        if earlier:
            yield earlier[0], claim
        earlier.append(claim)
