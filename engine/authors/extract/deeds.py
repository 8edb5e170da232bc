"""Claims on the subject's turning points: a flight that failed, degrees and their order, prizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from engine.authors.extract import deed_words as words
from engine.authors.extract.belongings import belongings
from engine.authors.extract.claim import Claim
from engine.authors.extract.deed_line import Line, pattern_of
from engine.authors.extract.kinds import mentions_return
from engine.authors.extract.losses import losses
from engine.authors.extract.relatives import children, relatives
from sources.dates import FoundDate
from sources.numerals import fold


def deeds_in(line: Line) -> Iterator[Claim]:
    """All of them in one sentence."""
    readers: tuple[Callable[[Line], Iterator[Claim]], ...] = (
        _attempts,
        _degrees,
        _prizes,
        losses,
        children,
        relatives,
        belongings,
    )
    for reader in readers:
        yield from reader(line)


def _attempts(line: Line) -> Iterator[Claim]:
    """A flight that was tried or planned."""
    for date, start, end in line.dated():
        match = pattern_of(words.ATTEMPT, line.tongue).search(line.text, start, end)
        if match and line.is_subjects(match.start()) and not mentions_return(line.text, line.language):
            yield line.claim("attempt to escape", "date", date=date)


def _degrees(line: Line) -> Iterator[Claim]:
    """When a degree in something was taken, and which of two came first."""
    if not pattern_of(words.DEGREE, line.tongue).search(line.text):
        return
    told = [(at, field) for at, field in _fields(line.text) if _degree_near(line, at)]
    if not told or not line.is_subjects(told[0][0]):
        return
    dates = [(date, [field for at, field in told if start <= at < end]) for date, start, end in line.dated()]
    level = "doctorate" if re.search(words.DOCTOR, line.text, re.I) else "degree"
    for date, fields in dates:
        for field in fields:
            yield line.claim(f"{level} in {field}", "date", date=date)
    for first, second in _in_order(line, told, dates):
        yield line.claim(
            f"order of the degrees in {min(first, second)} and {max(first, second)}", "order", value=first
        )


def _fields(text: str) -> list[tuple[int, str]]:
    return sorted(
        (match.start(), field)
        for field, form in words.FIELDS.items()
        for match in re.finditer(rf"\b(?:{form})\b", text, re.I)
    )


_REACH: Final = 60  # characters between a degree and what it is in


def _degree_near(line: Line, at: int) -> bool:
    near = line.text[max(0, at - _REACH) : at + _REACH // 3]
    return bool(pattern_of(words.DEGREE, line.tongue).search(near))


def _in_order(
    line: Line, told: list[tuple[int, str]], dates: list[tuple[FoundDate, list[str]]]
) -> Iterator[tuple[str, str]]:
    """Pairs of fields, the earlier first: by their dates, or by a "two years later" between them."""
    for one, mine in dates:
        for other, theirs in dates:
            if one.last < other.first:
                yield from ((first, second) for first in mine for second in theirs if first != second)
    if dates:
        return
    later = [match.start() for match in pattern_of(words.LATER, line.tongue).finditer(line.text)]
    for at, first in told:
        for past, second in told:
            if first != second and any(at < mark < past for mark in later):
                yield first, second


def _prizes(line: Line) -> Iterator[Claim]:
    """When a prize with a name was given, and for what; one may be given twice, but hardly for the same."""
    if (
        not _PRIZE.search(line.text)
        or not _WINS.search(line.text)
        or mentions_return(line.text, line.language)
    ):
        return
    for date, start, end in line.dated():
        match = _PRIZE.search(line.text, start, end)
        if match and _WINS.search(line.text, start, end) and not _for_others(line, start, end):
            name = fold(next(group for group in match.groups() if group)).strip()
            fields = [field for at, field in _fields(line.text) if start <= at < end]
            yield line.claim(f"{name} prize for {', '.join(fields[:1])}", "date", date=date)


_PRIZE: Final = re.compile(words.PRIZE)
_WINS: Final = re.compile(words.WINS, re.I)


def _for_others(line: Line, start: int, end: int) -> bool:
    """Whether a clause names other people only, or nobody whom the sentence tells of."""
    people = [one.full for one in line.names.names_in(line.text[start:end]) if one.kind == "person"]
    others = [name for name in people if not line.person.is_called(name)]
    return bool(others) or not (line.person.named_in(line.text[:end]) or line.is_subjects(end))
