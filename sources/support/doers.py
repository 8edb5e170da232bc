"""Whose verb it is: the name, post or pronoun that does what a verb says, as far as rules see it."""

from __future__ import annotations

from sources.name_words import THING_WORDS, TITLES, is_common_word
from sources.support.class_words import CLASSES, Place
from sources.support.names import name_places
from sources.support.reading import Reading
from sources.support.roles import AND

PRONOUNS_OF_DOERS = frozenset("he she i we they it".split())
APPOSED = 8  # tokens between a name and its verb: "Mr. Oakley, a printer of that town, lent"
CAUSED = 5  # "had the old cisterns covered"
_ADVERBS = frozenset(
    "then also soon first once afterwards later now had has have since himself herself".split()
)
_RELATIVES = {
    "en": frozenset(("who",)),
    "es": frozenset("quien que".split()),
    "fr": frozenset(("qui",)),
    "de": frozenset("der die welcher welche".split()),
    "pt": frozenset("que quem".split()),
    "it": frozenset("che".split()),
}
# What a Romance language puts between a subject and its verb: "la llevó", "l'emmena".
_CLITICS = {
    tongue: frozenset("la lo le les los las l me te se nos y o a os as gli li ne mi ti ci si".split())
    for tongue in ("es", "fr", "pt", "it")
}
_DEFINITE = frozenset("the el la le der die il o a".split())
_POSTS = frozenset(("rank", "office", "calling"))
_NO_CLASSES: dict[str, tuple[Place, ...]] = {}
_ARTICLES = frozenset(
    "a an the his her their its un una el la su le une son sa ein eine der die sein ihr".split()
)


def subject_of(reading: Reading, verb: int) -> list[int]:
    """The tokens of the name, thing or pronoun whose verb it is; [] where it's something else."""
    at = _before_adverbs(reading, _caused_by(reading, verb) - 1)
    if at < 0:
        return []
    if reading.tokens[at].folded in AND and not reading.tokens[at].apart:
        return _opening(reading, at)
    if reading.tokens[at].folded in _RELATIVES.get(reading.tongue, _ADVERBS) and at > 0:
        return _name_ending(reading, at - 1)  # "Ramón Uribe, quien la llevó": what is told is told of him
    if reading.tokens[at + 1].apart:
        return _apposed(reading, at + 1)
    if reading.tokens[at].folded in PRONOUNS_OF_DOERS or is_post(reading, at):
        return [at]
    return _name_ending(reading, at)


def is_post(reading: Reading, at: int) -> bool:
    """ "The colonel forbade": someone by rank or office alone."""
    places = CLASSES.get(reading.tongue, _NO_CLASSES).get(reading.tokens[at].folded, ())
    article = at > 0 and reading.tokens[at - 1].folded in _DEFINITE
    return article and not reading.tokens[at].capital and any(name in _POSTS for name, _ in places)


def _opening(reading: Reading, at: int) -> list[int]:
    """The name or pronoun that opens the clause of an "and": "Lister left for Oslo in 1914 and invited"."""
    start = next((one for one in range(at, -1, -1) if reading.tokens[one].opens), 0)
    if any(reading.tokens[one].apart for one in range(start + 1, at)):
        return []
    if reading.tokens[start].folded in PRONOUNS_OF_DOERS:
        return [start]
    past = start
    while past < at and _is_named(reading, past):
        past += 1
    return list(range(start, past))


def _caused_by(reading: Reading, verb: int) -> int:
    """The "had" of "had the cisterns covered"; else the verb itself."""
    if reading.tongue != "en":
        return verb
    for at in range(verb - 2, max(0, verb - CAUSED) - 1, -1):
        if reading.tokens[at + 1].apart:
            return verb
        if reading.tokens[at].folded == "had" and reading.tokens[at + 1].folded in _ARTICLES:
            return at
    return verb


def _before_adverbs(reading: Reading, at: int) -> int:
    """The first token before a verb that isn't an adverb; -1 where a comma comes first with nothing behind it."""
    while at >= 0 and not reading.tokens[at + 1].apart:
        word = reading.tokens[at].folded
        if (
            (word == "at" and reading.tokens[at + 1].folded == "once")
            or word in _CLITICS.get(reading.tongue, ())
            or word in _ADVERBS
            or (reading.tongue == "en" and word.endswith("ly"))
        ):
            at -= 1
        else:
            break
    return at


def _is_small(reading: Reading, word: str) -> bool:
    """An English adverb in "ly", a pronoun that a Romance language puts before its verb."""
    return word.endswith("ly") if reading.tongue == "en" else word in _CLITICS.get(reading.tongue, ())


def _apposed(reading: Reading, comma: int) -> list[int]:
    """The name before an apposition that ends at a comma: "Samuel Oakley, a printer, lent"."""
    for at in range(comma - 1, max(0, comma - APPOSED), -1):
        token = reading.tokens[at]
        if token.opens:
            return []
        if token.apart:
            return _name_ending(reading, at - 1) if token.folded in _ARTICLES else []
    return []


def _name_ending(reading: Reading, at: int) -> list[int]:
    """The tokens of the name that ends at one; [] for something else."""
    places: list[int] = []
    while at >= 0 and _is_named(reading, at) and not (places and reading.tokens[places[0]].apart):
        places.insert(0, at)
        at -= 1
    return places


def _is_named(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    if at in name_places(reading) or (token.capital and token.folded in THING_WORDS):
        return True
    if (
        not (token.capital and token.opens)
        or reading.is_function(at)
        or reading.kin(at)
        or token.folded in TITLES
    ):
        return False
    return not is_common_word(token.text.casefold(), reading.tongue)  # "Harlan gave": no list knows him
