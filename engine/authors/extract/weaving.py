"""The order of telling inside a chapter: by time, and within a stretch of time one work after the other."""

from __future__ import annotations

from collections import defaultdict

from engine.authors.extract.candidates import Candidate

_STRETCH = 0.75  # years within which each work speaks once
_SEASON = 0.3  # years within which nothing was earlier or later
_DRIFT = 1.0  # years after its last date at which an undated passage lets others speak before it
_QUARTERS = 4  # a quarter of a year: finer times are guesses, and the order of the text is better evidence

Block = list[Candidate]


def woven(units: list[Candidate], works: dict[int, str]) -> list[Candidate]:
    """Units of one chapter in the order of telling; `works` names the work that each source belongs to.

    A work tells in blocks: a date and what follows it. Blocks of one stretch of time stand together by work, so
    that two accounts of the same days are read one after the other and not paragraph by paragraph.
    """
    lanes: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(units, key=lambda one: (int(one.when * _QUARTERS), one.source, one.first)):
        lanes[works[one.source]].append(one)
    blocks = [(block, lane) for lane in lanes for block in _blocks(lanes[lane])]
    blocks.sort(key=lambda item: _order(item[0]))
    return [one for stretch in _stretches(blocks) for one in _by_work(stretch)]


def _order(block: Block) -> tuple[float, bool, int, int]:
    return block[0].when, block[0].first_person, block[0].source, block[0].first


def _blocks(lane: list[Candidate]) -> list[Block]:
    """Cut where a new date begins, and where the text has long had none."""
    blocks = [[lane[0]]]
    for one in lane[1:]:
        passed = one.when - blocks[-1][0].when
        if passed >= (1 / _QUARTERS if one.surely else _DRIFT):
            blocks.append([one])
        else:
            blocks[-1].append(one)
    return blocks


def _stretches(blocks: list[tuple[Block, str]]) -> list[list[tuple[Block, str]]]:
    stretches: list[list[tuple[Block, str]]] = []
    for block, lane in blocks:
        if stretches and block[0].when - stretches[-1][0][0][0].when <= _STRETCH:
            stretches[-1].append((block, lane))
        else:
            stretches.append([(block, lane)])
    return stretches


def _by_work(stretch: list[tuple[Block, str]]) -> list[Candidate]:
    """The works in the order of their first blocks: a report before the witnesses of the same season."""
    start = stretch[0][0][0].when
    heads = {lane: block[0] for block, lane in reversed(stretch)}
    ranks = {
        lane: (int((head.when - start) / _SEASON), head.first_person, head.when, head.source)
        for lane, head in heads.items()
    }
    order = sorted(heads, key=ranks.__getitem__)
    return [one for wanted in order for block, lane in stretch if lane == wanted for one in block]
