"""The life as a drawing: facts as marks over the years, chapters as bars below. Numbers only; the template draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1000  # of the drawing; it is scaled to the page
SIDE: Final = 16  # left free at both ends
MARK: Final = 9  # the step from one mark to the next above it
HIGHEST: Final = 14  # marks over one place; the number of others stands above them
MARGIN: Final = 18  # above the highest mark
AXIS: Final = 26  # for the years below the line
BAR: Final = 17  # the step from one chapter's bar to the next
PLACES: Final = 90  # places along the line, at most
STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100)  # years between two marks of the axis
TICKS: Final = 11  # marks of the axis, at most


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact on the line: its years, its kind, the chapter that tells it, and whether another one disagrees."""

    pk: int
    first: int
    last: int
    kind: str
    chapter: int | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact in the drawing. Places are text with a point, whatever the language of the page."""

    x: str
    y: str
    kind: str
    disputed: bool
    year: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The years that a chapter tells, as a bar with its number."""

    x: str
    y: str
    width: str
    number: int
    title: str
    years: str
    text_x: str
    before: bool  # its words stand before the bar, since there is no room after it


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it; `more` are places with more facts than fit, `line` the height of the axis."""

    width: int
    height: int
    line: int
    marks: Sequence[Mark]
    more: Sequence[tuple[str, str, int]]
    ticks: Sequence[tuple[str, int]]
    bars: Sequence[Bar]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def x(self, year: float) -> float:
        return SIDE + (year - self.first) / max(1, self.last - self.first) * (WIDTH - 2 * SIDE)

    def place(self, year: int) -> int:
        """Years that are too near to each other share a place."""
        across = self.last - self.first + 1
        return (
            year
            if across <= PLACES
            else self.first + (year - self.first) * PLACES // across * across // PLACES
        )


def drawing(facts: Sequence[Dated], chapters: Sequence[tuple[int, str]]) -> Drawing | None:
    """The drawing of these facts and of the chapters (id and title, in order) that tell them; None without facts."""
    if not facts:
        return None
    scale = _Scale(min(one.first for one in facts), max(one.first for one in facts))
    stacks: dict[int, list[Dated]] = defaultdict(list)
    for one in facts:
        stacks[scale.place(one.first)].append(one)
    line = MARGIN + min(HIGHEST, max(len(stack) for stack in stacks.values())) * MARK
    bars = _bars(facts, chapters, scale, line + AXIS)
    return Drawing(
        width=WIDTH,
        height=line + AXIS + len(bars) * BAR + 4,
        line=line,
        marks=[mark for place, stack in stacks.items() for mark in _stack(stack, scale.x(place), line)],
        more=_more(stacks, scale, line),
        ticks=_ticks(scale),
        bars=bars,
        first=scale.first,
        last=scale.last,
    )


def _stack(stack: Sequence[Dated], x: float, line: int) -> list[Mark]:
    """Marks above one another; those that somebody disagrees with come first, so that none of them is hidden."""
    ordered = sorted(stack, key=lambda one: not one.disputed)[:HIGHEST]
    return [
        Mark(f"{x:.1f}", f"{line - MARK * (level + 0.7):.1f}", one.kind, one.disputed, one.first)
        for level, one in enumerate(ordered)
    ]


def _more(stacks: dict[int, list[Dated]], scale: _Scale, line: int) -> list[tuple[str, str, int]]:
    y = f"{line - MARK * HIGHEST - 5:.1f}"
    full = ((place, len(stack) - HIGHEST) for place, stack in stacks.items() if len(stack) > HIGHEST)
    return [(f"{scale.x(place):.1f}", y, over) for place, over in full]


def _ticks(scale: _Scale) -> list[tuple[str, int]]:
    span = scale.last - scale.first
    step = next((one for one in STEPS if span / one < TICKS), STEPS[-1] * 10)
    start = -(-scale.first // step) * step
    return [(f"{scale.x(year):.1f}", year) for year in range(start, scale.last + 1, step)]


def _bars(facts: Sequence[Dated], chapters: Sequence[tuple[int, str]], scale: _Scale, top: int) -> list[Bar]:
    """One bar for each chapter that tells dated facts, from the first of their years to the last."""
    years: dict[int, list[int]] = defaultdict(list)
    for one in facts:
        if one.chapter is not None:
            years[one.chapter].append(one.first)
    shown = [(number, pk, title) for number, (pk, title) in enumerate(chapters, 1) if years[pk]]
    return [
        _bar(number, title, min(years[pk]), max(years[pk]), scale, top + level * BAR)
        for level, (number, pk, title) in enumerate(shown)
    ]


def _bar(number: int, title: str, first: int, last: int, scale: _Scale, y: int) -> Bar:
    x, end = scale.x(first), scale.x(last)
    width = max(8.0, end - x)
    x = min(x, WIDTH - SIDE - width)
    before = x + width > WIDTH * 0.62
    return Bar(
        x=f"{x:.1f}",
        y=str(y),
        width=f"{width:.1f}",
        number=number,
        title=title,
        years=str(first) if first == last else f"{first}–{last}",
        text_x=f"{x - 5:.1f}" if before else f"{x + width + 5:.1f}",
        before=before,
    )
