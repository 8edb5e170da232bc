"""How much each name belongs to each chapter of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from engine.authors.extract.candidates import Candidate
from engine.authors.extract.naming import is_person_name
from sources.names import NameBook


@dataclass(frozen=True, slots=True)
class Shelf:
    """How much each name belongs to each chapter: weights between 0 and about 1."""

    places: tuple[dict[str, float], ...]
    people: tuple[dict[str, float], ...]
    things: tuple[dict[str, float], ...]


def shelf_of(chapters: list[list[Candidate]], names: NameBook) -> Shelf:
    """Weigh the names of all chapters."""
    places = [Counter(name for one in chapter for name in one.fact.places) for chapter in chapters]
    people = [
        Counter(name for one in chapter for name in one.fact.people if is_person_name(name))
        for chapter in chapters
    ]
    things = [Counter(_things(chapter, names)) for chapter in chapters]
    sizes = [max(1, len(chapter)) for chapter in chapters]
    return Shelf(_weighed(places, sizes), _weighed(people, sizes), _weighed(things, sizes))


def _things(chapter: list[Candidate], names: NameBook) -> Iterator[str]:
    for one in chapter:
        for name in names.names_in(one.fact.text):
            if name.kind == "thing" and 2 <= len(name.full.split()) <= 4:
                yield name.full


def _weighed(tallies: list[Counter[str]], sizes: list[int]) -> tuple[dict[str, float], ...]:
    """Share of the chapter's facts that name it, and how much of the book's mentions fall into the chapter.

    What a chapter names once is no matter of it.
    """
    total: Counter[str] = Counter()
    for tally in tallies:
        total.update(tally)
    return tuple(
        {
            name: (min(count, 6) / min(size, 12)) ** 0.5 * (0.35 + 0.65 * count / total[name])
            for name, count in sorted(tally.items())
            if count >= min(2, size // 4 + 1)
        }
        for tally, size in zip(tallies, sizes, strict=True)
    )
