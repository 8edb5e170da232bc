"""Cuts the chosen units, in order of time, into chapters of about equal length at the best places."""

from __future__ import annotations

import math

from engine.authors.extract.candidates import Candidate

_GAP = 0.9  # reward of a cut per year of silence, at most _MOST
_MOST = 4.0
_SCENE = 6.0  # cost of cutting between neighbours of one source
_SPEECH = ('"', "“", "«", "„")


def chapter_count(words: int, wished: int | None) -> int:
    """8 to 14 chapters for a book of some size, fewer when there is little; never under 120 words a chapter."""
    if wished is not None:
        return max(1, min(wished, words // 120 or 1))
    if words < 5000:
        return max(1, min(8, round(words / 350)))
    return max(8, min(14, round(words / 1750)))


def cut(units: list[Candidate], count: int) -> list[list[Candidate]]:
    """Dynamic programme over cut positions; `units` sorted by time. Gives at most `count` chapters."""
    if not units:
        return []
    count = min(count, len(units))
    total = sum(one.words for one in units)
    ends = _prefix(units)
    ideal = total / count
    best: list[list[tuple[float, int]]] = [[(0.0, 0)] + [(float("inf"), 0)] * len(units)]
    bonus = [0.0] + [_cut_cost(units[at - 1], units[at]) for at in range(1, len(units))] + [0.0]
    for _ in range(count):
        best.append(_layer(best[-1], ends, bonus, ideal))
    return _unwound(units, best, count)


def _prefix(units: list[Candidate]) -> list[int]:
    ends = [0]
    for one in units:
        ends.append(ends[-1] + one.words)
    return ends


def _cut_cost(before: Candidate, after: Candidate) -> float:
    """Cheap at a silence of years or where the places change, dear inside a scene or a year."""
    cost = -min(_MOST, _GAP * max(0.0, after.when - before.when))
    if int(before.when) == int(after.when):
        cost += 1.5
    if before.source == after.source and after.first - before.last <= 6:
        cost += _SCENE / 2 if after.first - before.last > 1 else _SCENE
    if not set(before.fact.places) & set(after.fact.places):
        cost -= 0.4
    if after.fact.text.startswith(_SPEECH):
        cost += _SCENE  # no chapter opens with the words of somebody whom the one before presented
    if after.surely and after.fact.kind in ("travel", "occupation", "award"):
        cost -= 0.8
    return cost


def _layer(
    previous: list[tuple[float, int]], ends: list[int], bonus: list[float], ideal: float
) -> list[tuple[float, int]]:
    layer = [(float("inf"), 0)] * len(ends)
    for end in range(1, len(ends)):
        for start in range(end - 1, -1, -1):
            words = ends[end] - ends[start]
            if words > 1.9 * ideal and end - start > 1:
                break
            cost = previous[start][0] + 10.0 * math.log(max(words, 1) / ideal) ** 2 + bonus[start]
            if cost < layer[end][0]:
                layer[end] = (cost, start)
    layer[0] = (float("inf"), 0)
    return layer


def _unwound(
    units: list[Candidate], best: list[list[tuple[float, int]]], count: int
) -> list[list[Candidate]]:
    while count > 1 and best[count][len(units)][0] == float("inf"):
        count -= 1
    chapters = []
    end = len(units)
    for layer in range(count, 0, -1):
        start = best[layer][end][1]
        chapters.append(units[start:end])
        end = start
    return chapters[::-1]
