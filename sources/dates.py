"""Dates in running prose: "the 7th of November, 1867", "spring of 1849", "1855-56", "about 1817".

Own patterns over CLDR month names and spelled-out numbers. dateparser 1.5.0 was tried: 5 ms a sentence, and
it read "now", "may" and "eleven at a" as dates of the current year.
Only dates that carry a year are found by themselves; others need what the text told before.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from sources.date_patterns import (
    ABOUT,
    BETWEEN,
    DASH,
    OR,
    UNTIL,
    YEAR_WORD,
    date_pattern,
    day_number,
    month_numbers,
    season_numbers,
    yearless_pattern,
)
from sources.date_relative import Extent, centuried, relative
from sources.date_words import FEASTS, FILLER, with_digits
from sources.numerals import fold


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
    first, last, precision = _extent(parts, _year_of(parts), tongue)
    if first is None or last is None:
        return None
    if _is_about(text, match.start(), tongue):
        precision = "circa"
    end = match.end()
    while text[end : end + 1] == FILLER:
        end += 1
    return FoundDate(match.start(), end, first, last, precision)


def _year_of(parts: dict[str, str | None]) -> int:
    """The year; of "1731/2" the second, since the old year began in March."""
    name = next(name for name in _YEAR_GROUPS if parts.get(name))
    year, new = int(parts[name] or 0), parts.get(f"{name}_new")
    return year + 1 if new and (year + 1) % 10 ** len(new) == int(new) else year


_YEAR_GROUPS = (
    "iso_year",
    "num_year",
    "day_year",
    "turned_year",
    "month_year",
    "feast_year",
    "season_year",
    "decade",
    "short_year",
    "bare_year",
)


_Extent = tuple[dt.date | None, dt.date | None, str]


def _extent(parts: dict[str, str | None], year: int, tongue: str) -> _Extent:
    """First day, last day and precision; (None, None, "") for a date that isn't one."""
    if parts.get("iso_year"):
        return _day(year, int(parts["iso_month"] or 0), int(parts["iso_day"] or 0))
    if parts.get("num_year"):
        return _numeric(year, int(parts["num_day"] or 0), int(parts["num_month"] or 0), tongue)
    if parts.get("day_year") or parts.get("turned_year"):
        return _day_in_words(parts, year, tongue)
    if parts.get("month_year"):
        return _months(parts, year, tongue)
    if parts.get("feast_year"):
        return _feast(parts["feast"] or "", year, tongue)
    if parts.get("season_year"):
        return _season(year, season_numbers(tongue)[fold(parts["season"] or "")])
    if parts.get("short_year"):
        return _short_range(year, int(parts["short_end"] or 0))
    last, precision = (year + 9, "decade") if parts.get("decade") else (year, "year")
    return dt.date(year, 1, 1), dt.date(last, 12, 31), precision


def _day_in_words(parts: dict[str, str | None], year: int, tongue: str) -> _Extent:
    prefix = "day" if parts.get("day_month") else "turned"
    month = month_numbers(tongue)[fold(parts[f"{prefix}_month"] or "").rstrip(".")]
    found = _day(year, month, day_number(parts[f"{prefix}_day"] or "", tongue))
    opened = parts.get(f"{prefix}_from")
    first = _day(year, month, day_number(opened, tongue))[0] if opened else None
    return (first, found[1], "range") if first and found[1] and first < found[1] else found


def _numeric(year: int, first: int, second: int, tongue: str) -> _Extent:
    """ "4.3.1845": day before month; in English either may come first, so only what is plain counts."""
    if tongue != "en" or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else (dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _months(parts: dict[str, str | None], year: int, tongue: str) -> _Extent:
    numbers = month_numbers(tongue)
    last = _month(year, numbers[fold(parts["month_month"] or "").rstrip(".")])
    opened = numbers.get(fold(parts.get("month_from") or "").rstrip("."), 0)
    if not opened or not last[1] or opened >= last[1].month:
        return last
    return dt.date(year, opened, 1), last[1], "range"


def _feast(name: str, year: int, tongue: str) -> _Extent:
    """A feast with a fixed day; without "day" or "eve" it means the days around, so its month is told."""
    known = {fold(one): when for one, when in FEASTS[tongue].items()}
    month, day = known[fold(name)]
    return _day(year, month, day) if day else _month(year, month)


def _month(year: int, month: int) -> _Extent:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month"


def _day(year: int, month: int, day: int) -> tuple[dt.date | None, dt.date | None, str]:
    try:
        date = dt.date(year, month, day)
    except ValueError:  # "31 February": a slip of the source, and no date
        return None, None, ""
    return date, date, "day"


def _season(year: int, season: int) -> tuple[dt.date, dt.date, str]:
    if season == 4:  # "the winter of 1849" begins in that December as often as it ends in that March
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "season"
    month = season * 3
    return (
        dt.date(year, month, 1),
        dt.date(year, month + 2, calendar.monthrange(year, month + 2)[1]),
        "season",
    )


def _short_range(year: int, end: int) -> tuple[dt.date | None, dt.date | None, str]:
    last = year - year % 100 + end
    if last <= year:
        return None, None, ""
    return dt.date(year, 1, 1), dt.date(last, 12, 31), "range"


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return not _NO_YEAR_BEFORE.search(before) and not _NO_YEAR_AFTER.match(text, match.end())


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
    for point in points:
        if merged and _corrects(text, merged[-1], point):
            point = replace(point, start=merged.pop().start, end=point.end + 1)
        elif merged and _tied(text, merged[-1], point, tongue):
            first = merged.pop()
            point = FoundDate(first.start, point.end, first.first, point.last, "range")
        merged.append(point)
    return merged


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


def _yearless(text: str, tongue: str, year: int) -> list[FoundDate]:
    found = []
    for match in yearless_pattern(tongue).finditer(text):
        first, last, precision = _day_in_words(match.groupdict(), year, tongue)
        if first is not None and last is not None:
            found.append(FoundDate(match.start(), match.end(), first, last, precision))
    return found
