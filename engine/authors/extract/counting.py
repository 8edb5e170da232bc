"""The same thing counted differently by independent sources, also where no date stands with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.corroborating import is_consistent, likeness, touching
from engine.authors.extract.disputing import Disagreement
from engine.authors.extract.events import Event, Weights, miscounted, sentences_of
from engine.authors.extract.naming import shared_names
from engine.authors.extract.person import Person
from engine.authors.extract.witnesses import witnesses

_ALIKE: Final = {False: (0.25, 8.0), True: (0.45, 15.0)}  # share and weight in common: of things, of measures of time
_CROWD: Final = 30  # sentences that count a thing: more of them, and it's no one thing


def miscounts(
    facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person, weights: Weights
) -> Iterator[Disagreement]:
    """Pairs of sentences that tell the same and count differently in it."""
    group = witnesses(sources)
    for events in _by_thing(facts, sources, person).values():
        for one, other in combinations(events, 2) if len(events) <= _CROWD else ():
            if group[one.source] != group[other.source] and _differ(one, other, weights):
                yield Disagreement("number", one.fact, other.fact, one.span, other.span)


def _by_thing(
    facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person
) -> dict[str, list[Event]]:
    by_number = {source.number: source for source in sources}
    names = shared_names(sources)
    found: dict[str, list[Event]] = defaultdict(list)
    for place, fact in enumerate(facts):
        for event in sentences_of(place, fact, by_number[fact.sentences[0].source], names, person):
            for thing in sorted({count.thing for count in event.numbers}):
                found[thing].append(event)
    return found


def _differ(one: Event, other: Event, weights: Weights) -> bool:
    things = miscounted(one, other)
    if not things or not is_consistent(one, other) or not touching(one.date, other.date):
        return False
    measures = {count.thing for count in one.numbers if count.measure}
    share, weight = _ALIKE[measures.issuperset(things)]
    pair = likeness(one, other, weights)
    return pair.share >= share and pair.weight >= weight
