"""Names of a claim that stand nowhere in its passage."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex
import simplemma

from sources.gazetteer import genders, is_place
from sources.name_words import PLACE_WORDS, THING_WORDS, TITLES, calendar_words
from sources.numerals import fold
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading

# How old books shorten states, and what a word is otherwise called.
_SHORT_FORMS = (
    "maryland: md; massachusetts: mass; pennsylvania: pa penn; virginia: va; connecticut: conn; tennessee: tenn; "
    "georgia: ga; illinois: ill; indiana: ind; kentucky: ky; michigan: mich; wisconsin: wis; minnesota: minn; "
    "mississippi: miss; missouri: mo; alabama: ala; louisiana: la; delaware: del; vermont: vt; maine: me; "
    "california: cal; florida: fla; washington: wash; america: american americans us usa; states: us usa; "
    "united: us usa; us: states; usa: states; britain: british uk; england: english; france: french; "
    "germany: german; poland: polish; russia: russian; spain: spanish; italy: italian; ireland: irish; "
    "scotland: scottish scots; austria: austrian; saint: st; st: saint; mount: mt; fort: ft; william: wm; "
    "charles: chas; george: geo; thomas: thos; james: jas"
)
_OTHERWISE = {
    word: tuple(others.split()) for word, others in (row.split(": ") for row in _SHORT_FORMS.split("; "))
}
_DETERMINERS = frozenset(
    (
        "der die das den dem des ein eine einen einem einer eines im am zum zur vom beim ins"
        " sein seine seinen seiner seinem ihr ihre ihren ihrer ihrem kein keine"
    ).split()
)
_DICTIONARIES = frozenset({"de", "en", "es", "fr", "it", "pt"})  # of simplemma, that are read here
_GENERIC = PLACE_WORDS | THING_WORDS  # "Street", "Society": written small as often
_WEAK_ENDING = regex.compile(r"(?:e|en|er|es|em)$")


def missing_names(pair: Pair) -> Iterator[Clash]:
    """A clash for each name that the passage doesn't have; titles and the subject's own name aren't looked for."""
    lacking = [place for place in name_places(pair.claim) if not _is_there(pair, place)]
    rivals = list(_rivals(pair))
    for run in _runs(lacking):
        said = pair.claim.said(run[0], run[-1])
        # A capital makes no name of "Commissioner" or "Black": the one doesn't stand in the other's place.
        rivals_of = [one for one in rivals if not (_is_plain(said, pair) and _is_common(one, pair))]
        rival = rivals_of[0] if rivals_of else ""
        yield Clash("name", said, rival)


def _is_plain(name: str, pair: Pair) -> bool:
    """Whether all its words are words of the language, and none a place's or a given name."""
    listed = any(is_place(fold(word)) or fold(word) in genders() for word in name.split())
    return _is_common(name, pair) and not listed


def _is_common(name: str, pair: Pair) -> bool:
    tongue = pair.claim.tongue
    return tongue in _DICTIONARIES and all(
        _is_word(word.casefold(), tongue) and not _is_listed_name(word.casefold(), tongue)
        for word in name.split()
    )


def _is_listed_name(word: str, tongue: str) -> bool:
    """Whether the dictionary writes it with a capital, as no common word but in German."""
    return tongue != "de" and simplemma.lemmatize(word, lang=tongue)[:1].isupper()


@lru_cache(maxsize=20_000)
def _is_word(word: str, tongue: str) -> bool:
    return simplemma.is_known(word, lang=tongue)


def _runs(places: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _is_there(pair: Pair, place: int) -> bool:
    token = pair.claim.tokens[place]
    return pair.is_subject(token.folded) or knows(pair.passage, token.folded)


def knows(reading: Reading, word: str) -> bool:
    """Whether a text has a word of a name, perhaps with an ending more or less, or shortened."""
    words = reading.words
    if word in words or any(other in words for other in _OTHERWISE.get(word, ())):
        return True
    if len(word) > 3 and (f"{word}s" in words or (word.endswith("s") and word[:-1] in words)):
        return True
    return len(word) == 1 and any(one.capital and one.folded[0] == word for one in reading.tokens)


def name_places(reading: Reading) -> list[int]:
    """The tokens that are words of names, in reading order."""
    if not reading.names:
        reading.names.extend(_find_names(reading))
    return reading.names


def _find_names(reading: Reading) -> list[int]:
    sure = [place for place, token in enumerate(reading.tokens) if token.capital and is_name(reading, place)]
    known = set(sure)
    opening = [
        place
        for place, token in enumerate(reading.tokens)
        if place not in known and token.capital and token.opens and _opens_with_name(reading, place, known)
    ]
    return sorted(sure + opening)


def is_name(reading: Reading, place: int) -> bool:
    """Whether a token inside a sentence is a word of a name: a capital that neither title nor calendar explains."""
    token = reading.tokens[place]
    if not token.capital or token.opens or not _may_be_name(reading, place):
        return False
    return reading.tongue != "de" or _is_german_name(reading, place)


def _may_be_name(reading: Reading, place: int) -> bool:
    word = reading.tokens[place].folded
    if word in TITLES or reading.is_function(place) or reading.negates(place) or reading.kin(place):
        return False
    return word not in _GENERIC and not _is_calendar(word, reading.tongue)


@lru_cache(maxsize=16)
def _calendar(tongue: str) -> frozenset[str]:
    return frozenset(fold(word) for word in calendar_words(tongue))


def _is_calendar(word: str, tongue: str) -> bool:
    """Months, and languages, which are adjectives of nations too; English writes them with capitals."""
    return word in _calendar(tongue) or (tongue == "en" and word.endswith(("ish", "ican", "icans")))


def _opens_with_name(reading: Reading, place: int, known: set[int]) -> bool:
    """The first word of a sentence has a capital anyway: it's a name before one, or when a list knows it."""
    if not _may_be_name(reading, place):
        return False
    word = reading.tokens[place].folded
    if reading.tongue == "de" and not (word in genders() or is_place(word)):
        return False
    followed = place + 1 in known and not reading.tokens[place + 1].apart
    return (followed and reading.stems[place] != "") or word in genders() or is_place(word)


def _is_german_name(reading: Reading, place: int) -> bool:
    """German nouns have capitals too: a name is one that a list knows, or no dictionary, or that has no article."""
    word = reading.tokens[place].folded
    if word in genders() or is_place(word):
        return True
    before = reading.tokens[place - 1]
    if before.folded in _DETERMINERS or (not before.capital and _WEAK_ENDING.search(before.folded)):
        return False
    return before.capital or not _is_word(reading.tokens[place].text, "de")


def _rivals(pair: Pair) -> Iterator[str]:
    """Names of the best sentence that the claim doesn't have: one of them may stand in the place of a missing one."""
    said = pair.claim.words
    places = [
        place
        for place in range(*pair.best)
        if is_name(pair.passage, place) and pair.passage.tokens[place].folded not in said
    ]
    for run in _runs(places):
        yield pair.passage.said(run[0], run[-1])
