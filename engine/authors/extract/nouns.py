"""What a chapter is about when its names don't tell: common nouns it uses far more than the other chapters."""

from __future__ import annotations

import re
from collections import Counter

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.title_words import cues_of
from sources.name_words import is_common_word

_LEAST = 3  # occurrences that make a matter

# What follows a noun, but not an adjective.
_AFTER = r"[,.;:]|\s(?:of|in|on|at|was|were|had|and|to|for|with|by|de|del|en|era|fue|y|a|con|du|des|et|à|der|und|von)\b"
_VAGUE = frozenset(
    "matter manner subject question number object reason moment thought rest result nature asunto motivo".split()
)


def matters_of(place: int, chapters: list[list[Candidate]], sources: tuple[SourceText, ...]) -> list[str]:
    """Titles such as "The Laboratory", the best first."""
    language = sources[0].language
    tallies = [_nouns(chapter, language) for chapter in chapters]
    total: Counter[str] = Counter()
    for tally in tallies:
        total.update(tally)
    own = tallies[place]
    ranked = sorted(own, key=lambda noun: (-(own[noun] ** 2) / total[noun], noun))
    often = [noun[0].upper() + noun[1:] for noun in ranked if own[noun] >= _LEAST]
    return often + [noun.capitalize() for noun in ranked[:1]]


def _nouns(chapter: list[Candidate], language: str) -> Counter[str]:
    """Article and noun as they stand in the text, lower-case nouns of six letters and more only."""
    article = cues_of(language).article
    tally: Counter[str] = Counter()
    for one in chapter:
        for match in re.finditer(rf"\b(?i:({article}))\s+([a-zà-ÿ]{{6,}})(?={_AFTER})", one.fact.text):
            noun = match.group(2)
            if (
                noun not in _VAGUE
                and not is_common_word(noun, language)
                and not re.search(r"(?:ed|ing|est|ous|ful|ive|able|al|ent|ary)$", noun)
            ):
                tally[f"{match.group(1).lower()} {noun}"] += 1
    return tally
