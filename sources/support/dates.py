"""Dates of a text as far as they're told: a year, a day and month without a year, a range, a decade.

`sources.dates` reads dates for the fact table, with first and last day; here a date is compared part by
part, also where its year is missing, and a thousand times a second: that reader takes 0.5 ms a passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sources.date_patterns import month_numbers
from sources.numerals import cardinals, fold, ordinals
from sources.support.tokens import Token, places_of

_JOINERS = frozenset("of de del di the day month des im".split())
_DECADE_WORDS = frozenset("annees anos anni decada decennio".split())
_CAPITALISED = ("en", "de")  # "may" and "march" are no months there
_UNTIL = frozenset("to till until through and a hasta y au et bis und ate e al".split())
_MONEY_BEFORE = frozenset("no nos nr number page pages p pp".split())


@dataclass(frozen=True, slots=True)
class Date:
    """A date at tokens `first` to `last`: years from `year` to `until`, month and day; 0 for what isn't told."""

    first: int
    last: int
    year: int
    until: int
    month: int = 0
    day: int = 0

    @property
    def is_year(self) -> bool:
        """Whether it's one bare year."""
        return self.year == self.until != 0 and not self.month


def dates_in(tokens: Sequence[Token], tongue: str, digits: Sequence[int]) -> tuple[Date, ...]:
    """All dates in reading order, not overlapping; `digits` are the tokens that begin with a digit."""
    months = _months(tongue)
    found: list[Date] = []
    for place in places_of(_month_words(tongue), tokens, digits):
        if found and place <= found[-1].last:
            continue
        token = tokens[place]
        if token.text[0].isdigit():
            date = _whole(token, place) or _bare(tokens, place)
        else:
            date = _by_month(tokens, place, tongue, months[token.folded])
        if date is None:
            continue
        if found and date.first <= found[-1].last:  # its day was read as something else
            found.pop()
        found.append(date)
    return tuple(_with_ranges(tokens, found))


@lru_cache(maxsize=16)
def _months(tongue: str) -> dict[str, int]:
    return month_numbers(tongue)


@lru_cache(maxsize=16)
def _month_words(tongue: str) -> frozenset[str]:
    return frozenset(_months(tongue))


def _whole(token: Token, place: int) -> Date | None:
    """1867-11-07 or 7.11.1867, in one token."""
    text = token.text.replace("/", "-").replace(".", "-")
    if text.count("-") != 2:
        return None
    first, month, last = (int(part) for part in text.split("-"))
    year, day = (first, last) if first > 31 else (last, first)
    if month > 12:  # as Americans write it
        month, day = day, month
    return Date(place, place, year, year, month, day) if _is_year(year) and month <= 12 else None


def _is_year(number: int) -> bool:
    return 1000 <= number <= 2099


def _by_month(tokens: Sequence[Token], place: int, tongue: str, month: int) -> Date | None:
    token = tokens[place]
    if tongue in _CAPITALISED and not token.capital:
        return None
    first, day = _day_before(tokens, place, tongue)
    last = place
    if not day:
        last, day = _day_after(tokens, place, tongue)
    past, year = _year_after(tokens, last)
    if not year and not day and token.opens:
        return None  # "May I", "März"
    return Date(first, past, year, year, month, day)


def _day_before(tokens: Sequence[Token], place: int, tongue: str) -> tuple[int, int]:
    before = place - 1
    if tokens[place].apart and tongue != "de":  # "7. November"
        return place, 0
    while before >= 0 and before >= place - 3 and tokens[before].folded in _JOINERS:
        before -= 1
    day, length = _day(tokens, before, tongue) if before >= 0 else (0, 0)
    return (before - length + 1, day) if day else (place, 0)


def _day_after(tokens: Sequence[Token], place: int, tongue: str) -> tuple[int, int]:
    after = place + 1
    if after < len(tokens) and tokens[after].folded == "the":
        after += 1
    if after >= len(tokens):
        return place, 0
    day, _ = _day(tokens, after, tongue) if tokens[after].text[0].isdigit() else (0, 0)
    word = 0 if day else ordinals(tongue).get(tokens[after].folded, 0)
    return (after, day or word) if day or word else (place, 0)


