"""The choice among found sources: the best, spread over kinds and sites. Pure, deterministic and explained.

Greedy: the source with the most points is taken, then the points of all others are counted anew. A source's
points are its two scores, less a share for each source of its site that is in already, less the share that its
kind has among those. So the tenth page of one site must be much better than the first of another, and
an encyclopedia gives way to a letter once there are encyclopedias enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

RELEVANCE: Final = 60.0  # of 100 points
CREDIBILITY: Final = 40.0
SAME_SITE: Final = 4.0  # points less for each source of the site that is in already
MOST_FOR_SITE: Final = 24.0
SAME_KIND: Final = 30.0  # points less for a kind that all the others have


@dataclass(frozen=True, slots=True)
class Entry:
    """A valid source as the choice sees it; `kind` and `site` are words, relevance is 0–1, credibility 0–100."""

    number: int
    site: str
    kind: str
    relevance: float
    credibility: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a source is kept, and a sentence for the editor that says why or why not."""

    number: int
    kept: bool
    because: str


class _Tally:
    """What is in already, and what that takes from a source's points."""

    def __init__(self, present: Iterable[Entry]) -> None:
        self.sites: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        for entry in present:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        self.sites[entry.site] += 1
        self.kinds[entry.kind] += 1

    def points(self, entry: Entry) -> float:
        merit = RELEVANCE * entry.relevance + CREDIBILITY * entry.credibility / 100
        of_site = min(MOST_FOR_SITE, SAME_SITE * self.sites[entry.site])
        of_kind = SAME_KIND * self.kinds[entry.kind] / max(1, self.kinds.total())
        return merit - of_site - of_kind


def choose(found: Sequence[Entry], present: Sequence[Entry], wanted: int) -> list[Choice]:
    """Judge each found source: kept while fewer than `wanted` are in, `present` ones counted; best first."""
    tally = _Tally(present)
    left = sorted(found, key=lambda entry: entry.number)
    choices = []
    places = max(0, wanted - len(present))
    for place in range(1, min(places, len(left)) + 1):
        best = max(left, key=lambda entry: (tally.points(entry), -entry.number))
        choices.append(Choice(best.number, True, _kept(best, place, len(found), tally)))
        left.remove(best)
        tally.add(best)
    return choices + [Choice(entry.number, False, _left_out(entry, places, tally)) for entry in left]


def _said(entry: Entry, tally: _Tally) -> dict[str, str | int]:
    return {
        "relevance": f"{entry.relevance:.2f}",
        "credibility": f"{entry.credibility:.0f}",
        "points": f"{tally.points(entry):.0f}",
        "site": entry.site,
        "others": tally.sites[entry.site],
    }


def _kept(entry: Entry, place: int, of: int, tally: _Tally) -> str:
    said = _said(entry, tally) | {"place": place, "of": of}
    return (
        _(
            "No. %(place)d of %(of)d with %(points)s points: relevance %(relevance)s, credibility %(credibility)s,"
            " sources of %(site)s before it: %(others)d."
        )
        % said
    )


def _left_out(entry: Entry, places: int, tally: _Tally) -> str:
    said = _said(entry, tally) | {"places": places}
    return (
        _(
            "Not among the best %(places)d: relevance %(relevance)s, credibility %(credibility)s,"
            " sources of %(site)s kept: %(others)d."
        )
        % said
    )
