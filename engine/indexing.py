"""The index of a book: people and places of its facts, at the places where the printed text names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from biographies.exports.manuscript import Block, IndexEntry, Place
from engine.authors.extract.naming import is_person_name
from sources.gazetteer import genders
from sources.name_links import without_title
from sources.numerals import fold

_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|Esq)\.?$")
_NO_LETTER = re.compile(r"[^\w, ]")
# Written small they belong to the given names, at least in an index ("Beethoven, Ludwig van").
_PARTICLES = frozenset("De Del Della Di Da Dos Du Des La Le Lo Van Von Ter Mac St. Saint".split())
_TWO_SURNAMES = "es"  # father's and mother's, in that order


@dataclass(frozen=True, slots=True)
class Named:
    """A piece of the text and the names that its evidence brings."""

    place: Place
    block: Block
    people: frozenset[str]
    places: frozenset[str]


def index(pieces: Iterable[Named], language: str) -> tuple[IndexEntry, ...]:
    """The entries in the order of the alphabet. A name counts where the text itself says it: people by their
    family name at least, places in full."""
    where: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for piece in pieces:
        for name in filter(is_person_name, piece.people):
            where["person", sorted_name(name, language)] += _said(piece, family_of(name, language))
        for name in piece.places:
            where["place", name] += _said(piece, name)
    entries = [IndexEntry(name, kind, at) for (kind, name), at in _one_spelling(where).items()]
    return tuple(sorted(entries, key=lambda one: (fold(one.name), one.name, one.kind)))


def _one_spelling(
    where: Mapping[tuple[str, str], Sequence[Place]],
) -> dict[tuple[str, str], tuple[Place, ...]]:
    """Names that differ in stops, apostrophes and capitals alone ("Fells Point", "Fell's Point"; "Mrs", "Mrs.") as
    one: in the spelling that stands at most places, the longer one where two are even."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, name in sorted(key for key, at in where.items() if at):
        alike[kind, _NO_LETTER.sub("", fold(name))].append(name)
    merged = {}
    for (kind, _letters), names in alike.items():
        best = max(names, key=lambda name: (len(set(where[kind, name])), len(name), name))
        merged[kind, best] = tuple(
            sorted({place for name in names for place in where[kind, name]}, key=_order)
        )
    return merged


def _order(place: Place) -> tuple[int, int, int]:
    return place.section, place.block, place.inline


def sorted_name(name: str, language: str) -> str:
    """The name with the family name in front: "Garrison, William Lloyd", "Hamilton, Mr.", "García Lorca, Federico"."""
    family = family_of(name, language)
    suffix = _SUFFIX.search(name)
    before = _SUFFIX.sub("", name).removesuffix(family).strip()
    return ", ".join([family, *([before] if before else []), *([suffix[0].strip(" ,")] if suffix else [])])


def family_of(name: str, language: str) -> str:
    """The family name: the last word, with a particle that has a capital ("Du Bois", "Le Goff"), in Spanish all words
    after the given names where there are at most two."""
    words = _SUFFIX.sub("", without_title(name)).split()
    if len(words) > 1 and words[-2] in _PARTICLES:
        return " ".join(words[-2:])
    if language.split("-")[0].lower() == _TWO_SURNAMES and len(words) > 2 and words[-2][:1].isupper():
        return " ".join(words[-1:] if fold(words[-2]) in genders() else words[-2:])
    return words[-1]


def _said(piece: Named, name: str) -> list[Place]:
    """The inline of the block in which these words begin; either form of an apostrophe will do. Empty: none."""
    words = "['’]".join(re.escape(part) for part in re.split("['’]", name))
    text = "".join(inline.text for inline in piece.block.inlines)
    found = re.search(rf"(?<!\w){words}(?!\w)", text)
    if found is None:
        return []
    ends = accumulate(len(inline.text) for inline in piece.block.inlines)
    inline = next(place for place, end in enumerate(ends) if found.start() < end)
    return [replace(piece.place, inline=inline)]
