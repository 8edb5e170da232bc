"""Finds capitalised runs in prose ("Mr. David Ruggles", "the North Star") and trims ordinary words off them."""

from __future__ import annotations

import regex

from sources.gazetteer import genders
from sources.name_words import NEVER_NAMES, PARTICLES, PLACE_WORDS, THING_WORDS, TITLES, is_common_word
from sources.numerals import fold

_DOTTED = "|".join(sorted({title.capitalize() for title in TITLES if len(title) <= 6} | {"St", "Ste", "Jr"}))
_CAPITAL = (
    rf"(?:\p{{Lu}}\.|(?:{_DOTTED})\.|"
    r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}[\p{L}\p{M}]*(?:['’]\p{Lu}\p{Ll}+|-\p{L}\p{Ll}+)*(?:['’]s(?=\s+\p{Lu}\p{Ll}))?)"
)
_JOINT = rf"(?:(?:[ \t]+(?:{PARTICLES})){{0,2}}[ \t]+|(?<=\.))"
# "St. Michael's" is a whole name where nothing is owned.
# English names that hold "of": without it "District of Columbia" would be two.
_WITH_OF = (
    r"(?:District|University|Republic|Bank|House|Society|Order|Church|College|School|Academy|Institute|Museum|Bureau|Board|"
    r"Department|Court|Battle|Siege|Treaty|Peace|Declaration|Legion|Bay|Cape|Gulf|Straits?|Isle|Cathedral|Faculty|Chamber|"
    r"Congress|Council|Ministry|Secretary|Bill|Act|Proclamation)[ \t]+of[ \t]+(?:the[ \t]+)?"
    rf"{_CAPITAL}(?:{_JOINT}{_CAPITAL})*"
)
_RUN = regex.compile(
    r"(?<![\p{L}\p{N}])(?:Sts?\.?[ \t]+\p{Lu}\p{Ll}+['’]s(?![ \t]+\p{Ll}{4})|"
    rf"{_WITH_OF}|{_CAPITAL}(?:{_JOINT}{_CAPITAL})*)"
)
_SENTENCE_START = regex.compile(r"(?:^|[.!?:;]|[\"“”«»—–(\[‘'\n])\s*$")


def runs_in(text: str, language: str, lower: frozenset[str]) -> list[tuple[int, int, bool]]:
    """Spans of capitalised runs without common words at the ends; True where one opens a sentence."""
    runs: list[tuple[int, int, bool]] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        opens = bool(_SENTENCE_START.search(text[max(0, start - 4) : start]))
        trimmed = _trim(text, start, end, language, lower, opens)
        if trimmed:
            runs.append((*trimmed, opens and trimmed[0] == start))
    return runs


def _trim(
    text: str, start: int, end: int, language: str, lower: frozenset[str], opens: bool
) -> tuple[int, int] | None:
    words = list(regex.finditer(r"\S+", text[start:end]))
    first, last = 0, len(words)
    while first < last and _is_ordinary(words[first].group(), language, lower, opens and first == 0):
        first += 1
    while last > first and _is_tail(words[last - 1].group(), language):
        last -= 1
    while first < last and words[first].group().islower():
        first += 1
    if first == last:
        return None
    stop = start + words[last - 1].end()
    if text[stop - 1] == "." and len(words[last - 1].group()) > 2 and not _is_title(words[last - 1].group()):
        stop -= 1
    return start + words[first].start(), stop


def _is_tail(word: str, language: str) -> bool:
    """A word that no name ends with: "Irene It" is a slip of the text."""
    folded = fold(word).strip(".")
    if word.islower() or folded in NEVER_NAMES:
        return True
    return len(folded) <= 4 and folded not in THING_WORDS | PLACE_WORDS and _is_common(word, language)


def _is_title(word: str) -> bool:
    return fold(word).strip(".") in TITLES


def _is_ordinary(word: str, language: str, lower: frozenset[str], opens: bool) -> bool:
    """Whether a capitalised word is just a word: a stop word, a month, or lower-case elsewhere in the text."""
    bare = regex.sub(r"['’]s$|\.$", "", word)
    folded = fold(bare)
    if len(bare) == 1 and word.endswith("."):
        return False  # an initial
    if folded in TITLES:
        return False
    if folded in NEVER_NAMES:
        return True
    if _is_common(bare, language) and (opens or len(folded) <= 4 or folded.endswith(("day", "ber", "ary"))):
        return True
    return opens and bare.casefold() in lower and folded not in TITLES


def _is_common(word: str, language: str) -> bool:
    return is_common_word(word.casefold(), language) and fold(word) not in genders()


def plain_spelling(spelling: str) -> str:
    """A run without the mark of possession; "St. Michael's" keeps it."""
    tidy = regex.sub(r"\s+", " ", spelling.strip())
    return tidy if tidy.startswith("St") and " " in tidy else regex.sub(r"['’]s?$", "", tidy)
