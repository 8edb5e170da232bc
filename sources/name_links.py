"""Titles, genders, and which spellings are the same person: "Mr. Garrison" and "William Lloyd Garrison"."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sources.gazetteer import genders
from sources.name_words import TITLES
from sources.numerals import fold


def gender_of(name: str) -> str:
    """ "m", "f" or "" by the title or given name."""
    words = [fold(word).strip(".") for word in name.split()]
    if not words:
        return ""
    if words[0] in TITLES:
        title = TITLES[words[0]]
        return title or (genders().get(words[1], "") if len(words) > 2 else "")
    return genders().get(words[0], "")


def without_title(name: str) -> str:
    """ "Mrs. Ann Hopkins" -> "Ann Hopkins"; a title alone stays."""
    words = name.split()
    while len(words) > 1 and fold(words[0]).strip(".") in TITLES:
        words = words[1:]
    return " ".join(words)


def has_title(name: str) -> bool:
    """Whether the name opens with "Mr.", "Doña", "Captain" ..."""
    words = name.split()
    return len(words) > 1 and fold(words[0]).strip(".") in TITLES


def is_office(name: str) -> bool:
    """ "President Johnson", "General Grant": a title that many may bear one after another."""
    title = fold(name.split()[0]).strip(".")
    return (
        has_title(name)
        and TITLES[title] == ""
        and title not in ("dr", "doctor", "prof", "professor", "messrs", "mm")
    )


@dataclass(slots=True)
class _People:
    """All spellings of people, by their first and last words."""

    counts: dict[str, int]
    together: list[frozenset[str]]  # the spellings of each text
    by_last: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_first: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def full_names(
    kinds: dict[str, str], counts: dict[str, int], together: list[frozenset[str]]
) -> dict[str, str]:
    """Each person's spelling tied to the one fuller name that contains it; ambiguous ones stay apart."""
    names = sorted(spelling for spelling, kind in kinds.items() if kind == "person")
    people = _People(counts, together)
    for name in names:
        words = without_title(name).split()
        if len(words) > 1:
            people.by_last[words[-1]].append(name)
            people.by_first[words[0]].append(name)
    fulls = {name: _fuller(name, people) for name in names}
    for name in kinds:
        if name.startswith("St") and f"{name}'s" in kinds:
            fulls[name] = f"{name}'s"
    return fulls


def _fuller(name: str, people: _People) -> str:
    words = without_title(name).split()
    rivals = _rivals(name, words, people)
    plain = sorted({without_title(other) for other in rivals}, key=lambda other: (-len(other), other))
    if plain and all(_extends(plain[0], other.split()) for other in plain[1:]):
        return plain[0]
    ruling = _ruling(rivals, people.counts)
    return ruling or (without_title(name) if len(words) > 1 else name)


def _rivals(name: str, words: list[str], people: _People) -> list[str]:
    """The longer names that a spelling may stand for."""
    by_last, by_first = people.by_last.get(words[-1], []), people.by_first.get(words[0], [])
    if len(words) > 1:
        rivals = [other for other in by_last if _extends(other, words)]
    elif fold(words[0]) in genders():
        # "Thomas" or "Master Thomas" may be a given name or a surname.
        rivals = by_first + (by_last if has_title(name) else [])
    else:
        rivals = by_last or ([] if has_title(name) else by_first)
        rivals = [other for other in rivals if not _clash(gender_of(name), gender_of(other))]
    if not is_office(name):
        return rivals
    beside = frozenset[str]().union(*(spellings for spellings in people.together if name in spellings))
    return [other for other in rivals if other in beside]


def _ruling(rivals: list[str], counts: dict[str, int]) -> str:
    """The one full name that is used at least twice as often as all its rivals together."""
    tally: Counter[str] = Counter()
    for other in rivals:
        tally[without_title(other)] += counts.get(other, 0)
    for name, count in sorted(tally.items()):
        if count >= 2 * (tally.total() - count) and count >= 2:
            return name
    return ""


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _extends(longer: str, words: list[str]) -> bool:
    """Whether a name has all these words in this order ("William Lloyd Garrison" and "William Garrison")."""
    rest = iter(without_title(longer).split())
    return all(any(_same(word, other) for other in rest) for word in words)


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) == 2 and word.endswith(".") and other.startswith(word[0]))
