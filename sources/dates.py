"""Dates in running prose: "the 7th of November, 1867", "spring of 1849", "1855-56", "about 1817".

Own patterns over CLDR month names and spelled-out numbers: dateparser was measured at several
milliseconds a sentence and reads any number as a date of the current month, which a biography can't use.
Only dates that carry a year are found; a day without one ("May 4th") needs `year`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from sources.numerals import fold, ordinals

FIRST_YEAR, LAST_YEAR = 1000, 2099
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_DASH = r"[-\u2010-\u2015]"


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


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language that dates are made of, as alternations for a regular expression."""

    months: str
    seasons: str
    join: str  # between the parts of one date: "of", "de"
    about: str
    until: str  # between the two ends of a range
    decade: str
    cautious: str  # what may stand before a bare number that is then surely a year


_SEASONS: dict[str, dict[str, int]] = {
    "en": {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4},
    "es": {"primavera": 1, "verano": 2, "otoño": 3, "invierno": 4},
    "fr": {"printemps": 1, "été": 2, "automne": 3, "hiver": 4},
    "de": {"frühjahr": 1, "frühling": 1, "sommer": 2, "herbst": 3, "winter": 4},
    "pt": {"primavera": 1, "verão": 2, "outono": 3, "inverno": 4},
    "it": {"primavera": 1, "estate": 2, "autunno": 3, "inverno": 4},
}
_JOIN = {
    "en": r"(?:,|of|in|the|year|\s)",
    "es": r"(?:,|del?|en|el|año|\s)",
    "fr": r"(?:,|de|d['’]|en|l['’]|année|\s)",
    "de": r"(?:,|des|im|jahres?|\s)",
    "pt": r"(?:,|de|do|em|ano|\s)",
    "it": r"(?:,|del|di|dell['’]|anno|\s)",
}
_ABOUT = {
    "en": r"about|around|circa|ca?\.|some time (?:during|in)|perhaps(?: in)?|or about|probably in",
    "es": r"hacia|circa|ca?\.|alrededor de|aproximadamente en|por el año",
    "fr": r"vers|environ|circa|ca?\.|aux alentours de",
    "de": r"um|etwa|circa|ca?\.|gegen|ungefähr",
    "pt": r"cerca de|por volta de|circa|ca?\.",
    "it": r"verso il|circa|ca?\.|intorno al",
}
_UNTIL = {
    "en": r"to|till|until|and|through",
    "es": r"a|hasta|y",
    "fr": r"à|jusqu['’]en|et",
    "de": r"bis|und",
    "pt": r"a|até|e",
    "it": r"al?|fino al|e",
}
_BETWEEN = {
    "en": "between|from",
    "es": "entre|de|desde",
    "fr": "entre|de",
    "de": "zwischen|von",
    "pt": "entre|de",
    "it": "tra|fra|dal",
}
_DECADE = {
    "en": r"(?:the )?(?P<decade>%s)['’]?s\b",
    "es": r"(?:los años|década de)(?: los)? (?P<decade>%s)\b",
    "fr": r"années (?P<decade>%s)\b",
    "de": r"(?P<decade>%s)er[- ]jahren?\b",
    "pt": r"(?:anos|década) de (?P<decade>%s)\b",
    "it": r"anni (?P<decade>%s)\b",
}
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
    for match in _pattern(tongue).finditer(text):
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
        return _month(year, _month_numbers(tongue)[fold(parts["month_month"] or "").rstrip(".")])
    if parts.get("season_year"):
        return _season(year, _season_numbers(tongue)[fold(parts["season"] or "")])
    if parts.get("short_year"):
        return _short_range(year, int(parts["short_end"] or 0))
    last, precision = (year + 9, "decade") if parts.get("decade") else (year, "year")
    return dt.date(year, 1, 1), dt.date(last, 12, 31), precision


def _day_in_words(parts: dict[str, str | None], year: int, tongue: str) -> _Extent:
    prefix = "day" if parts.get("day_month") else "turned"
    month = _month_numbers(tongue)[fold(parts[f"{prefix}_month"] or "").rstrip(".")]
    return _day(year, month, _day_number(parts[f"{prefix}_day"] or "", tongue))


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
    about = _ABOUT.get(tongue)
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
    if re.fullmatch(rf"\s*{_DASH}+\s*", between):
        return True
    if not re.fullmatch(
        rf",?\s*(?:{_UNTIL.get(tongue, '(?!)')})\s+(?:the\s+|el\s+|le\s+|en\s+)?", between, re.I
    ):
        return False
    opened = re.search(
        rf"\b(?:{_BETWEEN[tongue]})\s+\S*\s*\S*$", text[max(0, first.start - 30) : first.start], re.I
    )
    return bool(opened) or between.strip(" ,").casefold() not in ("and", "y", "et", "und", "e")


