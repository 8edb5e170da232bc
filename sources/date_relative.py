"""Dates that lean on another date: "on the 4th inst.", "the year following", "that same year", "in the fifties"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from sources.date_words import decade_words
from sources.numerals import cardinals, fold

# start, end, first day, last day, precision
Extent = tuple[int, int, dt.date, dt.date, str]

_NEXT = {
    "en": r"the (?:year following|following year|next year|year after|ensuing year)",
    "es": r"(?:el|al) (?:año siguiente|siguiente año|otro año)",
    "fr": r"l['’]année (?:suivante|d['’]après)",
    "de": r"(?:im |das )?(?:folgenden?|nächsten?|darauffolgenden?) jahre?",
    "pt": r"(?:o|no) ano seguinte",
    "it": r"l['’]anno (?:seguente|successivo|dopo)",
}
_SAME = {
    "en": r"(?:the|that) same year",
    "es": r"(?:el|al|del|ese|aquel|este) mismo año",
    "fr": r"(?:la|cette) même année",
    "de": r"(?:selben|gleichen|demselben|desselben) jahre?s?",
    "pt": r"(?:n?o|nesse|naquele|do) mesmo ano",
    "it": r"(?:ne)?llo stesso anno|quello stesso anno",
}
_LATER = {
    "en": r"({n}|an?) years? (?:later|after(?:wards)?)\b(?! \w+ing)",
    "es": r"({n}) años? (?:más tarde|después)\b(?! de)",
    "fr": r"({n}) ans? (?:plus tard|après)\b",
    "de": r"({n}) jahre? (?:später|danach)\b",
    "pt": r"({n}) anos? (?:mais tarde|depois)\b(?! de)",
    "it": r"({n}) anni? (?:più tardi|dopo)\b",
}
_MONTHS_OFF = {"inst": 0, "instant": 0, "ult": -1, "ultimo": -1, "prox": 1, "proximo": 1}
_OF_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|d|th|º|\.)?[, ]+\(?(instant|inst|ultimo|ult|proximo|prox)\b\.?"
)
_DECADES = {
    "en": r"\bthe (?:early |late |middle )?(?:(?:eighteen|nineteen|seventeen)[- ])?({w})\b",
    "es": r"\baños ({w})\b",
    "fr": r"\bannées ({w})\b",
    "de": r"\b({w})[- ]jahren?\b",
    "pt": r"\banos ({w})\b(?! de)",
    "it": r"\banni ({w})\b",
}
_SHORT_YEAR = re.compile(r"(?<=\b(?:in|of|en|de|im) )['’](\d\d)\b(?!['’])")


def relative(text: str, tongue: str, near: dt.date) -> Iterator[Extent]:
    """Dates told by their distance from `near`, the date that the text gave last."""
    yield from _months(text, near)
    if tongue not in _NEXT:
        return
    for match in re.finditer(rf"\b{_NEXT[tongue]}\b", text, re.I):
        yield _year(match, near.year + 1)
    for match in re.finditer(rf"\b(?:{_SAME[tongue]})\b", text, re.I):
        yield _year(match, near.year)
    for match in _later_pattern(tongue).finditer(
        fold(text) if len(fold(text)) == len(text) else text.lower()
    ):
        number = match.group(1)
        years = int(number) if number.isdigit() else cardinals(tongue).get(number, 1)  # "a year later"
        if years <= 60:
            yield _year(match, near.year + years)


def _months(text: str, near: dt.date) -> Iterator[Extent]:
    """ "4th inst.": of the month of a letter's date; "ult." of the one before, "prox." of the next."""
    for match in _OF_MONTH.finditer(text):
        count = near.year * 12 + near.month - 1 + _MONTHS_OFF[match.group(2).lower()]
        year, month = count // 12, count % 12 + 1
        day = int(match.group(1))
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            date = dt.date(year, month, day)
            yield match.start(), match.end(), date, date, "day"


def centuried(text: str, tongue: str, year: int) -> Iterator[Extent]:
    """Decades and years without their century, taken as the latest that lie not after `year`."""
    if tongue in _DECADES:
        for match in _decade_pattern(tongue).finditer(text):
            first = _latest(decade_words(tongue)[fold(match.group(1))], year)
            yield match.start(), match.end(), dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade"
    for match in _SHORT_YEAR.finditer(text):
        yield _year(match, _latest(int(match.group(1)), year))


def _latest(short: int, year: int) -> int:
    """The latest year that ends in these two digits and isn't after `year`."""
    own = year - year % 100 + short
    return own if own <= year else own - 100


def _year(match: re.Match[str], year: int) -> Extent:
    return match.start(), match.end(), dt.date(year, 1, 1), dt.date(year, 12, 31), "year"


@lru_cache(maxsize=8)
def _later_pattern(tongue: str) -> re.Pattern[str]:
    number = "|".join([r"\d{1,2}", *sorted(cardinals(tongue), key=lambda word: (-len(word), word))])
    return re.compile(rf"\b{fold(_LATER[tongue]).replace('{n}', number)}")


@lru_cache(maxsize=8)
def _decade_pattern(tongue: str) -> re.Pattern[str]:
    words = "|".join(sorted({*decade_words(tongue), *_unfolded(tongue)}, key=lambda word: (-len(word), word)))
    return re.compile(_DECADES[tongue].replace("{w}", words), re.I)


def _unfolded(tongue: str) -> tuple[str, ...]:
    return ("dreißiger", "fünfziger") if tongue == "de" else ()
