"""Another selection for a chapter: weak facts give way to the best of the reserve."""

from __future__ import annotations

from engine.authors.base import FactDraft
from engine.authors.extract.selecting import LONGEST_RUN, run_with

_SHARE = 5  # one fact in five is exchanged
_KEPT = 0.4  # share of the facts, the best ones, that every selection tells

Indexes = dict[int, dict[int, int]]


def reselected(
    facts: tuple[FactDraft, ...], reserve: tuple[FactDraft, ...], regeneration: int, indexes: Indexes
) -> tuple[FactDraft, ...]:
    """The facts of the n-th regeneration, in order of telling; the same n gives the same facts.

    `indexes` maps the offset of each sentence to its place, by source; no run grows over the limit.
    """
    if regeneration <= 0 or not reserve or not facts:
        return facts
    count = max(1, len(facts) // _SHARE)
    ranked = sorted(reserve, key=lambda fact: (-fact.score, fact.key))
    shift = (regeneration - 1) * count % len(ranked)
    weak = sorted(facts, key=lambda fact: (fact.score, fact.key))[: len(facts) - int(_KEPT * len(facts))]
    told = list(facts)
    for new in ranked[shift:] + ranked[:shift]:
        old = next((fact for fact in weak if _fits([one for one in told if one != fact], new, indexes)), None)
        if old is None or any(fact.key == new.key for fact in told):
            continue
        slot = told.index(old)
        told = _inserted([fact for fact in told if fact != old], new, slot)
        weak.remove(old)
        count -= 1
        if not count:
            break
    return tuple(told)


def _fits(facts: list[FactDraft], new: FactDraft, indexes: Indexes) -> bool:
    """Whether the new fact stands in none of these facts and makes no run of sentences too long."""
    source = new.sentences[0].source
    places = indexes.get(source, {})
    taken = {
        places[span.start]
        for fact in facts
        for span in fact.sentences
        if span.source == source and span.start in places
    }
    own = [places[span.start] for span in new.sentences if span.start in places]
    if not own or taken & set(own):
        return False
    return run_with(taken, min(own), max(own)) <= LONGEST_RUN


def _inserted(facts: list[FactDraft], new: FactDraft, slot: int) -> list[FactDraft]:
    """After the last fact of its source that stands before it there; else by date; else where the old one was."""
    source, start = new.sentences[0].source, new.sentences[0].start
    before = [
        at
        for at, fact in enumerate(facts)
        if fact.sentences[0].source == source and fact.sentences[0].start < start
    ]
    if before:
        at = before[-1] + 1
    elif new.date is not None:
        at = sum(1 for fact in facts if fact.date is not None and fact.date.start <= new.date.start)
    else:
        at = slot
    return [*facts[:at], new, *facts[at:]]
