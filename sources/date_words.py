"""Years, months and feasts as old texts spell them: "eighteen hundred and forty-five", "9ber", "Christmas day"."""

from __future__ import annotations

import re
from functools import lru_cache

from num2words import num2words  # type: ignore[import-untyped]  # the package ships no types

from sources.numerals import LANGUAGES, fold

FILLER = "\x00"  # stands for the letters that a spelled year has over its four digits: offsets stay
_SPELLED = range(1500, 2031)
# "September" is the seventh month of the old year, whence 7ber to Xber; clerks wrote them in every language.
_COUNTED = {"7": 9, "8": 10, "9": 11, "10": 12, "x": 12, "X": 12}
OLD_MONTHS = {f"{count}{ending}": month for count, month in _COUNTED.items() for ending in ("ber", "bre")}
SHORT_MONTHS = {
    "en": {"Sept": 9, "Septr": 9, "Janry": 1, "Jany": 1, "Febry": 2, "Feby": 2, "Augt": 8, "Octr": 10, "Novr": 11,
           "Decr": 12, "Decbr": 12, "Novbr": 11, "Septbr": 9, "Octbr": 10},
    "de": {"Jänner": 1, "Feber": 2, "Julius": 7},
    "es": {"setiembre": 9},
}  # fmt: skip
# Month and day of feasts that don't move. Without "day" or "eve" people mean the days around: the month.
FEASTS: dict[str, dict[str, tuple[int, int]]] = {
    "en": {"Christmas day": (12, 25), "Christmas Day": (12, 25), "Christmas Eve": (12, 24), "Christmas eve": (12, 24),
           "New Year's Day": (1, 1), "New Year's day": (1, 1), "New-Year's day": (1, 1), "New Year's Eve": (12, 31),
           "Christmas": (12, 0)},
    "es": {"nochebuena": (12, 24), "día de navidad": (12, 25), "navidad": (12, 0), "día de año nuevo": (1, 1),
           "día de reyes": (1, 6)},
    "fr": {"jour de noël": (12, 25), "veille de noël": (12, 24), "noël": (12, 0), "jour de l'an": (1, 1)},
    "de": {"Heiligabend": (12, 24), "Weihnachten": (12, 0), "Neujahrstag": (1, 1), "Neujahr": (1, 1)},
    "pt": {"dia de natal": (12, 25), "natal": (12, 0), "dia de ano novo": (1, 1)},
    "it": {"giorno di natale": (12, 25), "natale": (12, 0), "capodanno": (1, 1)},
}  # fmt: skip


def with_digits(text: str, tongue: str) -> str:
    """The text with its spelled years in digits, filled up to the same length."""
    opening = _openings(tongue)
    return opening.sub(lambda match: _digits(match.group(), tongue), text)


def _digits(words: str, tongue: str) -> str:
    """The longest beginning of these words that is a year, in digits; the words unchanged if none is."""
    table = year_words(tongue)
    ends = [match.end() for match in re.finditer(r"\w+", words)]
    for end in reversed(ends):
        year = table.get(_bare(words[:end]))
        if year:
            return f"{year}{FILLER * (end - len(year))}{words[end:]}"
    return words


@lru_cache(maxsize=8)
def year_words(tongue: str) -> dict[str, str]:
    """Folded spellings, without joints, of the years 1500 to 2030 in digits, in English also of "1850s"."""
    table: dict[str, str] = {}
    for year in _SPELLED if tongue in LANGUAGES else ():
        spelled = {num2words(year, lang=tongue, to=form) for form in ("cardinal", "year")}
        if tongue == "en":
            spelled.add(num2words(year // 100, lang="en") + " hundred " + _rest(year, "en"))
        if tongue == "fr" and year < 2000:  # "mil huit cent", "dix-huit cent"
            hundreds = num2words(year // 100, lang="fr") + " cent " + _rest(year, "fr")
            spelled |= {hundreds, num2words(year, lang="fr").replace("mille", "mil", 1)}
        for words in sorted(spelled):
            table.setdefault(_bare(words), str(year))
    for hundred in range(15, 20) if tongue == "en" else ():
        for words, ten in decade_words("en").items():
            table[num2words(hundred, lang="en") + words] = f"{hundred}{ten}s"
    return table


def _rest(year: int, tongue: str) -> str:
    return str(num2words(year % 100, lang=tongue)) if year % 100 else ""


def _bare(words: str) -> str:
    """ "eighteen hundred and forty-five" -> "eighteenhundredfortyfive": joints differ from writer to writer."""
    parts = re.findall(r"\w+", fold(words))
    joined = "".join(part for part in parts if part not in ("and", "y", "e", "et", "und"))
    return re.sub(r"cents(?=$|[a-z])", "cent", joined)


@lru_cache(maxsize=8)
def _openings(tongue: str) -> re.Pattern[str]:
    """How a spelled year begins in each language, and the words that may follow."""
    begin = {
        "en": r"(?:(?:fif|six|seven|eigh|nine)teen\s+hundred|one thousand (?:five|six|seven|eight|nine) hundred|"
        r"(?:fif|six|seven|eigh|nine)teen[ -](?:twen|thir|for|fif|six|seven|eigh|nine)t)\w*",
        "es": r"mil (?:quinientos|seiscientos|setecientos|ochocientos|novecientos)|dos mil",
        "fr": r"(?:mil(?:le)?|dix-(?:sept|huit|neuf)|seize|quinze)[ -](?:(?:cinq|six|sept|huit|neuf)[ -])?cents?",
        "de": r"(?:fünf|sech|sieb|acht|neun)zehnhundert\w*|(?:ein)?tausend(?:fünf|sechs|sieben|acht|neun)hundert\w*",
        "pt": r"mil (?:e )?(?:quinhentos|seiscentos|setecentos|oitocentos|novecentos)",
        "it": r"mille(?:cinque|sei|sette|otto|nove)cento\w*",
    }.get(tongue, r"(?!)")
    return re.compile(rf"\b(?:{begin})(?:[ -]+\w+){{0,5}}", re.I)


@lru_cache(maxsize=8)
def decade_words(tongue: str) -> dict[str, int]:
    """ "fifties", "cincuenta", "fünfziger" -> 50, for the tens from twenty; {} for an unknown language."""
    if tongue not in LANGUAGES:
        return {}
    words = {ten: str(num2words(ten, lang=tongue)) for ten in range(20, 100, 10)}
    if tongue == "en":
        return {word[:-1] + "ies": ten for ten, word in words.items()}
    return {fold(word + ("er" if tongue == "de" else "")): ten for ten, word in words.items()}
