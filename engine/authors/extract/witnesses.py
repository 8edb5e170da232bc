"""Which sources are witnesses of their own: not two by one author, and not one that was copied from the other."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from engine.authors.base import SourceText, Span
from engine.authors.extract.finding import first_author
from engine.authors.extract.person import words_of_name
from sources.numerals import fold

_LONG = 8  # words in a row that two people don't write alike
_SAMPLED = 8  # one such run in eight is looked at: enough, and an eighth of the work
_COMMON = 20  # a run in more sources than this is a formula
_COPIED = 0.1  # share of the shorter one's runs that makes two sources one witness
_LEAST = 5  # sampled runs: some fifty words, more than a quotation that both may have
_SAME_WORDS = 0.6  # the same for two sentences


@lru_cache(maxsize=16)
def witnesses(sources: tuple[SourceText, ...]) -> dict[int, int]:
    """For each source the number of the first one that is the same witness."""
    leader = {source.number: source.number for source in sources}
    authors: dict[tuple[str, str], int] = {}
    for source in sources:
        author = _author(source)
        if author:
            _join(leader, authors.setdefault(author, source.number), source.number)
    for one, other in _copies(sources):
        _join(leader, one, other)
    return {number: _root(leader, number) for number in leader}


def _author(source: SourceText) -> tuple[str, str] | None:
    family, comma, given = first_author(source).partition(", ")  # "Petrie, Jonas" is Jonas Petrie
    name = f"{given} {family}" if comma and given else family
    words = words_of_name(fold(name)) if name.strip() else []
    return (words[-1], words[0][:1]) if words else None


def _copies(sources: tuple[SourceText, ...]) -> list[tuple[int, int]]:
    """Pairs of sources that share many long runs of words."""
    homes: dict[int, list[int]] = defaultdict(list)
    sizes: Counter[int] = Counter()
    for source in sources:
        runs = _runs(source.text)
        sizes[source.number] = len(runs)
        for run in sorted(runs):
            homes[run].append(source.number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in homes.values():
        if len(numbers) <= _COMMON:
            shared.update(combinations(numbers, 2))
    return sorted(
        pair for pair, count in shared.items() if count >= _COPIED * min(sizes[one] for one in pair)
    )


def _runs(text: str) -> set[int]:
    """Checksums of a sample of all runs of words; a sample by checksum takes the same runs everywhere."""
    words = re.findall(r"\w+", fold(text))
    sums = (zlib.crc32(" ".join(words[at : at + _LONG]).encode()) for at in range(len(words) - _LONG + 1))
    return {value for value in sums if value % _SAMPLED == 0}


def _join(leader: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_root(leader, one), _root(leader, other)))
    leader[second] = first


def _root(leader: dict[int, int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


def is_copy(one: str, other: str) -> bool:
    """Whether a sentence repeats another word by word, so that it witnesses nothing."""
    runs, others = (_fours(text) for text in (one, other))
    return len(runs & others) >= _SAME_WORDS * max(1, min(len(runs), len(others)))


def _fours(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))}


def count(spans: Iterable[Span], own: Span, texts: dict[int, str], group: dict[int, int]) -> int:
    """How many independent witnesses tell what `own` tells, if each of `spans` tells it too."""
    words = texts[own.source][own.start : own.end]
    found = {group[own.source]}
    for span in spans:
        if not is_copy(texts[span.source][span.start : span.end], words):
            found.add(group[span.source])
    return len(found)
