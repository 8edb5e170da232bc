"""Two facts that can't both be true: which one the book follows, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.authors.base import Dispute, FactDraft, SourceText, Span

_RANKS = {"primary": 0, "secondary": 1, "tertiary": 2}
_LOST = 2.5  # what a fact loses whose date, place or number the book doesn't follow
HARMLESS = ("spelling", "place", "age")  # differences that leave the rest of the statement as it was


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two facts, by key, and the sentences in which they differ. `kind` is a word of `Dispute`.

    `witnesses` counts those of each side where more facts than these two say it.
    """

    kind: str
    one: str
    other: str
    span: Span
    other_span: Span
    witnesses: tuple[int, int] | None = None


def decided(
    facts: list[FactDraft], disagreements: Iterable[Disagreement], sources: tuple[SourceText, ...]
) -> list[FactDraft]:
    """The facts, the worse-attested one of each pair marked with the key of the better, and with the reason."""
    by_key = {fact.key: fact for fact in facts}
    by_number = {source.number: source for source in sources}
    marks: dict[str, list[tuple[str, Dispute]]] = defaultdict(list)
    for one in disagreements:
        if one.one == one.other or not {one.one, one.other} <= by_key.keys():
            continue
        best, worse, because, counts = _judged(one, by_key, by_number)
        spans = (one.span, one.other_span) if worse == one.one else (one.other_span, one.span)
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
    one: Disagreement, by_key: dict[str, FactDraft], by_number: dict[int, SourceText]
) -> tuple[str, str, str, tuple[int, int]]:
    """The better key, the worse one, the first reason that tells them apart, and how many say either."""
    counts = one.witnesses or (by_key[one.one].witnesses, by_key[one.other].witnesses)
    mine = (-counts[0], *merits(by_key[one.one], by_number[one.span.source]))
    theirs = (-counts[1], *merits(by_key[one.other], by_number[one.other_span.source]))
    reasons = (name for name, merit, other in zip(REASONS, mine, theirs, strict=True) if merit != other)
    because = next(reasons, "order")
    if (mine, one.one) < (theirs, one.other):
        return one.one, one.other, because, counts
    return one.other, one.one, because, (counts[1], counts[0])


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
