"""Dates in running prose: "the 7th of November, 1867", "spring of 1849", "1855-56", "about 1817".

Own patterns over CLDR month names and spelled-out numbers. dateparser 1.5.0 was tried: 5 ms a sentence, and
it read "now", "may" and "eleven at a" as dates of the current year.
Only dates that carry a year are found by themselves; others need what the text told before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sources.date_extents import day_in_words, extent
from sources.date_patterns import (
    ABOUT,
    BETWEEN,
    DASH,
    OR,
    UNTIL,
    YEAR_WORD,
    date_pattern,
    yearless_pattern,
)
from sources.date_relative import Extent, centuried, relative
from sources.date_words import FILLER, with_digits


@dataclass(frozen=True, slots=True, order=True)
class FoundDate:
    """A date at `text[start:end]`; `first` to `last` (inclusive) is what it may mean.

    `precision` is day, month, season, year, circa, decade or range.
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: str


# A bare number is a year unless it counts something or numbers something.
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$£€#№§/\d]|\d[.,]|\b(?:nos?|n[ºo°]|nr|pp?|pages?|págs?|art|lines?|vol|ch|cap|kap|than|some|nearly|over)\.?)\s*$",
    re.I,
)
_NO_YEAR_AFTER = re.compile(
    r"\s*(?:%|°|[.,]\d|\d|/\d)|\s(?:men|women|people|persons|souls|dollars|pounds|francs|marks|miles|feet|acres|"
    r"copies|pages|volumes|soldiers|slaves|children|students|pupils|votes|members|years|tons|horses|troops|"
    r"met(?:er|re)s?|yards|kilomet(?:er|re)s|inhabitants|words|verses|lines|steps|guests|houses|shares|shillings|"
    r"metros|mètres|metri|habitantes|habitants|einwohner|abitanti|versos|vers|wörter|palabras|mots|parole|"
    r"hombres|mujeres|personas|pesetas|pesos|reales|páginas|ejemplares|soldados|años|leguas|"
    r"hommes|femmes|personnes|pages|exemplaires|soldats|ans|lieues|"
    r"mann|personen|gulden|taler|seiten|jahre|meilen|homens|pessoas|réis|uomini|persone|lire|copie)\b",
    re.I,
)


def dates_in(
    text: str,
    language: str = "en",
    year: int | None = None,
    near: dt.date | None = None,
    until: int | None = None,
) -> list[FoundDate]:
    """All dates of a text in reading order, not overlapping.

    Some dates are found only with what the text told before: `year` completes a day without one ("May 4th"),
    `near`, the date told last, is what "inst." and "the year following" lean on, and `until`, the year in which
    the text was written, gives "the fifties" and "'49" their century.
    """
    tongue = language.split("-")[0].lower()
    plain = with_digits(text, tongue)
    found = list(_whole(plain, tongue))
    if year is not None:
        found = _added(found, _yearless(plain, tongue, year))
    if until is not None:
        found = _added(found, _leaning(centuried(plain, tongue, until)))
    return _added(found, _leaning(relative(text, tongue, near))) if near is not None else found


@lru_cache(maxsize=30_000)
def _whole(text: str, tongue: str) -> tuple[FoundDate, ...]:
    """The dates that carry their year; cached, since every step of planning asks for those of a sentence again."""
    return tuple(_ranges(text, _points(text, tongue), tongue))


def _leaning(extents: Iterable[Extent]) -> list[FoundDate]:
    return [FoundDate(*extent) for extent in extents]


def _added(found: list[FoundDate], more: list[FoundDate]) -> list[FoundDate]:
    """More dates, but for those that overlap one found already."""
    result = list(found)
    for date in more:
        if not any(one.start < date.end and date.start < one.end for one in result):
            result.append(date)
    return sorted(result)


def _points(text: str, tongue: str) -> list[FoundDate]:
    if not any(char.isdigit() for char in text):
        return []  # every pattern needs a year in digits
    points = []
    for match in date_pattern(tongue).finditer(text):
        date = _read(match, text, tongue)
        if date is not None:
            points.append(date)
    return points


