"""The order of telling inside a chapter: by time, sources interwoven, each source in its own order."""

from __future__ import annotations

from collections import defaultdict

from engine.authors.extract.candidates import Candidate

_CLOSE = 0.8  # years within which the order of sources may be chosen freely
_BLOCK = 8  # sentences of one source before another gets its turn


def woven(units: list[Candidate]) -> list[Candidate]:
    """Units of one chapter in the order of telling."""
    ordered = sorted(units, key=lambda one: (one.when, one.source, one.first))
    told: list[Candidate] = []
    window: list[Candidate] = []
    for one in ordered:
        if window and one.when - window[0].when > _CLOSE:
            told.extend(_interleaved(window))
            window = []
        window.append(one)
    return told + _interleaved(window)


def _interleaved(window: list[Candidate]) -> list[Candidate]:
    """Blocks of the sources in turn: what others report first, then what a witness says."""
    lanes: dict[int, list[Candidate]] = defaultdict(list)
    for one in window:
        lanes[one.source].append(one)
    for lane in lanes.values():
        lane.sort(key=lambda one: one.first)
    order = sorted(lanes, key=lambda source: (lanes[source][0].first_person, lanes[source][0].when, source))
    shares = {source: max(1, len(lanes[source])) for source in order}
    rounds = max((sum(one.length for one in lanes[source]) + _BLOCK - 1) // _BLOCK for source in order) if order else 0
    told: list[Candidate] = []
    for turn in range(rounds):
        for source in order:
            share = -(-shares[source] // rounds)
            told.extend(lanes[source][turn * share : (turn + 1) * share])
    return told
