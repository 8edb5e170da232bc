"""The same event told by several sources in their own words: one fact, with the passages of all of them.

A wrong merge is worse than a missed one. So two clauses are one event only when their dates agree, no name,
place or number speaks against it, and most of what they weigh together is shared; and two sources disagree on
an event only when they share yet more of it, as what happens once in a life, and neither tells both dates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from engine.authors.base import FactDraft, SourceText, Span
from engine.authors.extract.disputing import Disagreement, rank
from engine.authors.extract.events import Event, Telling, Weights, events_of, miscounted, stems_of
from engine.authors.extract.kinds import happens_once, mentions_return
from engine.authors.extract.naming import shared_names
from engine.authors.extract.person import Person
from engine.authors.extract.witnesses import count, witnesses
from sources.dates import FoundDate
from sources.support import check
from sources.vocabulary import Verdict

_SAME = 0.5  # share of the lighter clause's weight that makes two of one date the same event
_SAME_WEIGHT = 15.0  # and the least weight that they share: about three rare words
_AGAINST, _AGAINST_WEIGHT = 0.55, 18.0  # the same for two of different dates
_YEARS_OFF = 12  # further apart, two dates hardly mean one event
_CROWD = 60  # a word in more dated clauses than this brings nothing together
_ONLY = 0.6  # of a fact's words in the clause: then it tells hardly more than that event
_REPEATED = 0.5  # and of its words that the better fact has too
_MAINLY = (
    0.3  # of a fact's words in the clause: then it's mainly that event, and rarely told beside the better one
)
_ECHO = 2.5  # what a fact loses that says again, among other things, what a better one says
_ATTESTED = 0.8  # what each further witness, up to two, adds to a fact


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two clauses of different sources, the share of their weight that they have in common, and that weight."""

    one: Event
    other: Event
    share: float
    weight: float


Cluster = list[Event]  # clauses that tell one event and agree; the first one stands for all


def clusters_of(
    facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person
) -> tuple[list[Cluster], Weights]:
    """The dated clauses of all facts, those of one event together.

    Each clause is held against the first of a cluster only, and only where year and rare words are shared: the
    work grows with the clauses, not with their pairs, however many sources tell the same life.
    """
    by_number = {source.number: source for source in sources}
    names = shared_names(sources)
    weights = Weights(fact.text for fact in facts)
    clusters: list[Cluster] = []
    index: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, fact in enumerate(facts):
        for event in events_of(place, fact, by_number[fact.sentences[0].source], names, person):
            home = _home(event, clusters, index, weights)
            if home is not None:
                clusters[home].append(event)
                continue
            for key in _keys(event, weights):
                index[key].append(len(clusters))
            clusters.append([event])
    return clusters, weights


def _keys(event: Event, weights: Weights) -> list[tuple[int, str]]:
    years = sorted({event.date.first.year, event.date.last.year})
    return [(year, stem) for year in years for stem in sorted(event.stems) if weights.is_rare(stem)]


def _home(
    event: Event, clusters: list[Cluster], index: dict[tuple[int, str], list[int]], weights: Weights
) -> int | None:
    """The cluster that the clause belongs to: the one most like it among those that agree."""
    shared: Counter[int] = Counter()
    for year, stem in _keys(event, weights):
        for near in (year - 1, year, year + 1):
            shared.update(index.get((near, stem), [])[:_CROWD])
    best: tuple[float, int] | None = None
    for place, number in sorted(shared.items()):
        if number >= 2 and clusters[place][0].source != event.source:
            pair = likeness(clusters[place][0], event, weights)
            if agrees(pair) and (best is None or pair.share > best[0]):
                best = pair.share, place
    return best[1] if best else None


def disagreements(
    clusters: list[Cluster], weights: Weights, merger: Merger, language: str
) -> Iterator[Disagreement]:
    """Pairs of facts that date or count one event differently, by the keys that they have after merging."""
    for one, other in _alike(clusters, weights):
        pair = likeness(clusters[one][0], clusters[other][0], weights)
        both = {event.source for event in clusters[one]} & {event.source for event in clusters[other]}
        if not both and disagrees(pair, language):  # a source that tells both means two events
            yield from _between(clusters[one], clusters[other], merger)