def _yearless(text: str, tongue: str, year: int, taken: list[FoundDate]) -> list[FoundDate]:
    found = []
    for match in _yearless_pattern(tongue).finditer(text):
        if any(date.start < match.end() and match.start() < date.end for date in taken):
            continue
        first, last, precision = _day_in_words(match.groupdict(), year, tongue)
        if first is not None and last is not None:
            found.append(FoundDate(match.start(), match.end(), first, last, precision))
    return found


@lru_cache(maxsize=16)
def _pattern(tongue: str) -> re.Pattern[str]:
    year = rf"(?P<NAME>{_YEAR})\b(?!['’]?s\b)"
    parts = [
        rf"(?P<iso_year>{_YEAR})-(?P<iso_month>[01]\d)-(?P<iso_day>[0-3]\d)\b(?P<iso>)",
        rf"(?P<short_year>{_YEAR}){_DASH}(?P<short_end>\d\d)\b(?!\d)(?P<short>)",
    ]
    if tongue in _JOIN:
        join = rf"{_JOIN[tongue]}+"
        dotted = r"\.?"
        day_month, turned = _day_forms(tongue)
        parts += [
            rf"\b{day_month}{dotted}{join}{year.replace('NAME', 'day_year')}(?P<daily>)",
            rf"\b{turned}{join}{year.replace('NAME', 'turned_year')}(?P<turn>)",
            rf"\b(?P<month_month>{_months(tongue)}){dotted}{join}{year.replace('NAME', 'month_year')}(?P<monthly>)",
            rf"\b(?P<season>(?i:{_season_words(tongue)})){join}{year.replace('NAME', 'season_year')}(?P<seasonal>)",
            rf"\b(?i:{_DECADE[tongue] % '(?:1[0-9]|20)[0-9]0'})(?P<ten>)",
        ]
    parts.append(rf"\b(?P<bare_year>{_YEAR})\b(?P<bare>)")
    return re.compile("|".join(f"(?:{part})" for part in parts), _flags(tongue))


@lru_cache(maxsize=16)
def _yearless_pattern(tongue: str) -> re.Pattern[str]:
    if tongue not in _JOIN:
        return re.compile(r"(?!)")
    day_month, turned = _day_forms(tongue)
    return re.compile(rf"\b(?:{day_month}|{turned})\b(?!,?\s*\d)", _flags(tongue))


def _flags(tongue: str) -> int:
    """English and German months are capitals ("may", "march" are not); elsewhere case says nothing."""
    return re.UNICODE if tongue in ("en", "de") else re.IGNORECASE


def _day_forms(tongue: str) -> tuple[str, str]:
    """Day before month ("7th of November", "7 de noviembre") and month before day ("November 7th")."""
    words = "|".join(
        re.escape(word) for word in sorted(ordinals(tongue), key=lambda word: (-len(word), word))
    )
    number = rf"(?:[0-3]?\d(?:st|nd|rd|d|th|er|º|°|ª|\.)?|{words})"
    joined = r"(?:\s+(?:day\s+)?of\s+(?:the\s+month\s+of\s+)?|\s+del?\s+(?:mes\s+de\s+)?|\s+di\s+|\s+)"
    months = _months(tongue)
    before = rf"(?P<day_day>{number}){joined}(?P<day_month>{months})"
    after = rf"(?P<turned_month>{months})\.?\s+(?:the\s+)?(?P<turned_day>{number})"
    return before, after


def _day_number(text: str, tongue: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else ordinals(tongue).get(fold(text), 0)


def _months(tongue: str) -> str:
    return _spellings(tuple(_month_names(tongue)))


def _season_words(tongue: str) -> str:
    return _spellings(tuple(_SEASONS.get(tongue, {})))


def _spellings(names: tuple[str, ...]) -> str:
    ordered = sorted({name.rstrip(".") for name in names}, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in ordered) or "(?!)"


@lru_cache(maxsize=16)
def _month_names(tongue: str) -> dict[str, int]:
    """Names and usual short forms by CLDR; short forms under three letters are left out as ambiguous."""
    try:
        months = Locale.parse(tongue).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in sorted(months[context][width].items()):
                if len(name.rstrip(".")) >= 3:
                    names.setdefault(name, number)
    if tongue == "en":
        names.setdefault("Sept", 9)
    return names


@lru_cache(maxsize=16)
def _month_numbers(tongue: str) -> dict[str, int]:
    return {fold(name).rstrip("."): number for name, number in _month_names(tongue).items()}


@lru_cache(maxsize=16)
def _season_numbers(tongue: str) -> dict[str, int]:
    return {fold(name): number for name, number in _SEASONS.get(tongue, {}).items()}
