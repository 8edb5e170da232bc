"""A sentence beside its passage, with the window of the passage that is about the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sources.people import PersonName
from sources.support.dates import Date
from sources.support.numbers import Number
from sources.support.reading import Reading


@dataclass(frozen=True, slots=True)
class Clash:
    """Something typed that the passage doesn't say. `found` is what it says in its place, "" for nothing."""

    kind: str
    said: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """`best` is the sentence of the passage that shares most with the claim, `near` it with its neighbours.

    Both are stretches of the passage's tokens (first, past the last). `share` is the part of the claim's
    content words that stand in `near`. Sharing finds the place and no more: it's no sign that the claim is
    true, since a wrong copy shares more with its source than an honest rewording does.
    """

    claim: Reading
    passage: Reading
    best: tuple[int, int]
    near: tuple[int, int]
    share: float
    shared: int
    subject: frozenset[str]

    def is_subject(self, word: str) -> bool:
        """Whether a folded word belongs to the name of the person the book is about."""
        return word in self.subject

    def in_best(self, place: int) -> bool:
        """Whether a token of the passage lies in the best sentence."""
        return self.best[0] <= place < self.best[1]

    def dates_in_best(self) -> Iterator[Date]:
        """The dates of the best sentence."""
        return (date for date in self.passage.dates if self.in_best(date.first))

    def numbers_in_best(self) -> Iterator[Number]:
        """The numbers of the best sentence."""
        return (number for number in self.passage.numbers if self.in_best(number.first))


def pair(claim: Reading, passage: Reading, about: PersonName | None) -> Pair:
    """Lay a claim beside a passage."""
    subject = frozenset(about.words) if about else frozenset()
    wanted = _content(claim, subject)
    best = _best(wanted, passage)
    near = _with_neighbours(passage, best)
    there = set(passage.stems[near[0] : near[1]])
    shared = len(wanted & there)
    return Pair(claim, passage, best, near, shared / max(len(wanted), 1), shared, subject)


def _content(claim: Reading, subject: frozenset[str]) -> set[str]:
    numeric = {place for one in (*claim.dates, *claim.numbers) for place in range(one.first, one.last + 1)}
    return {
        stem
        for place, stem in enumerate(claim.stems)
        if stem and place not in numeric and claim.tokens[place].folded not in subject
    }


def _best(wanted: set[str], passage: Reading) -> tuple[int, int]:
    """The sentence with the most of the wanted stems, each weighed by how few sentences have it."""
    sets = [wanted.intersection(passage.stems[first:past]) for first, past in passage.spans]
    weight = {stem: 1 / sum(stem in one for one in sets) for stem in set().union(*sets)}
    scores = [sum(sorted(weight[stem] for stem in one)) for one in sets]
    if not scores:
        return 0, 0
    return passage.spans[scores.index(max(scores))]


def _with_neighbours(passage: Reading, best: tuple[int, int]) -> tuple[int, int]:
    if not passage.spans:
        return 0, 0
    place = passage.spans.index(best)
    return passage.spans[max(place - 1, 0)][0], passage.spans[min(place + 1, len(passage.spans) - 1)][1]
