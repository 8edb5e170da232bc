"""What dates are made of in six languages, and the patterns that find them."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from sources.date_words import FEASTS, OLD_MONTHS, SHORT_MONTHS
from sources.numerals import fold, ordinals

_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
DASH = r"[-\u2010-\u2015]"
_SEASONS: dict[str, dict[str, int]] = {
    "en": {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4},
    "es": {"primavera": 1, "verano": 2, "otoño": 3, "invierno": 4},
    "fr": {"printemps": 1, "été": 2, "automne": 3, "hiver": 4},
    "de": {"frühjahr": 1, "frühling": 1, "sommer": 2, "herbst": 3, "winter": 4},
    "pt": {"primavera": 1, "verão": 2, "outono": 3, "inverno": 4},
    "it": {"primavera": 1, "estate": 2, "autunno": 3, "inverno": 4},
}
_JOIN = {
    "en": r"(?:,|of|in|the|year|our|lord|Lord|A\.D\.|\s)",
    "es": r"(?:,|del?|en|el|año|señor|\s)",
    "fr": r"(?:,|de|d['’]|en|l['’]|année|\s)",
    "de": r"(?:,|des|im|[Jj]ahres?|\s)",
    "pt": r"(?:,|de|do|em|ano|\s)",
    "it": r"(?:,|del|di|dell['’]|anno|\s)",
}
_CIRCA = r"circa|ca?\.|ca"
ABOUT = {
    "en": rf"about|around|{_CIRCA}|some ?time (?:during|in)|perhaps(?: in)?|or about|probably(?: in)?|possibly(?: in)?|"
    r"say in|supposed to have been in",
    "es": rf"hacia|{_CIRCA}|alrededor de|aproximadamente(?: en)?|por el año|probablemente(?: en)?|quizás? en",
    "fr": rf"vers|environ|{_CIRCA}|aux alentours de|autour de|probablement(?: en)?|peut-être en",
    "de": rf"um|etwa|{_CIRCA}|gegen|ungefähr|rund|wahrscheinlich(?: im)?|vermutlich(?: im)?",
    "pt": rf"cerca de|cerca do|por volta de|por volta do|{_CIRCA}|provavelmente(?: em)?|talvez em",
    "it": rf"verso il|verso l|{_CIRCA}|intorno al|attorno al|probabilmente(?: nel)?|forse nel",
}
YEAR_WORD = (
    r"(?:the|of|year|el|del?|año|das|dem|jahre?|la|l['’]|année|d['’]|en|in|im|ano|do|o|il|anno|dell['’])"
)
OR = {"en": "or", "es": "o|ó", "fr": "ou", "de": "oder", "pt": "ou", "it": "o"}
UNTIL = {
    "en": r"to|till|until|and|through|up to",
    "es": r"al?|hasta(?: el)?|y",
    "fr": r"à|au|jusqu['’](?:en|au)|et",
    "de": r"bis|und",
    "pt": r"a|até|e",
    "it": r"al?|fino al|e|sino al",
}
BETWEEN = {
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


@lru_cache(maxsize=16)
def date_pattern(tongue: str) -> re.Pattern[str]:
    """Every form of a date that has a year; the named groups say which form it is."""
    year = rf"(?P<NAME>{_YEAR})\b(?!['’]?s\b)(?:/(?P<NAME_new>\d{{1,2}})\b)?"
    parts = [
        rf"(?P<iso_year>{_YEAR})-(?P<iso_month>[01]\d)-(?P<iso_day>[0-3]\d)\b(?P<iso>)",
        rf"(?<![\d.,/])(?P<num_day>[0-3]?\d)[./] ?(?P<num_month>[0-3]?\d)[./] ?(?P<num_year>{_YEAR})\b(?P<numeric>)",
        rf"(?P<short_year>{_YEAR})(?:{DASH}(?P<short_end>\d\d)\b(?!\d)|/(?P<split_end>{_YEAR})\b(?!/))(?P<short>)",
    ]
    if tongue in _JOIN:
        join = rf"{_JOIN[tongue]}+"
        dotted = r"\.?"
        day_month, turned = _day_forms(tongue)
        parts += [
            rf"\b{day_month}{dotted}{join}{year.replace('NAME', 'day_year')}(?P<daily>)",
            rf"\b{turned}{join}{year.replace('NAME', 'turned_year')}(?P<turn>)",
            rf"\b(?:(?P<month_from>{_months(tongue)}){dotted}(?:\s*{DASH}\s*|\s+(?:{UNTIL[tongue]}|{OR[tongue]})\s+))?"
            rf"(?P<month_month>{_months(tongue)}){dotted}{join}{year.replace('NAME', 'month_year')}(?P<monthly>)",
            rf"\b(?P<feast>{_feasts(tongue)}){join}{year.replace('NAME', 'feast_year')}(?P<festive>)",
            rf"\b(?P<season>(?i:{_season_words(tongue)})){join}"
            rf"{_over(year).replace('NAME', 'season_year')}(?P<seasonal>)",
            rf"\b(?i:{_DECADE[tongue] % '(?:1[0-9]|20)[0-9]0'})(?P<ten>)",
        ]
    parts.append(rf"\b(?P<bare_year>{_YEAR})\b(?P<bare>)")
    return re.compile("|".join(f"(?:{part})" for part in parts), _flags(tongue))


def _over(year: str) -> str:
    """Of a winter that goes over into the next year also with a dash: "the winter of 1848–49"."""
    return year.replace("(?:/(", rf"(?:(?:/|{DASH})(")


@lru_cache(maxsize=16)
def yearless_pattern(tongue: str) -> re.Pattern[str]:
    """A day and a month without a year."""
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
    number = rf"(?:[0-3]?\d(?:st|nd|rd|d|th|er|s?te[nrms]?|\.?º|°|ª|\.)?|{words})"
    to = rf"(?:\s*(?:{DASH}|/)\s*|\s+(?:{UNTIL[tongue]}|{OR[tongue]})\s+)(?:(?:the|el|le|den|dem|o|il)\s+)?"
    joined = r"(?:\s+(?:day\s+)?of\s+(?:the\s+month\s+of\s+)?|\s+del?\s+(?:mes\s+de\s+)?|\s+di\s+|\s+)"
    months = _months(tongue)
    before = rf"(?:(?P<day_from>{number}){to})?(?P<day_day>{number}){joined}(?P<day_month>{months})"
    after = rf"(?P<turned_month>{months})\.?\s+(?:the\s+)?(?:(?P<turned_from>{number}){to})?(?P<turned_day>{number})"
    return before, after


def day_number(text: str, tongue: str) -> int:
    """ "7th" or "seventh" -> 7; 0 when it is no day."""
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else ordinals(tongue).get(fold(text), 0)


def _months(tongue: str) -> str:
    return _spellings(tuple(_month_names(tongue)))


def _season_words(tongue: str) -> str:
    return _spellings(tuple(_SEASONS.get(tongue, {})))


def _feasts(tongue: str) -> str:
    return _spellings(tuple(FEASTS.get(tongue, {}))).replace("'", "['’]")


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
    for name, number in (OLD_MONTHS | SHORT_MONTHS.get(tongue, {})).items():
        names.setdefault(name, number)
    return names


@lru_cache(maxsize=16)
def month_numbers(tongue: str) -> dict[str, int]:
    """Folded names of the months, without dots."""
    return {fold(name).rstrip("."): number for name, number in _month_names(tongue).items()}


@lru_cache(maxsize=16)
def season_numbers(tongue: str) -> dict[str, int]:
    """Folded names of the seasons; spring is 1."""
    return {fold(name): number for name, number in _SEASONS.get(tongue, {}).items()}
