"""The order of telling inside a chapter: by time, sources interwoven, each source in its own order."""

from __future__ import annotations

from collections import defaultdict

from engine.authors.extract.candidates import Candidate

_CLOSE = 0.8  # years within which the order of sources may be chosen freely
_BLOCK = 12  # sentences of one work before another gets its turn
_NEAR = 6  # sentences left out between two units that still belong to one scene


def woven(units: list[Candidate], works: dict[int, str]) -> list[Candidate]:
    """Units of one chapter in the order of telling; `works` names the work that each source belongs to."""
    ordered = sorted(units, key=lambda one: (one.when, one.source, one.first))
    told: list[Candidate] = []
    window: list[Candidate] = []
    for one in ordered:
        if window and one.when - window[0].when > _CLOSE:
            told.extend(_interleaved(window, works))
            window = []
        window.append(one)
    return told + _interleaved(window, works)


def _interleaved(window: list[Candidate], works: dict[int, str]) -> list[Candidate]:
    """Blocks of the works in turn: what others report first, then what a witness says."""
    lanes: dict[str, list[Candidate]] = defaultdict(list)
    for one in window:
        lanes[works[one.source]].append(one)
    for lane in lanes.values():
        lane.sort(key=lambda one: (one.source, one.first))
    order = sorted(
        lanes, key=lambda work: (lanes[work][0].first_person, lanes[work][0].when, lanes[work][0].source)
    )
    queues = [_blocks(lanes[work]) for work in order]
    return [
        one
        for turn in range(max(map(len, queues), default=0))
        for queue in queues
        for one in _spread(queue, turn, queues)
    ]


def _spread(queue: list[list[Candidate]], turn: int, queues: list[list[list[Candidate]]]) -> list[Candidate]:
    """The blocks of a short lane spread over the turns of the longest one."""
    rounds = max(map(len, queues))
    low, high = turn * len(queue) // rounds, (turn + 1) * len(queue) // rounds
    return [one for block in queue[low:high] for one in block]


def _blocks(lane: list[Candidate]) -> list[list[Candidate]]:
    """Units that stand close together in their source stay together, up to a few paragraphs."""
    blocks: list[list[Candidate]] = []
    for one in lane:
        last = blocks[-1] if blocks else []
        near = last and last[-1].source == one.source and one.first - last[-1].last <= _NEAR
        if near and sum(each.length for each in last) + one.length <= _BLOCK:
            last.append(one)
        else:
            blocks.append([one])
    return blocks
