"""What a date found in a text may mean: its first and its last day, and how exact it is."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Final

from sources.date_patterns import day_number, month_numbers, season_numbers
from sources.date_words import FEASTS
from sources.numerals import fold

Parts = dict[str, str | None]
Extent = tuple[dt.date | None, dt.date | None, str]


def extent(form: str, parts: Parts, tongue: str) -> Extent:
    """First day, last day and precision of a match of `date_pattern`; (None, None, "") for a date that isn't one.

    `form` is the last group of the match, which says what form of a date it is.
    """
    group, read = _FORMS[form]
    return read(parts, _year(group, parts), tongue)


def _year(group: str, parts: Parts) -> int:
    """The year; of "1731/2" the second, since the old year began in March."""
    year, new = int(parts[group] or 0), parts.get(f"{group}_new")
    return year + 1 if new and (year + 1) % 10 ** len(new) == int(new) else year


def day_in_words(parts: Parts, year: int, tongue: str) -> Extent:
    prefix = "day" if parts.get("day_month") else "turned"
    month = month_numbers(tongue)[fold(parts[f"{prefix}_month"] or "").rstrip(".")]
    found = _day(year, month, day_number(parts[f"{prefix}_day"] or "", tongue))
    opened = parts.get(f"{prefix}_from")
    first = _day(year, month, day_number(opened, tongue))[0] if opened else None
    return (first, found[1], "range") if first and found[1] and first < found[1] else found


def _numeric(year: int, first: int, second: int, tongue: str) -> Extent:
    """ "4.3.1845": day before month; in English either may come first, so only what is plain counts."""
    if tongue != "en" or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else (dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _month_or_months(parts: Parts, year: int, tongue: str) -> Extent:
    numbers = month_numbers(tongue)
    last = _month(year, numbers[fold(parts["month_month"] or "").rstrip(".")])
    opened = numbers.get(fold(parts.get("month_from") or "").rstrip("."), 0)
    if not opened or not last[1] or opened >= last[1].month:
        return last
    return dt.date(year, opened, 1), last[1], "range"


def _feast(name: str, year: int, tongue: str) -> Extent:
    """A feast with a fixed day; without "day" or "eve" it means the days around, so its month is told."""
    known = {fold(one): when for one, when in FEASTS[tongue].items()}
    month, day = known[fold(name)]
    return _day(year, month, day) if day else _month(year, month)


def _month(year: int, month: int) -> Extent:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month"


def _day(year: int, month: int, day: int) -> Extent:
    try:
        date = dt.date(year, month, day)
    except ValueError:  # "31 February": a slip of the source, and no date
        return None, None, ""
    return date, date, "day"


def _season(parts: Parts, year: int, tongue: str) -> Extent:
    season = season_numbers(tongue)[fold(parts["season"] or "")]
    if season == 4 and year > _of(parts, "season_year"):  # "the winter of 1848–49"
        return dt.date(year - 1, 12, 1), _month(year, 2)[1], "season"
    if season == 4:  # "the winter of 1849" begins in that December as often as it ends in that March
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "season"
    month = season * 3
    return (
        dt.date(year, month, 1),
        dt.date(year, month + 2, calendar.monthrange(year, month + 2)[1]),
        "season",
    )


def _short_range(parts: Parts, year: int, _tongue: str) -> Extent:
    """ "1855-56" or "1799/1800"."""
    last = _of(parts, "split_end") or year - year % 100 + _of(parts, "short_end")
    if last <= year:
        return None, None, ""
    return dt.date(year, 1, 1), dt.date(last, 12, 31), "range"


def _whole_year(_parts: Parts, year: int, _tongue: str) -> Extent:
    return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"


def _decade(_parts: Parts, year: int, _tongue: str) -> Extent:
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31), "decade"


def _of(parts: Parts, name: str) -> int:
    return int(parts[name] or 0)


# The form of a match: the group that holds its year, and what reads it.
_FORMS: Final[dict[str, tuple[str, Callable[[Parts, int, str], Extent]]]] = {
    "iso": ("iso_year", lambda parts, year, _: _day(year, _of(parts, "iso_month"), _of(parts, "iso_day"))),
    "numeric": (
        "num_year",
        lambda parts, year, tongue: _numeric(year, _of(parts, "num_day"), _of(parts, "num_month"), tongue),
    ),
    "daily": ("day_year", day_in_words),
    "turn": ("turned_year", day_in_words),
    "monthly": ("month_year", _month_or_months),
    "festive": ("feast_year", lambda parts, year, tongue: _feast(parts["feast"] or "", year, tongue)),
    "seasonal": ("season_year", _season),
    "short": ("short_year", _short_range),
    "ten": ("decade", _decade),
    "bare": ("bare_year", _whole_year),
}
