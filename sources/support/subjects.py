"""The same verb, and someone else before it: "Kerr led them" where the passage has "Harlan led them"."""

from __future__ import annotations

from collections.abc import Iterator

from sources.gazetteer import genders, is_place
from sources.name_words import THING_WORDS, TITLES, is_common_word
from sources.support.dates import Date
from sources.support.families import senses
from sources.support.names import is_name, name_places
from sources.support.numbers import Number
from sources.support.pair import Clash, Pair, figures_shared
from sources.support.reading import Reading
from sources.support.roles import is_past, shared_verbs
from sources.support.tongues import PRONOUNS

_ADVERBS = frozenset(
    "then also soon first once afterwards later now had has have since himself herself".split()
)
_SUBJECTS = frozenset("he she i we they it".split())
_HEAD = 5  # tokens of a sentence in which a pronoun may be its subject
_RELATIVE = frozenset(("who",))  # it means who stands before it
_AT = frozenset("at in en a de in zu em nach".split())
_THERE = frozenset("there here town city place village alli aqui ciudad y ville lieu dort hier stadt".split())


def others_deed(pair: Pair) -> Iterator[Clash]:
    """A clash where one name stands right before a verb, and another there, or a pronoun that can't mean it."""
    for verb, there in shared_verbs(pair, (0, len(pair.passage.tokens))):
        here, known = _subject(pair.claim, verb), _subject(pair.passage, there)
        if not here or not known or _same(pair, here, known):
            continue
        pronoun = pair.passage.tokens[known[-1]].folded in _SUBJECTS
        if pronoun and not _is_thing(pair.claim, here):
            continue
        yield Clash("role", pair.claim.said(here[0], verb), pair.passage.said(known[0], there))
        return


def _same(pair: Pair, here: list[int], known: list[int]) -> bool:
    """Whether they share a word, or the person of the book may be meant on either side."""
    said = {pair.claim.tokens[at].folded for at in here}
    start = max(first for first, _ in pair.passage.spans if first <= known[0])
    if not said.isdisjoint(pair.passage.folded[start : known[-1] + 1]) and len(known) > 1:
        return True
    found = {pair.passage.tokens[at].folded for at in known}
    return bool(said & found) or any(map(pair.is_subject, said | found))


def _is_thing(reading: Reading, places: list[int]) -> bool:
    """Whether it's an office or a house, which nobody calls "she": "the War Office"."""
    words = {reading.tokens[at].folded for at in places}
    article = places[0] > 0 and reading.tokens[places[0] - 1].folded == "the"
    return reading.tokens[places[-1]].capital and (
        bool(words & THING_WORDS) or (article and not words & genders().keys())
    )


def _subject(reading: Reading, verb: int) -> list[int]:
    """The tokens of the name, thing or pronoun right before a verb; [] where it's something else."""
    at = verb - 1
    while at >= 0 and (reading.tokens[at].folded in _ADVERBS or reading.tokens[at].folded.endswith("ly")):
        at -= 1
    if at < 0 or any(token.apart for token in reading.tokens[at + 1 : verb + 1]):
        return []
    if reading.tokens[at].folded in _SUBJECTS:
        return [at]
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


def elsewhere(pair: Pair) -> Iterator[Clash]:
    """A clash for a name that stands only where nothing else of the claim does, while another name stands in its place.

    "She died in Göttingen" where one sentence tells of her degree there, and another of her death in Stockholm.
    """
    if len(pair.passage.spans) < 2:
        return
    names = name_places(pair.claim)
    if not names:
        return
    items: tuple[Date | Number, ...] = (*pair.claim.dates, *pair.claim.numbers)
    typed = {at for one in items for at in range(one.first, one.last + 1)}
    deeds = {s for at in _deeds(pair.claim, {*names, *typed}) for s in senses(pair.claim, at)}
    spans = [(len(deeds.intersection(_senses_of(pair.passage, span))), span) for span in pair.passage.spans]
    most, told = max(spans, key=lambda one: one[0], default=(0, (0, 0)))
    if not most or sum(count == most for count, _ in spans) > 1:
        return
    for at in names:
        word = pair.claim.tokens[at].folded
        holding = [
            count + figures_shared(pair.claim, pair.passage, span)
            for count, span in spans
            if word in pair.passage.folded[slice(*span)]
        ]
        if pair.is_subject(word) or not holding or max(holding) or _is_meant_by_pronoun(pair, word, told):
            continue
        rival = _rival(pair, word, told)
        if rival is not None:
            yield Clash("name elsewhere", pair.claim.said(at, at), pair.passage.said(rival, rival))


def _deeds(reading: Reading, typed: set[int]) -> list[int]:
    return [
        at
        for at, stem in enumerate(reading.stems)
        if stem
        and at not in typed
        and (not reading.tokens[at].capital or is_past(reading.tokens[at], reading.tongue))
    ]


def _senses_of(reading: Reading, span: tuple[int, int]) -> set[str]:
    return {sense for at in range(*span) for sense in senses(reading, at)}


def _is_meant_by_pronoun(pair: Pair, word: str, span: tuple[int, int]) -> bool:
    """Whether a pronoun of the sentence may stand for the name."""
    words = pair.passage.folded[slice(*span)]
    if is_place(word) and word not in genders():
        return any(one in _THERE for one in words)
    return any(one in PRONOUNS and one not in _RELATIVE for one in words[:_HEAD])


def _rival(pair: Pair, word: str, span: tuple[int, int]) -> int | None:
    """A name of the same kind, place or person, that the claim doesn't have."""
    said = pair.claim.words
    place = any(_is_where(pair.claim, at) for at, one in enumerate(pair.claim.folded) if one == word)
    for at in range(*span):
        other = pair.passage.tokens[at].folded
        if not is_name(pair.passage, at) and at not in name_places(pair.passage):
            continue
        alike = _is_where(pair.passage, at) if place else other in genders() and not is_place(other)
        if other not in said and alike and not _belongs_to(pair, at, word) and not pair.is_subject(other):
            return at
    return None


def _belongs_to(pair: Pair, at: int, word: str) -> bool:
    """Whether a name of the passage stands beside one that the claim has elsewhere: "George Westinghouse"."""
    beside = {token.folded for token in pair.passage.tokens[max(at - 1, 0) : at + 2] if token.capital}
    place = pair.claim.folded.index(word)
    own = pair.claim.folded[max(place - 1, 0) : place + 2]
    return any(one in pair.claim.words and one not in own for one in beside)


def _is_where(reading: Reading, at: int) -> bool:
    """Whether a word of a name stands where a place stands: "at Bryn Mawr"."""
    return at > 0 and reading.tokens[at - 1].folded in _AT
