"""Finds the same statement told twice in the same words, within a source or across sources, and keeps the better."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from engine.authors.base import FactDraft, Span
from engine.authors.extract.events import roles_in
from sources.numerals import LANGUAGES, cardinals, fold

_SHINGLE = 4  # words
_SAME = 0.5  # share of the shorter one's shingles that makes two units one statement
_COMMON = 12  # a shingle in more units than this is a phrase of the time, not a copy


def merged(facts: list[FactDraft]) -> list[FactDraft]:
    """Facts without repetitions; the spans of a dropped one go to `also` of the one kept. Order kept."""
    shingles = [_shingles(fact.text) for fact in facts]
    keeper = list(range(len(facts)))
    for one, other in _pairs(shingles):
        if _overlap(shingles[one], shingles[other]) >= _SAME and _says_no_other(facts[one], facts[other]):
            _join(keeper, facts, one, other)
    return _folded(facts, keeper)


def _says_no_other(one: FactDraft, other: FactDraft) -> bool:
    """Whether the shorter of two facts has no year, number, name or office that the longer lacks: another statement."""
    shorter, longer = sorted((one.text, other.text), key=len)
    told = {*_words(longer)}
    return _particulars(shorter) <= told | {word.removesuffix("s") for word in told}


@lru_cache(maxsize=20_000)
def _particulars(text: str) -> frozenset[str]:
    """Numbers in digits or words, what somebody is in a body, and words with a capital inside a sentence, folded."""
    named = re.findall(r"(?<![.!?:;\"“”'‘—\n]) (?:(?=[^\W\d_])[^\W\d_a-zà-ÿ]\w*|\d[\w]*)", text)
    numbers = [word for word in _words(text) if word in _NUMBERS or word.isdigit()]
    return frozenset(
        [*numbers, *map(fold, roles_in(text)), *(word for name in named for word in _words(name))]
    )


# Small number words are too common in speech to tell two statements apart ("one", "due", "un").
_NUMBERS = frozenset(word for tongue in LANGUAGES for word, number in cardinals(tongue).items() if number > 2)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    if len(words) < _SHINGLE:
        return frozenset([tuple(words)])
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _pairs(shingles: list[frozenset[tuple[str, ...]]]) -> list[tuple[int, int]]:
    """Pairs that share at least two rare shingles, in order: near-linear in the words."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, own in enumerate(shingles):
        for shingle in own:
            where[shingle].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in where.values():
        if 1 < len(places) <= _COMMON:
            for at, one in enumerate(places):
                for other in places[at + 1 :]:
                    shared[(one, other)] += 1
    return sorted(pair for pair, count in shared.items() if count >= 2)


def _join(keeper: list[int], facts: list[FactDraft], one: int, other: int) -> None:
    first, second = _root(keeper, one), _root(keeper, other)
    if first == second:
        return
    best, rest = sorted((first, second), key=lambda place: (-facts[place].score, place))
    keeper[rest] = best


def _root(keeper: list[int], place: int) -> int:
    while keeper[place] != place:
        place = keeper[place]
    return place


def _folded(facts: list[FactDraft], keeper: list[int]) -> list[FactDraft]:
    also: dict[int, list[Span]] = defaultdict(list)
    for place, fact in enumerate(facts):
        root = _root(keeper, place)
        if root != place:
            also[root].extend([*fact.sentences, *fact.also])
    result = []
    for place, fact in enumerate(facts):
        if _root(keeper, place) == place:
            result.append(_with_also(fact, also[place]))
    return result


def _with_also(fact: FactDraft, spans: list[Span]) -> FactDraft:
    """Two sources saying the same are worth a little more than one."""
    if not spans:
        return fact
    bonus = 0.8 if any(span.source != fact.sentences[0].source for span in spans) else 0.0
    kept = tuple(sorted({*fact.also, *spans}))
    return replace(fact, also=kept, score=round(fact.score + bonus, 4))
