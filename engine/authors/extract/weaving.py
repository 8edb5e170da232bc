"""The order of telling inside a chapter: by time, works interwoven, each work in its own order."""

from __future__ import annotations

from collections import defaultdict

from engine.authors.extract.candidates import Candidate

_SLACK = 0.4  # years by which a work may run ahead of another before that one gets its turn
_BLOCK = 12  # sentences of one work before another gets its turn
_QUARTERS = 4  # a quarter of a year: finer times are guesses, and the order of the text is better evidence


def woven(units: list[Candidate], works: dict[int, str]) -> list[Candidate]:
    """Units of one chapter in the order of telling; `works` names the work that each source belongs to."""
    lanes: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(units, key=lambda one: (int(one.when * _QUARTERS), one.source, one.first)):
        lanes[works[one.source]].append(one)
    told: list[Candidate] = []
    lane = ""
    while lanes:
        lane = _next_lane(lane, lanes)
        block = _block(lanes[lane], _limit(lane, lanes))
        told.extend(block)
        lanes[lane] = lanes[lane][len(block) :]
        if not lanes[lane]:
            del lanes[lane]
    return told


def _next_lane(last: str, lanes: dict[str, list[Candidate]]) -> str:
    """The lane whose next unit is earliest; another than the last when times are close; reports before witnesses."""
    earliest = min(lane[0].when for lane in lanes.values())
    near = [name for name, lane in lanes.items() if lane[0].when <= earliest + _SLACK]
    others = [name for name in near if name != last] or near
    return min(
        others, key=lambda name: (lanes[name][0].first_person, lanes[name][0].when, lanes[name][0].source)
    )


def _limit(lane: str, lanes: dict[str, list[Candidate]]) -> float:
    """The time up to which a lane may tell before the others are due."""
    return (
        min((other[0].when for name, other in lanes.items() if name != lane), default=float("inf")) + _SLACK
    )


def _block(lane: list[Candidate], limit: float) -> list[Candidate]:
    """The next units of a lane: as many as a few paragraphs hold, not beyond the time of the others."""
    block = [lane[0]]
    sentences = lane[0].length
    for one in lane[1:]:
        if sentences + one.length > _BLOCK or one.when > limit:
            break
        block.append(one)
        sentences += one.length
    return block