def _read(match: re.Match[str], text: str, tongue: str) -> FoundDate | None:
    kind = match.lastgroup
    parts = match.groupdict()
    if kind == "bare" and not _is_year(text, match):
        return None
    first, last, precision = extent(str(kind), parts, tongue)
    if first is None or last is None:
        return None
    if _is_about(text, match.start(), tongue) or _is_asked(text, match.end()):
        precision = "circa"
    end = match.end()
    while text[end : end + 1] == FILLER:
        end += 1
    return FoundDate(match.start(), end, first, last, precision)


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return not _NO_YEAR_BEFORE.search(before) and not _NO_YEAR_AFTER.match(text, match.end())


def _is_asked(text: str, end: int) -> bool:
    """ "(1817?–1895)", "[1817?]": the mark is the editor's doubt about the date, and asks no question."""
    return bool(re.match(rf"\?\s*(?:[\])]|{DASH}\s*(?:\d|[\])]))", text[end:]))


def _is_about(text: str, start: int, tongue: str) -> bool:
    about = ABOUT.get(tongue)
    return bool(
        about
        and re.search(
            rf"(?:^|(?<=\W))(?:{about})(?:[ ]*{YEAR_WORD})*\s*$", text[max(0, start - 40) : start], re.I
        )
    )


def _ranges(text: str, points: list[FoundDate], tongue: str) -> list[FoundDate]:
    """Two points tied by "to", "until", a dash, or "between … and …" become one range."""
    merged: list[FoundDate] = []
    for point in _opened(text, points, tongue):
        if merged and _corrects(text, merged[-1], point):
            point = replace(point, start=merged.pop().start, end=point.end + 1)
        elif merged and _tied(text, merged[-1], point, tongue):
            first = merged.pop()
            point = FoundDate(first.start, point.end, first.first, point.last, "range")
        merged.append(point)
    return merged


def _opened(text: str, points: list[FoundDate], tongue: str) -> Iterator[FoundDate]:
    """The points, and before each the day that it completes: "June 5 to July 7, 1812", "28 December – 3 May 1850"."""
    read_to = 0
    for point in points:
        if point.precision == "day":
            openings = _yearless(text, tongue, point.first.year, read_to, point.start)
            for opening in openings[-1:]:
                if opening.first > point.first:
                    openings = _yearless(text, tongue, point.first.year - 1, opening.start, point.start)
                yield from (one for one in openings[-1:] if _tied(text, one, point, tongue))
        read_to = point.end
        yield point


def _corrects(text: str, first: FoundDate, second: FoundDate) -> bool:
    """ "1860 [1870]": square brackets hold an editor's correction of what stands before them."""
    return text[first.end : second.start].strip() == "[" and text[second.end : second.end + 1] == "]"


def _tied(text: str, first: FoundDate, second: FoundDate, tongue: str) -> bool:
    if first.precision == "range" or second.last <= first.first or second.last.year - first.first.year > 60:
        return False
    between = text[first.end : second.start]
    if re.fullmatch(rf"\s*{DASH}+\s*", between):
        return True
    if tongue not in UNTIL:
        return False
    if re.fullmatch(rf"\s*(?:{OR[tongue]})\s+", between, re.I):
        return second.last.year - first.first.year <= 2
    tie = rf",?\s*(?P<tie>{UNTIL[tongue]})\s+(?:(?:the|el|le|en|il|dem|den|ao?|o)\s+)?"
    tied = re.fullmatch(tie, between, re.I)
    if not tied:
        return False
    opened = re.search(
        rf"\b(?:{BETWEEN[tongue]})(?:\s+\S+){{0,3}}\s+$", text[max(0, first.start - 30) : first.start], re.I
    )
    return bool(opened) or tied["tie"].casefold() not in ("and", "y", "et", "und", "e")


def _yearless(text: str, tongue: str, year: int, start: int = 0, end: int | None = None) -> list[FoundDate]:
    found = []
    for match in yearless_pattern(tongue).finditer(text, start, len(text) if end is None else end):
        first, last, precision = day_in_words(match.groupdict(), year, tongue)
        if first is not None and last is not None:
            found.append(FoundDate(match.start(), match.end(), first, last, precision))
    return found
