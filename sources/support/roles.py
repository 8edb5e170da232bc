"""Who did it, and to whom? Rules hardly see it: only a swap around one verb, in words that are the same."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from sources.support.names import is_name
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading

_ALIKE = 0.7  # of the claim's content words: else the sentence is built anew, and order says nothing
_BESIDE = 4  # tokens
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

_LOCAL = frozenset("in at on from to of en a de nach aus em au san santa".split())
_RELATIVE = frozenset("whom which that que quien a den die das dem welche cui che qu quem".split())


def swapped(pair: Pair) -> Iterator[Clash]:
    """A clash where someone stands before a verb in the claim and behind it in the passage, or the other way."""
    if pair.share < _ALIKE:
        return
    for verb, there in _shared_verbs(pair):
        here = _sides(pair.claim, verb, (0, len(pair.claim.tokens)))
        known = _sides(pair.passage, there, pair.best)
        for who, (side, place) in here.items():
            if who in known and known[who][0] != side and _beside(pair.claim, place, verb):
                first, last = sorted((known[who][1], there))
                said = pair.claim.said(min(place, verb), max(place, verb))
                yield Clash("role", said, pair.passage.said(first, last))
                return


def _shared_verbs(pair: Pair) -> Iterator[tuple[int, int]]:
    """Places in claim and passage of a past tense that both have once, in the same voice."""
    past = _PAST.get(pair.claim.tongue)
    if past is None:
        return
    best = [token.folded for token in pair.passage.tokens[slice(*pair.best)]]
    for place, token in enumerate(pair.claim.tokens):
        if token.capital or not pair.claim.stems[place] or not past.search(token.text):
            continue
        if best.count(token.folded) == 1 == pair.claim.words[token.folded]:
            there = pair.best[0] + best.index(token.folded)
            turned = _is_relative(pair.claim, place) or _is_relative(pair.passage, there)
            if not turned and _is_passive(pair.claim, place) == _is_passive(pair.passage, there):
                yield place, there


def _is_relative(reading: Reading, verb: int) -> bool:
    """Whether the object may stand before the verb: "whom he married"."""
    return any(token.folded in _RELATIVE for token in reading.tokens[max(0, verb - 4) : verb])


def _is_passive(reading: Reading, place: int) -> bool:
    around = reading.tokens[max(0, place - 2) : place] + reading.tokens[place + 1 : place + 2]
    return any(token.folded in _PASSIVE for token in around)


def _sides(reading: Reading, verb: int, span: tuple[int, int]) -> dict[str, tuple[bool, int]]:
    """Each person -> whether before the verb, and where; left out when on both sides."""
    found: dict[str, tuple[bool, int]] = {}
    doubled: set[str] = set()
    for place in range(*span):
        who = reading.kin(place) or (reading.tokens[place].folded if _is_someone(reading, place) else "")
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
    return is_name(reading, place) and before not in _LOCAL
