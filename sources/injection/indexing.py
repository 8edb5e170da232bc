"""Many patterns by their most telling words, so that those of which a text holds none are passed over at once.

A sentence meets a hundred patterns, and may match one of them; asking each for its words takes ten times as long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from sources.injection.needles import Haystack, Way, ways


class Index:
    """The ways of all patterns of a table, by the words of which each needs one."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        """Read the words from the patterns."""
        self._ways = [(number, way) for number, pattern in enumerate(patterns) for way in ways(pattern)]
        self._always = [place for place, (_number, way) in enumerate(self._ways) if not way]
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for place, (_number, way) in enumerate(self._ways):
            for word in way[0] if way else ():
                self._by_word[word].append(place)

    def possible(self, hay: Haystack) -> dict[int, list[Way]]:
        """The patterns that may match, by their numbers, each with its ways to match; no other matches anywhere."""
        places = set(self._always)
        for word in hay.held(self._by_word):
            places.update(self._by_word[word])
        found: defaultdict[int, list[Way]] = defaultdict(list)
        for number, way in map(self._ways.__getitem__, sorted(places)):
            if hay.has(way):
                found[number].append(way)
        return found