def _between(one: Cluster, other: Cluster, merger: Merger) -> Iterator[Disagreement]:
    """Each clause of one cluster against the first of the other."""
    kind = "date"
    if compatible(one[0].date, other[0].date):
        kind = "number" if miscounted(one[0], other[0]) else "office"
    mine, theirs = (merger.witnesses(event.source for event in cluster) for cluster in (one, other))
    pairs = [(event, other[0]) for event in one] + [(one[0], event) for event in other[1:]]
    for event, against in pairs:
        yield Disagreement(kind, event.fact, against.fact, event.span, against.span, (mine, theirs))


def _alike(clusters: list[Cluster], weights: Weights) -> list[tuple[int, int]]:
    """Pairs of clusters that share two rare words; crowded words are passed over, so that it stays near-linear."""
    where: dict[str, list[int]] = defaultdict(list)
    for place, cluster in enumerate(clusters):
        for stem in cluster[0].stems:
            if weights.is_rare(stem):
                where[stem].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        if len(places) <= _CROWD:
            shared.update(combinations(places, 2))
    return sorted(pair for pair, number in shared.items() if number >= 2)


def likeness(one: Event, other: Event, weights: Weights) -> Likeness:
    """What two clauses have in common."""
    weight = weights.of(one.stems & other.stems)
    least = min(weights.of(one.stems), weights.of(other.stems))
    return Likeness(one, other, weight / max(1e-9, least), weight)


def agrees(pair: Likeness) -> bool:
    """Whether two clauses surely tell one event."""
    one, other = pair.one, pair.other
    return (
        pair.share >= _SAME
        and pair.weight >= _SAME_WEIGHT
        and compatible(one.date, other.date)
        and is_consistent(one, other)
        and not miscounted(one, other)
        and not other_role(one, other)
    )


def disagrees(pair: Likeness, language: str) -> bool:
    """Whether two clauses surely tell one event, and date it or count in it differently."""
    one, other = pair.one, pair.other
    if not is_consistent(one, other) or pair.weight < _AGAINST_WEIGHT or pair.share < _AGAINST:
        return False
    if compatible(one.date, other.date):
        return bool(miscounted(one, other)) or other_role(one, other)
    off = abs(one.date.first.year - other.date.first.year)
    again = mentions_return(one.text, language) or mentions_return(other.text, language)
    once = happens_once(one.text, language) or happens_once(other.text, language)
    return off <= _YEARS_OFF and once and not again and not touching(one.date, other.date)


def compatible(one: FoundDate, other: FoundDate) -> bool:
    """Whether two dates can be those of one event: they overlap, and stretches begin or end together."""
    if not touching(one, other):
        return False
    begins = abs(one.first.year - other.first.year) <= 1
    return begins or abs(one.last.year - other.last.year) <= 1


def touching(one: FoundDate, other: FoundDate) -> bool:
    """Whether two dates overlap; "about" a year allows the one before and after."""
    slack = 366 if "circa" in (one.precision, other.precision) else 0
    return (one.first - other.last).days <= slack and (other.first - one.last).days <= slack


def other_role(one: Event, other: Event) -> bool:
    """Whether both say what somebody was made, and none of it is the same."""
    return bool(one.roles and other.roles) and not one.roles & other.roles


def is_consistent(one: Event, other: Event) -> bool:
    """No name, place or denial speaks against one event."""
    if one.denied != other.denied:
        return False
    people = not one.people or not other.people or bool(one.people & other.people)
    places = not one.places or not other.places or bool(_words(one.places) & _words(other.places))
    return people and places


def _words(names: frozenset[str]) -> set[str]:
    return {word for name in names for word in re.findall(r"\w+", name)}