def _day(tokens: Sequence[Token], place: int, tongue: str) -> tuple[int, int]:
    """The day that ends at a token, and of how many tokens: 7th, seventh, twenty-first; (0, 0) for none."""
    token = tokens[place]
    digits = token.text.rstrip("stndrhe.º°ª")
    if digits.isdecimal() and len(digits) <= 2:
        return (int(digits), 1) if 1 <= int(digits) <= 31 else (0, 0)
    for length in (3, 2, 1):
        words = " ".join(one.folded for one in tokens[max(0, place - length + 1) : place + 1])
        day = _day_words(tongue).get(words, 0)
        if day:
            return day, length
    return 0, 0


@lru_cache(maxsize=16)
def _day_words(tongue: str) -> dict[str, int]:
    table = {word: number for word, number in cardinals(tongue).items() if 2 <= number <= 31}
    table |= ordinals(tongue)
    if tongue == "es":
        table["uno"] = 1
    return {fold(word).replace("-", " "): number for word, number in table.items()}


def _year_after(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    after = place + 1
    while after < len(tokens) and after <= place + 3 and tokens[after].folded in _JOINERS | {"year", "in"}:
        after += 1
    if after < len(tokens) and not tokens[after].opens:
        year = _year(tokens[after])
        if year:
            return after, year
    return place, 0


def _year(token: Token) -> int:
    text = token.text
    return int(text) if len(text) == 4 and text.isdecimal() and _is_year(int(text)) else 0


def _bare(tokens: Sequence[Token], place: int) -> Date | None:
    """A year alone, or a decade ("1850s", "années 1850")."""
    token = tokens[place]
    before = tokens[place - 1].folded if place else ""
    digits = token.text.removesuffix("s").removesuffix("er")
    year = int(digits) if len(digits) == 4 and digits.isdecimal() else 0
    if not _is_year(year) or before in _MONEY_BEFORE:
        return None
    two_before = tokens[place - 2].folded if place > 1 else ""
    if year % 10 == 0 and (digits != token.text or {before, two_before} & _DECADE_WORDS):
        return Date(place, place, year, year + 9)
    return Date(place, place, year, year)


def _with_ranges(tokens: Sequence[Token], found: Sequence[Date]) -> Iterable[Date]:
    """The dates, and after two years of a range ("1891-94", "from 1891 to 1894") the range."""
    for place, date in enumerate(found):
        yield date
        until = _short_end(tokens, date)
        if until:
            yield Date(date.first, date.last + 1, date.year, until)
        elif place + 1 < len(found) and _leads_to(tokens, date, found[place + 1]):
            yield Date(date.first, found[place + 1].last, date.year, found[place + 1].until)


def _short_end(tokens: Sequence[Token], date: Date) -> int:
    after = date.last + 1
    if not date.is_year or after >= len(tokens) or tokens[after].start != tokens[date.last].end + 1:
        return 0
    text = tokens[after].text
    until = date.year - date.year % 100 + int(text) if len(text) == 2 and text.isdecimal() else 0
    return until if until > date.year else 0


def _leads_to(tokens: Sequence[Token], date: Date, later: Date) -> bool:
    if not (0 < date.until < later.year <= date.year + 60):
        return False
    between = tokens[date.last + 1 : later.first]
    if not between:
        return tokens[later.first].start - tokens[date.last].end in (1, 3)  # a dash, with or without spaces
    return len(between) <= 2 and between[0].folded in _UNTIL


def found_in(date: Date, dates: Iterable[Date]) -> bool:
    """Whether one of the dates tells all that `date` tells, or a day without a year and its year apart."""
    known = list(dates)
    if any(_within(date, one) for one in known):
        return True
    if not (date.year and date.month):
        return False
    return any(one.year <= date.year <= one.until for one in known) and any(
        not one.year and one.month == date.month and one.day == date.day for one in known
    )


def _within(said: Date, known: Date) -> bool:
    if said.month and said.month != known.month:
        return False
    if said.day and said.day != known.day:
        return False
    if not said.year:
        return True
    if said.until - said.year == 9 and not said.month:  # a decade holds its years
        return said.year <= known.year <= said.until
    return known.year != 0 and known.year <= said.year and said.until <= known.until and not _is_decade(known)


def _is_decade(date: Date) -> bool:
    return date.until - date.year == 9 and date.year % 10 == 0 and date.first == date.last
