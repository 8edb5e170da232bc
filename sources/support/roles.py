"""Who did it, and to whom? Rules hardly see it: only a swap around one verb, in words that are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import regex
import simplemma

from sources.support.class_words import CLASSES
from sources.support.names import is_name, name_places
from sources.support.pair import Clash, Pair
from sources.support.reading import LEMMAS, Reading
from sources.support.tokens import Token

_ALIKE = 0.7  # of the claim's content words: else the sentence is built anew, and order says nothing
_COPIED = 0.85  # of the claim's words, in any order
AND = frozenset("and or y e o et ou und oder".split())
_BESIDE = 4  # tokens
_AGENT = frozenset("by por par von durch da".split())  # a passive turns them rightly
_PREPOSITIONS = frozenset(
    "with by for to from of at in under before after against as"
    " con por para de como avec pour par comme mit von als com".split()
)
_PEOPLE = frozenset(("rank", "office", "calling"))
_NO_CLASSES: dict[str, tuple[tuple[str, int], ...]] = {}
_PAST = {
    "en": regex.compile(r"ed$"),
    "es": regex.compile(r"(?:ó|aron|ieron)$"),
    "fr": regex.compile(r"(?:[lnprst]a|èrent|irent|urent)$"),
    "de": regex.compile(r"te[tn]?$"),
    "pt": regex.compile(r"(?:ou|eu|iu|aram|eram|iram)$"),
    "it": regex.compile(r"(?:ò|ì|arono|erono|irono)$"),
}
_PASSIVE = frozenset(
    "was were been is are being be by wurde wurden von fue fueron por fut furent par foi foram fu furono da".split()
)

_LOCAL = {
    "en": frozenset("in at on from to of".split()),
    "es": frozenset("en a de san santa".split()),
    "fr": frozenset("a en de au d".split()),
    "de": frozenset("in nach aus zu".split()),
    "pt": frozenset("em a de no na".split()),
    "it": frozenset("a in di da".split()),
}
_RELATIVE = {
    "en": frozenset("whom which that".split()),
    "es": frozenset("que quien quienes".split()),
    "fr": frozenset("que qu".split()),
    "de": frozenset("den die das dem welche welchen".split()),
    "pt": frozenset("que quem".split()),
    "it": frozenset("che cui".split()),
}


def swapped(pair: Pair) -> Iterator[Clash]:
    """A clash where someone stands before a verb in the claim and behind it in the passage, or the other way."""
    if pair.share < _ALIKE:
        return
    for verb, there in shared_verbs(pair):
        here = _sides(pair.claim, verb, (0, len(pair.claim.tokens)))
        if not any(_beside(pair.claim, place, verb) for _, place in here.values()):
            continue
        known = _sides(pair.passage, there, pair.best)
        for who, (side, place) in here.items():
            if who in known and known[who][0] != side and _beside(pair.claim, place, verb):
                first, last = sorted((known[who][1], there))
                said = pair.claim.said(min(place, verb), max(place, verb))
                yield Clash("role", said, pair.passage.said(first, last))
                return


def displaced(pair: Pair) -> Iterator[Clash]:
    """A clash where a claim has the words of a sentence, and two of its names the other way round."""
    words = {token.folded for token in pair.passage.tokens[slice(*pair.best)]}
    copied = sum(token.folded in words for token in pair.claim.tokens)
    if copied < _COPIED * len(pair.claim.tokens) or any(t.folded in _AGENT for t in pair.claim.tokens):
        return
    there = _order(pair.passage, pair.best)
    here = {who: at for who, at in _order(pair.claim, (0, len(pair.claim.tokens))).items() if who in there}
    for (one, at), (other, after) in pairwise(here.items()):
        if there[one] > there[other] and not _is_list(pair.claim, at, after):
            yield Clash("role", pair.claim.said(at, after), pair.passage.said(there[other], there[one]))
            return


def _is_list(reading: Reading, first: int, last: int) -> bool:
    """Whether two names stand side by side: "Marie and Pierre" are Pierre and Marie, with titles or kin between."""
    between = range(first + 1, last)
    return all(
        reading.tokens[at].folded in AND or reading.tokens[at].capital or reading.kin(at) for at in between
    )


def _order(reading: Reading, span: tuple[int, int]) -> dict[str, int]:
    """The words of names that stand once in a stretch, in its order, and where."""
    places = [at for at in name_places(reading) if span[0] <= at < span[1]]
    counts = Counter(reading.tokens[at].folded for at in places)
    words = [(reading.tokens[at].folded, at) for at in places]
    return {word: at for word, at in words if counts[word] == 1}


def shared_verbs(pair: Pair, span: tuple[int, int] | None = None) -> Iterator[tuple[int, int]]:
    """Places in claim and passage of a past tense that both have once, in the same voice.

    Of the passage the best sentence is looked at, or the tokens of `span`.
    """
    first, past = span or pair.best
    if pair.claim.tongue not in _PAST:
        return
    best = list(pair.passage.folded[first:past])
    for place, token in enumerate(pair.claim.tokens):
        if token.capital or not pair.claim.stems[place] or not is_past(token, pair.claim.tongue):
            continue
        if best.count(token.folded) == 1 == pair.claim.words[token.folded]:
            there = first + best.index(token.folded)
            turned = _is_relative(pair.claim, place) or _is_relative(pair.passage, there)
            if not turned and _is_passive(pair.claim, place) == _is_passive(pair.passage, there):
                yield place, there


@lru_cache(maxsize=20_000)
def _has_past_form(word: str, tongue: str) -> bool:
    """A regular past tense, or in English another form of a verb: "given", "taught"; no plural."""
    if _PAST[tongue].search(word):
        return True
    return tongue in LEMMAS and word[-1:] not in "s" and simplemma.lemmatize(word, lang=tongue) != word


def is_past(token: Token, tongue: str) -> bool:
    """Whether a word has the form of a past tense or participle, in a language whose forms are known."""
    return tongue in _PAST and _has_past_form(token.text, tongue)


_ITS_OBJECT = frozenset(
    "la lo le les los las l".split()
)  # "quien la llevó": then who stands before is the doer


def _is_relative(reading: Reading, verb: int) -> bool:
    """Whether the object may stand before the verb: "whom he married"."""
    relative = _RELATIVE.get(reading.tongue, frozenset())
    before = reading.folded[max(0, verb - 2) : verb]
    if len(before) == 2 and before[0] in relative and before[1] in _ITS_OBJECT:
        return False
    return any(token.folded in relative for token in reading.tokens[max(0, verb - 4) : verb])


def _is_passive(reading: Reading, place: int) -> bool:
    around = reading.tokens[max(0, place - 2) : place] + reading.tokens[place + 1 : place + 2]
    return any(token.folded in _PASSIVE for token in around)


def _sides(reading: Reading, verb: int, span: tuple[int, int]) -> dict[str, tuple[bool, int]]:
    """Each person -> whether before the verb, and where; left out when on both sides."""
    found: dict[str, tuple[bool, int]] = {}
    doubled: set[str] = set()
    for place in range(*span):
        someone = _is_someone(reading, place) or _has_office(reading, place)
        who = reading.kin(place) or (reading.tokens[place].folded if someone else "")
        if who:
            if who in found and found[who][0] != (place < verb):
                doubled.add(who)
            found[who] = (place < verb, place)
    return {who: side for who, side in found.items() if who not in doubled}


def _beside(reading: Reading, place: int, verb: int) -> bool:
    """Whether someone stands so near a verb, with no comma between, that they do it or it's done to them."""
    first, last = sorted((place, verb))
    return last - first <= _BESIDE and not any(token.apart for token in reading.tokens[first + 1 : last + 1])


def _is_someone(reading: Reading, place: int) -> bool:
    """A name that no preposition makes the place of an event."""
    before = reading.tokens[place - 1].folded if place else ""
    return is_name(reading, place) and before not in _LOCAL.get(reading.tongue, frozenset())


def _has_office(reading: Reading, place: int) -> bool:
    places = CLASSES.get(reading.tongue, _NO_CLASSES).get(reading.tokens[place].folded, ())
    if not places or any(
        token.folded in _PREPOSITIONS for token in reading.tokens[max(0, place - 2) : place]
    ):
        return False
    return any(name in _PEOPLE for name, _ in places)