class Merger:
    """Joins facts that tell the same event, and keeps count of who witnesses it."""

    def __init__(self, facts: list[FactDraft], sources: tuple[SourceText, ...]) -> None:
        self._facts = list(facts)
        self._home = list(range(len(facts)))
        self._also: dict[int, set[Span]] = defaultdict(set)
        self._told: dict[int, set[Span]] = defaultdict(set)
        self._echoes: set[int] = set()
        self._sources = {source.number: source for source in sources}
        self._texts = {source.number: source.text for source in sources}
        self._group = witnesses(sources)
        self._apart: set[frozenset[Span]] = set()
        self._at_odds: dict[int, set[int]] = defaultdict(set)
        self._members: dict[int, set[int]] = {place: {place} for place in range(len(facts))}

    def keep_apart(self, disagreements: Iterable[Disagreement]) -> None:
        """Remember who disagrees: such sentences aren't witnesses of each other, and their facts don't become one."""
        for one in disagreements:
            self._apart.add(one.spans)
            self._at_odds[one.one].add(one.other)
            self._at_odds[one.other].add(one.one)

    def join(self, one: Telling, other: Telling) -> None:
        """Tie two facts by the clauses in which they tell the same; the better one is told."""
        roots = self._root(one.fact), self._root(other.fact)
        if roots[0] == roots[1] or self._are_apart(one.span, other.span):
            return
        strong, weak = sorted(roots, key=self._order)
        theirs = other if roots[1] == weak else one
        self._told[strong] |= {theirs.span, *self._told.pop(weak, set())} - {*self._facts[strong].sentences}
        if self._is_only(theirs, weak, strong) and not self._are_at_odds(weak, strong):
            self._home[weak] = strong
            self._members[strong] |= self._members.pop(weak)
            self._also[strong] |= {*self._facts[weak].sentences, *self._facts[weak].also}
            self._also[strong] |= self._also.pop(weak, set())
        else:
            self._also[strong].add(theirs.span)
            if theirs.fact == weak and theirs.words >= _MAINLY * len(self._facts[weak].text.split()):
                self._echoes.add(weak)

    def _are_apart(self, one: Span, other: Span) -> bool:
        """Whether two sentences disagree, or each has a name or number that the other has otherwise."""
        if frozenset((one, other)) in self._apart:
            return True
        mine, theirs = (self._texts[span.source][span.start : span.end] for span in (one, other))
        return all(
            check(claim, passage).verdict == Verdict.CONTRADICTED
            for claim, passage in ((mine, theirs), (theirs, mine))
        )

    def _are_at_odds(self, one: int, other: int) -> bool:
        """Whether any of the facts that became one disagrees with any that became the other."""
        against = {place for member in self._members[one] for place in self._at_odds.get(member, ())}
        return bool(against & self._members[other])

    def _is_only(self, telling: Telling, weak: int, strong: int) -> bool:
        """Whether the weaker fact tells hardly more than the stronger one does."""
        if telling.fact != weak or telling.words < _ONLY * len(self._facts[weak].text.split()):
            return False
        stems = stems_of(self._facts[weak].text)
        return len(stems & stems_of(self._facts[strong].text)) >= _REPEATED * len(stems)

    def _order(self, place: int) -> tuple[int, float, int]:
        """The nearest witness first, then who tells most."""
        fact = self._facts[place]
        return rank(self._sources[fact.sentences[0].source]), -fact.score, place

    def witnesses(self, numbers: Iterable[int]) -> int:
        """How many independent witnesses these sources are."""
        return len({self._group[number] for number in numbers})

    def key(self, place: int) -> str:
        """The key of the fact that tells what this one told."""
        return self._facts[self._root(place)].key

    def facts(self) -> list[FactDraft]:
        """The facts that are left, in their order."""
        return [self._joined(place) for place in range(len(self._facts)) if self._home[place] == place]

    def _joined(self, place: int) -> FactDraft:
        fact = self._facts[place]
        if place in self._echoes:
            fact = replace(fact, score=round(fact.score - _ECHO, 4))
        told = self._unopposed(self._told.get(place, set()), fact)
        if not told:
            return fact
        number = max(count(told, own, self._texts, self._group) for own in fact.sentences)
        also = tuple(sorted({*fact.also, *self._unopposed(self._also[place], fact)} - {*fact.sentences}))
        score = round(fact.score + _ATTESTED * min(2, number - 1), 4)
        return replace(fact, also=also, witnesses=number, score=score)

    def _unopposed(self, spans: set[Span], fact: FactDraft) -> set[Span]:
        """Those that disagree with none of the fact's own sentences: they may have come with a third."""
        pairs = ((span, own) for span in spans for own in fact.sentences)
        return spans - {span for span, own in pairs if frozenset((span, own)) in self._apart}

    def _root(self, place: int) -> int:
        while self._home[place] != place:
            place = self._home[place]
        return place
