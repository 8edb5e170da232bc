"""Names of chapters: for each the best idea that no other chapter stands on."""

from __future__ import annotations

import re

from django.utils.translation import get_language

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.life import Life
from engine.authors.extract.naming import shared_names
from engine.authors.extract.nouns import matters_of
from engine.authors.extract.person import Person
from engine.authors.extract.title_headings import heading_ideas
from engine.authors.extract.title_ideas import Idea, Ideas
from engine.authors.extract.title_matters import matter_ideas
from engine.authors.extract.title_shelf import shelf_of
from engine.authors.extract.title_words import cues_of
from sources.gazetteer import genders
from sources.numerals import fold

_SMALL = frozenset("a an and as at but by for from in of on or the to with".split())
_LONGEST = 60  # characters
_ALIKE = 2  # titles that may begin with the same two words
_PLAIN = 0.75  # weight of a title under which one that shares a name is better


def titles_for(
    chapters: list[list[Candidate]], person: Person, sources: tuple[SourceText, ...], life: Life
) -> list[str]:
    """One title per chapter, all different, each made of what its facts name."""
    if not chapters:
        return []
    names = shared_names(sources)
    shelf = shelf_of(chapters, names)
    by_number = {source.number: source for source in sources}
    cues = cues_of(sources[0].language)
    ideas: list[tuple[int, Idea]] = []
    for place, chapter in enumerate(chapters):
        last = place == len(chapters) - 1 and life.died is not None and chapter[-1].when > life.died - 3
        found = Ideas(chapter, place, shelf, cues, life, person, sources[0].language, last=last).all()
        found += matter_ideas(chapter, cues, person)
        found += heading_ideas(chapter, by_number, person, names)
        ideas += [(place, idea) for idea in found if _is_fit(idea, person)]
    taken = _assigned(ideas)
    _shared(ideas, taken)
    for place in range(len(chapters)):
        if place not in taken:
            taken[place] = _last_resort(place, chapters, sources, ideas, taken)
    return [_cased(taken[place]) for place in range(len(chapters))]


def _is_fit(idea: Idea, person: Person) -> bool:
    return 0 < len(idea.text) <= _LONGEST and not any(person.is_called(name) for name in idea.about)


def _assigned(ideas: list[tuple[int, Idea]]) -> dict[int, str]:
    """The heaviest ideas first; what a title stands on is used up for the others."""
    taken: dict[int, str] = {}
    used: set[str] = set()
    openings: dict[str, int] = {}
    ranked = sorted(ideas, key=lambda item: (-item[1].weight, item[0], item[1].text))
    for place, idea in ranked:
        opening = " ".join(idea.text.split()[:2])
        names = _roots(idea)
        if place in taken or names & used or openings.get(opening, 0) >= _ALIKE:
            continue
        taken[place] = idea.text
        used |= names
        openings[opening] = openings.get(opening, 0) + 1
    return taken


def _shared(ideas: list[tuple[int, Idea]], taken: dict[int, str]) -> None:
    """A chapter without a title, or with a bare name for one, may share a name with another: "The Return to Rome"."""
    worth = {(place, idea.text): idea.weight for place, idea in ideas}
    for place, idea in sorted(ideas, key=lambda item: (-item[1].weight, item[0], item[1].text)):
        is_better = worth.get((place, taken.get(place, "")), 0.0) < min(_PLAIN, idea.weight)
        openings = [" ".join(title.split()[:2]) for at, title in taken.items() if at != place]
        fits = idea.text not in taken.values() and openings.count(" ".join(idea.text.split()[:2])) < _ALIKE
        if is_better and fits and idea.text not in idea.about:
            taken[place] = idea.text


def _roots(idea: Idea) -> set[str]:
    """What two titles must not share: whole names, and the stems of their longer words ("Haytian", "Hayti")."""
    words = [word for name in idea.about for word in name.split() if len(word) > 4 and word[0].isupper()]
    stems = {word[:5].casefold() for word in words if fold(word) not in genders()}
    return {name.casefold() for name in idea.about} | stems or {idea.text.casefold()}


def _last_resort(
    place: int,
    chapters: list[list[Candidate]],
    sources: tuple[SourceText, ...],
    ideas: list[tuple[int, Idea]],
    taken: dict[int, str],
) -> str:
    """An idea that shares a name with another title, or the matter that the chapter speaks of most."""
    used = {title.casefold() for title in taken.values()}
    own = sorted((idea for at, idea in ideas if at == place), key=lambda idea: (-idea.weight, idea.text))
    texts = [*(idea.text for idea in own), *matters_of(place, chapters, sources), f"{place + 1}"]
    return next(text for text in texts if text.casefold() not in used)


def _cased(title: str) -> str:
    """Title case in English; elsewhere a capital at the beginning."""
    if not (get_language() or "en").startswith("en"):
        return title[:1].upper() + title[1:]
    words = title.split()
    cased = [word if at and word in _SMALL else _capital(word) for at, word in enumerate(words)]
    return " ".join(cased)


def _capital(word: str) -> str:
    return re.sub(r"^(\W*)(\w)", lambda match: match.group(1) + match.group(2).upper(), word, count=1)
