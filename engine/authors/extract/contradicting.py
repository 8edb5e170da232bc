"""Statements of the sources brought together: what agrees becomes one fact, what disagrees is marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.claim import Claim, agree, difference
from engine.authors.extract.claims import LANDMARKS, Claims
from engine.authors.extract.corroborating import Cluster, Merger, clusters_of, disagreements
from engine.authors.extract.counting import miscounts
from engine.authors.extract.disputing import Disagreement, decided, each_once, merits
from engine.authors.extract.person import Person
from engine.authors.extract.witnesses import witnesses

Clusters = list[list[Claim]]


def compared(facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person) -> list[FactDraft]:
    """The facts, each event once with all its passages, and those that disagree marked with the better-attested one."""
    merger = Merger(facts, sources)
    clusters, weights = clusters_of(facts, sources, person)
    reader = Claims(sources, person)
    topics = _by_topic(claim for place, fact in enumerate(facts) for claim in reader.of(place, fact))
    language = sources[0].language if sources else "en"
    told = _Bench(facts, sources).sentences(topics)
    counts = miscounts(facts, sources, person, weights)
    found = each_once([*told, *disagreements(clusters, weights, merger, language), *counts])
    merger.keep_apart(found)
    _merge(merger, clusters, topics)
    return decided(merger.facts(), found, sources, merger.key)


def _merge(merger: Merger, clusters: list[Cluster], topics: dict[str, Clusters]) -> None:
    for one in clusters:
        for event in one[1:]:
            merger.join(one[0].telling, event.telling)
    for topic in LANDMARKS:
        for cluster in topics.get(topic, []):
            _tie([claim for claim in cluster if claim.kind != "age"], merger)


def _by_topic(claims: Iterable[Claim]) -> dict[str, Clusters]:
    """For each topic the claims that agree, together; the exact ones first, since they draw the vague ones to them."""
    topics: dict[str, Clusters] = defaultdict(list)
    for claim in sorted(claims, key=_exactness):
        clusters = topics[claim.topic]
        home = next((cluster for cluster in clusters if agree(cluster[0], claim)), None)
        if home is None:
            clusters.append([claim])
        else:
            home.append(claim)
    return topics


def _exactness(claim: Claim) -> tuple[str, int, bool, int, int]:
    days = (claim.date.last - claim.date.first).days if claim.date else 0
    vague = bool(claim.date) and claim.date is not None and claim.date.precision == "circa"
    return (
        claim.topic,
        days + 400 * vague,
        claim.kind == "age",
        -len(claim.words) - len(claim.name),
        claim.fact,
    )


def _tie(cluster: list[Claim], merger: Merger) -> None:
    for claim in cluster[1:]:
        if claim.span.source != cluster[0].span.source:
            merger.join(cluster[0].telling, claim.telling)


class _Bench:
    """Decides between the claims on one topic."""

    def __init__(self, facts: list[FactDraft], sources: tuple[SourceText, ...]) -> None:
        self._facts = facts
        self._sources = {source.number: source for source in sources}
        self._group = witnesses(sources)

    def sentences(self, topics: dict[str, Clusters]) -> Iterator[Disagreement]:
        """Each claim outside of the best-attested cluster of its topic, against the best claim in that cluster."""
        for _, clusters in sorted(topics.items()):
            best = min(clusters, key=self._worth)
            ours = self._said(best)
            if not ours or self._is_told_twice(clusters):
                continue  # nobody says it but by ages, which are rough; or it happened more than once
            for cluster in clusters:
                for claim in cluster if cluster is not best else ():
                    facts = claim.fact, best[0].fact
                    counts = self._said(cluster), ours
                    yield Disagreement(difference(claim, best[0]), *facts, claim.span, best[0].span, counts)

    def _is_told_twice(self, clusters: Clusters) -> bool:
        """Whether a witness of what may happen again tells it in two ways: then two things are meant."""
        sayers = [{self._group[claim.span.source] for claim in one if not claim.once} for one in clusters]
        return any(one & other for one, other in combinations(sayers, 2))

    def _said(self, cluster: list[Claim]) -> int:
        """Independent sources that say it in so many words, not only let it be reckoned."""
        return len({self._group[claim.span.source] for claim in cluster if claim.kind != "age"})

    def _worth(self, cluster: list[Claim]) -> tuple[float, ...]:
        first = cluster[0]
        return (
            -self._said(cluster),
            -len(cluster),
            *merits(self._facts[first.fact], self._sources[first.span.source]),
        )
