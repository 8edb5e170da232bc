"""Dates in running prose: "the 7th of November, 1867", "spring of 1849", "1855-56", "about 1817".

Own patterns over CLDR month names and spelled-out numbers. dateparser 1.5.0 was tried: 5 ms a sentence, and
it read "now", "may" and "eleven at a" as dates of the current year.
Only dates that carry a year are found; a day without one ("May 4th") needs `year`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from sources.date_patterns import (
    ABOUT,
    BETWEEN,
    DASH,
    UNTIL,
    date_pattern,
    day_number,
    month_numbers,
    season_numbers,
    yearless_pattern,
)
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


def dates_in(text: str, language: str = "en", year: int | None = None) -> list[FoundDate]:
    """All dates of a text in reading order, not overlapping; `year` completes a day or month without one."""
    tongue = language.split("-")[0].lower()
    found = _ranges(text, _points(text, tongue), tongue)
    if year is not None:
        found = sorted(found + _yearless(text, tongue, year, found))
    return found


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
    year = int(next(parts[name] for name in _YEAR_GROUPS if parts.get(name)))
    first, last, precision = _extent(parts, year, tongue)
    if first is None or last is None:
        return None
    if _is_about(text, match.start(), tongue):
        precision = "circa"
    return FoundDate(match.start(), match.end(), first, last, precision)


_YEAR_GROUPS = (
    "iso_year",
    "day_year",
    "turned_year",
    "month_year",
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
    if parts.get("day_year") or parts.get("turned_year"):
        return _day_in_words(parts, year, tongue)
    if parts.get("month_year"):
        return _month(year, month_numbers(tongue)[fold(parts["month_month"] or "").rstrip(".")])
    if parts.get("season_year"):
        return _season(year, season_numbers(tongue)[fold(parts["season"] or "")])
    if parts.get("short_year"):
        return _short_range(year, int(parts["short_end"] or 0))
    last, precision = (year + 9, "decade") if parts.get("decade") else (year, "year")
    return dt.date(year, 1, 1), dt.date(last, 12, 31), precision


def _day_in_words(parts: dict[str, str | None], year: int, tongue: str) -> _Extent:
    prefix = "day" if parts.get("day_month") else "turned"
    month = month_numbers(tongue)[fold(parts[f"{prefix}_month"] or "").rstrip(".")]
    return _day(year, month, day_number(parts[f"{prefix}_day"] or "", tongue))


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
            rf"\b(?:{about})(?: the| el| das| jahr| year)*\s*$", text[max(0, start - 28) : start], re.I
        )
    )


def _ranges(text: str, points: list[FoundDate], tongue: str) -> list[FoundDate]:
    """Two points tied by "to", "until", a dash, or "between … and …" become one range."""
    merged: list[FoundDate] = []
    for point in points:
        if merged and _tied(text, merged[-1], point, tongue):
            first = merged.pop()
            point = FoundDate(first.start, point.end, first.first, point.last, "range")
        merged.append(point)
    return merged


def _tied(text: str, first: FoundDate, second: FoundDate, tongue: str) -> bool:
    if first.precision == "range" or second.last <= first.first or second.last.year - first.first.year > 60:
        return False
    between = text[first.end : second.start]
    if re.fullmatch(rf"\s*{DASH}+\s*", between):
        return True
    if not re.fullmatch(
        rf",?\s*(?:{UNTIL.get(tongue, '(?!)')})\s+(?:the\s+|el\s+|le\s+|en\s+)?", between, re.I
    ):
        return False
    opened = re.search(
        rf"\b(?:{BETWEEN[tongue]})\s+\S*\s*\S*$", text[max(0, first.start - 30) : first.start], re.I
    )
    return bool(opened) or between.strip(" ,").casefold() not in ("and", "y", "et", "und", "e")


def _yearless(text: str, tongue: str, year: int, taken: list[FoundDate]) -> list[FoundDate]:
    found = []
    for match in yearless_pattern(tongue).finditer(text):
        if any(date.start < match.end() and match.start() < date.end for date in taken):
            continue
        first, last, precision = _day_in_words(match.groupdict(), year, tongue)
        if first is not None and last is not None:
            found.append(FoundDate(match.start(), match.end(), first, last, precision))
    return found
