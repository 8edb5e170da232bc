"""A sentence beside its passage, with the window of the passage that is about the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from sources.people import PersonName
from sources.support.dates import Date
from sources.support.families import senses
from sources.support.numbers import Number
from sources.support.reading import Reading

_PLENTY = 0.5  # of the wanted words: families need no look
_SHORT = 4  # letters of "not", "no", "nie"
_PLAIN = frozenset("never nunca jamas jamais niemals nicht keine keinen".split())


@dataclass(frozen=True, slots=True)
class Clash:
    """Something typed that the passage doesn't say. `found` is what it says in its place, "" for nothing.

    `sure`: the words around it are the same on both sides, so that the one stands where the other stood.
    """

    kind: str
    said: str
    found: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """`best` is the sentence of the passage that shares most with the claim, `near` it with its neighbours.

    Both are stretches of the passage's tokens (first, past the last). `wanted` are the stems of the claim's
    content words, `share` the part of them that stands in `near`, `meant` the part that stands there or has a word
    of its family there. Sharing finds the place and no more: it's no
    sign that the claim is true, since a wrong copy shares more with its source than an honest rewording does.
    """

    claim: Reading
    passage: Reading
    best: tuple[int, int]
    near: tuple[int, int]
    share: float
    shared: int
    meant: float
    wanted: frozenset[str]
    subject: frozenset[str]

    def is_subject(self, word: str) -> bool:
        """Whether a folded word belongs to the name of the person the book is about."""
        return word in self.subject

    def in_best(self, place: int) -> bool:
        """Whether a token of the passage lies in the best sentence."""
        return self.best[0] <= place < self.best[1]

    def adds_to_best(self, place: int) -> bool:
        """Whether the sentence around a token of the passage has words of the claim that the best one lacks.

        The words with which the claim opens don't count: they name whom all sentences are about.
        """
        first, past = next(span for span in self.passage.spans if span[0] <= place < span[1])
        best = self.passage.stems[slice(*self.best)]
        opening = self.claim.stems[:2]
        here = self.wanted.intersection(self.passage.stems[first:past])
        return (first, past) == self.best or bool(here.difference(best, opening))

    def denies_alike(self, place: int) -> bool:
        """Whether a verb of denial of the claim ("failed", not "not") stands near in the passage too."""
        near = (token.folded for token in self.passage.tokens[slice(*self.near)])
        return is_denial(self.claim, place) and self.claim.tokens[place].folded in near

    def dates_in_best(self) -> Iterator[Date]:
        """The dates of the best sentence."""
        return (date for date in self.passage.dates if self.in_best(date.first))

    def numbers_in_best(self) -> Iterator[Number]:
        """The numbers of the best sentence."""
        return (number for number in self.passage.numbers if self.in_best(number.first))


def is_denial(reading: Reading, place: int) -> bool:
    """Whether a negation is a word of its own weight ("failed", "unable") and no "not" or "never"."""
    word = reading.tokens[place].folded
    return len(word) > _SHORT and word not in _PLAIN


def pair(claim: Reading, passage: Reading, about: PersonName | None) -> Pair:
    """Lay a claim beside a passage."""
    subject = frozenset(about.words) if about else frozenset()
    wanted = _content(claim, subject)
    scores = _scores(wanted, passage)
    best = _best(claim, passage, wanted, scores) if scores else (0, 0)
    near = _with_neighbours(passage, best)
    there = set(passage.stems[near[0] : near[1]])
    shared = len(wanted & there)
    share = shared / max(len(wanted), 1)
    meant = share if share >= _PLENTY and shared > 1 else _meant(claim, passage, near, wanted)
    return Pair(claim, passage, best, near, share, shared, meant, frozenset(wanted), subject)


def _best(claim: Reading, passage: Reading, wanted: set[str], scores: list[float]) -> tuple[int, int]:
    """The sentence that shares most; of several alike, the one that has most words of the claim's families."""
    most = max(scores)
    alike = [span for span, score in zip(passage.spans, scores, strict=True) if score == most]
    if len(alike) == 1:
        return alike[0]
    said = {sense for at, stem in enumerate(claim.stems) if stem in wanted for sense in senses(claim, at)}
    counts = [
        len(said & _senses_in(passage, span)) + 2 * figures_shared(claim, passage, span) for span in alike
    ]
    return alike[counts.index(max(counts))]


def figures_shared(claim: Reading, passage: Reading, span: tuple[int, int]) -> int:
    """How many of the claim's years and numbers a sentence has."""
    said = {date.year for date in claim.dates} | {number.value for number in claim.numbers}
    items: tuple[Date | Number, ...] = (*passage.dates, *passage.numbers)
    here = [one for one in items if span[0] <= one.first < span[1]]
    return len(said & {one.year if isinstance(one, Date) else one.value for one in here})


def _senses_in(reading: Reading, span: tuple[int, int]) -> set[str]:
    return {sense for at in range(*span) for sense in senses(reading, at)}


def _meant(claim: Reading, passage: Reading, near: tuple[int, int], wanted: set[str]) -> float:
    """The part of the wanted stems that stand near, or of whose family a word does."""
    there = _senses_in(passage, near)
    found = {stem for at, stem in enumerate(claim.stems) if stem in wanted and senses(claim, at) & there}
    return len(found) / max(len(wanted), 1)


def _content(claim: Reading, subject: frozenset[str]) -> set[str]:
    items: tuple[Date | Number, ...] = (*claim.dates, *claim.numbers)
    numeric = {place for one in items for place in range(one.first, one.last + 1)}
    return {
        stem
        for place, stem in enumerate(claim.stems)
        if stem and place not in numeric and claim.tokens[place].folded not in subject
    }


def _scores(wanted: set[str], passage: Reading) -> list[float]:
    """How many of the wanted stems each sentence has, each weighed by how few sentences have it."""
    sets = [wanted.intersection(passage.stems[first:past]) for first, past in passage.spans]
    weight = {stem: 1 / count for stem, count in Counter(chain.from_iterable(sets)).items()}
    return [sum(sorted(weight[stem] for stem in one)) for one in sets]


def _with_neighbours(passage: Reading, best: tuple[int, int]) -> tuple[int, int]:
    if not passage.spans:
        return 0, 0
    place = passage.spans.index(best)
    return passage.spans[max(place - 1, 0)][0], passage.spans[min(place + 1, len(passage.spans) - 1)][1]
