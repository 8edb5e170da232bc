"""Two facts that can't both be true: which one the book follows, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from engine.authors.base import Dispute, FactDraft, SourceText, Span

_RANKS = {"primary": 0, "secondary": 1, "tertiary": 2}
_LOST = 2.5  # what a fact loses whose date, place or number the book doesn't follow
HARMLESS = ("spelling", "place", "age")  # differences that leave the rest of the statement as it was


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two facts, by their places, and the sentences in which they differ. `kind` is a word of `Dispute`.

    `witnesses` counts those of each side where more facts than these two say it.
    """

    kind: str
    one: int
    other: int
    span: Span
    other_span: Span
    witnesses: tuple[int, int] | None = None

    @property
    def spans(self) -> frozenset[Span]:
        """Both sentences."""
        return frozenset((self.span, self.other_span))


# What two sentences differ in is told once: a day of birth that differs is no second difference of dates.
_SORTS = {"birth": "date", "death": "date", "age": "date", "spelling": "name"}


def each_once(disagreements: Iterable[Disagreement]) -> list[Disagreement]:
    """Without those that say again of the same two sentences that they differ in the same sort of thing."""
    kept: dict[tuple[str, frozenset[Span]], Disagreement] = {}
    for one in disagreements:
        kept.setdefault((_SORTS.get(one.kind, one.kind), one.spans), one)
    return list(kept.values())


def decided(
    facts: list[FactDraft],
    disagreements: Iterable[Disagreement],
    sources: tuple[SourceText, ...],
    key: Callable[[int], str],
) -> list[FactDraft]:
    """The facts, the worse-attested one of each pair marked with the key of the better, and with the reason.

    `key` gives the key of the fact that tells what the one at a place told.
    """
    by_key = {fact.key: fact for fact in facts}
    by_number = {source.number: source for source in sources}
    marks: dict[str, list[tuple[str, Dispute]]] = defaultdict(list)
    for one in disagreements:
        keys = key(one.one), key(one.other)
        if keys[0] == keys[1] or not {*keys} <= by_key.keys():
            continue
        ours_is_better, because, counts = _judged(one, by_key[keys[0]], by_key[keys[1]], by_number)
        best, worse = keys if ours_is_better else keys[::-1]
        spans = (one.other_span, one.span) if ours_is_better else (one.span, one.other_span)
        marks[worse].append((best, Dispute(one.kind, *spans, because, counts)))
    return [_marked(fact, marks[fact.key]) if fact.key in marks else fact for fact in facts]


def _marked(fact: FactDraft, marks: list[tuple[str, Dispute]]) -> FactDraft:
    """The gravest first; one sentence disagrees on one thing once, however many others say otherwise."""
    ordered = sorted(
        marks, key=lambda mark: (mark[1].kind in HARMLESS, mark[1].own, mark[1].kind, mark[1].other)
    )
    first = {(dispute.kind, dispute.own): (best, dispute) for best, dispute in reversed(ordered)}
    kept = [mark for mark in ordered if first[(mark[1].kind, mark[1].own)] == mark]
    best, gravest = kept[0]
    loss = 0.0 if gravest.kind in HARMLESS else _LOST
    disputes = tuple(dispute for _, dispute in kept)
    return replace(fact, contradicts=best, disputes=disputes, score=round(fact.score - loss, 4))


def _judged(
    one: Disagreement, ours: FactDraft, theirs: FactDraft, by_number: dict[int, SourceText]
) -> tuple[bool, str, tuple[int, int]]:
    """Whether the first side is the better one, the first reason that tells them apart, and how many say either."""
    counts = one.witnesses or (ours.witnesses, theirs.witnesses)
    mine = (-counts[0], *merits(ours, by_number[one.span.source]))
    other = (-counts[1], *merits(theirs, by_number[one.other_span.source]))
    reasons = (name for name, merit, rival in zip(REASONS, mine, other, strict=True) if merit != rival)
    because = next(reasons, "order")
    if (mine, ours.key) < (other, theirs.key):
        return True, because, counts
    return False, because, (counts[1], counts[0])


REASONS = ("witnesses", "kind", "near", "credible", "weight")


def merits(fact: FactDraft, source: SourceText) -> tuple[float, float, float, float]:
    """What speaks for a fact beside its witnesses, the lower the better.

    A primary source before others, one written soon after, a credible one, and one that tells more.
    """
    date = fact.date
    years = abs(source.year - date.start.year) if source.year is not None and date is not None else 999
    return rank(source), years, -source.credibility, -fact.score


def rank(source: SourceText) -> int:
    """How near a source stands to what it tells: 0 for a primary one."""
    return _RANKS.get(source.kind, 1)
