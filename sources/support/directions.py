"""From where, and whither: "from the ferry to the fort" is not "from the fort to the ferry"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sources.support.names import name_places
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading

# Per language: words before a place that one comes from, and before one that one goes to.
_WAYS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "en": (frozenset(("from",)), frozenset("to for into toward towards".split())),
    "es": (frozenset(("desde",)), frozenset("hasta hacia".split())),
    "fr": (frozenset(("depuis",)), frozenset("vers jusqu".split())),
    "de": (frozenset("aus von".split()), frozenset(("nach",))),
    "pt": (frozenset(("desde",)), frozenset("ate para".split())),
    "it": (frozenset(("da",)), frozenset("verso fino".split())),
}


def turned_about(pair: Pair) -> Iterator[Clash]:
    """A clash for a name that one goes to in the claim and only comes from in the passage, or the other way."""
    known = dict(_ways(pair.passage))
    for (word, way), at in _ways(pair.claim):
        other = known.get((word, 1 - way))
        if other is not None and (word, way) not in known:
            yield Clash("role", pair.claim.said(at - 1, at), pair.passage.said(other - 1, other))


def _ways(reading: Reading) -> Iterator[tuple[tuple[str, int], int]]:
    """(word of a name, 0 from it or 1 to it), and where."""
    ways = _WAYS.get(reading.tongue)
    for at in name_places(reading) if ways else ():
        before = reading.tokens[at - 1].folded if at else ""
        for way, words in enumerate(ways or ()):
            if before in words:
                yield (reading.tokens[at].folded, way), at
