"""An index without pages: the sections that tell of a name."""

from __future__ import annotations

from collections.abc import Sequence

from biographies.exports.docx.outline import Division
from biographies.exports.manuscript import IndexEntry, Place


def sections_of(entry: IndexEntry, printed: Sequence[Division]) -> list[tuple[str, Place]]:
    """Each section once, as its number or its title, with the first place in it that names the entry."""
    first: dict[int, Place] = {}
    for place in entry.places:
        first.setdefault(place.section, place)
    return [(_short(printed[section]), place) for section, place in first.items()]


def _short(division: Division) -> str:
    return division.heading if division.section.number is None else str(division.section.number)
