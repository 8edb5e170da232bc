"""The same thing counted, or told of another age, by independent sources, also where no date stands with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.corroborating import is_consistent, likeness, touching
from engine.authors.extract.disputing import Disagreement
from engine.authors.extract.events import Event, Weights, miscounted, sentences_of
from engine.authors.extract.naming import shared_names
from engine.authors.extract.person import Person
from engine.authors.extract.witnesses import witnesses

_LIKENESS: Final = {
    False: (0.25, 8.0),
    True: (0.45, 15.0),
}  # share and weight in common: of things, of measures of time
_Differ = Callable[[Event, Event, Weights], bool]
_CROWD: Final = 60  # sentences that count a thing: more of them, and it's no one thing


def miscounts(
    facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person, weights: Weights
) -> Iterator[Disagreement]:
    """Pairs of sentences that tell the same, and count differently in it or give the subject another age."""
    group = witnesses(sources)
    told = list(_told(facts, sources, person))
    for kind, events, differ in (*_by_thing(told), ("years", [one for one in told if one.age], _misaged)):
        for one, other in combinations(events, 2) if len(events) <= _CROWD else ():
            if group[one.source] != group[other.source] and differ(one, other, weights):
                yield Disagreement(kind, one.fact, other.fact, one.span, other.span)


def _told(facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person) -> Iterator[Event]:
    by_number = {source.number: source for source in sources}
    names = shared_names(sources)
    for place, fact in enumerate(facts):
        yield from sentences_of(place, fact, by_number[fact.sentences[0].source], names, person)


def _by_thing(told: list[Event]) -> list[tuple[str, list[Event], _Differ]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in told:
        for thing in sorted({count.thing for count in event.numbers}):
            found[thing].append(event)
    return [("number", events, _miscounted) for events in found.values()]


def _miscounted(one: Event, other: Event, weights: Weights) -> bool:
    things = miscounted(one, other)
    measures = {count.thing for count in one.numbers if count.measure}
    return bool(things) and _are_one(one, other, _LIKENESS[measures.issuperset(things)], weights)


def _misaged(one: Event, other: Event, weights: Weights) -> bool:
    return abs(one.age - other.age) > 1 and _are_one(one, other, _LIKENESS[True], weights)


def _are_one(one: Event, other: Event, least: tuple[float, float], weights: Weights) -> bool:
    if not is_consistent(one, other) or not touching(one.date, other.date):
        return False
    pair = likeness(one, other, weights)
    return pair.share >= least[0] and pair.weight >= least[1]
