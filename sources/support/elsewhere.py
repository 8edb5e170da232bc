"""A name in the place of another's: told, but of something else, in another sentence of the passage."""

from __future__ import annotations

from collections.abc import Iterator

from sources.gazetteer import genders, is_place
from sources.support.dates import Date
from sources.support.families import senses
from sources.support.names import is_name, name_places
from sources.support.numbers import Number
from sources.support.pair import Clash, Pair, figures_shared
from sources.support.reading import Reading
from sources.support.roles import is_past
from sources.support.tongues import PRONOUNS

_HEAD = 5  # tokens of a sentence in which a pronoun may be its subject
_RELATIVE = frozenset(("who",))  # it means who stands before it
_AT = frozenset("at in en a de in zu em nach".split())
_THERE = frozenset("there here town city place village alli aqui ciudad y ville lieu dort hier stadt".split())


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
    place = (is_place(word) and word not in genders()) or any(
        _is_where(reading, at)
        for reading in (pair.claim, pair.passage)
        for at, one in enumerate(reading.folded)
        if one == word
    )
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
