"""People and places of all facts anew, with names learned from all sources together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from engine.authors.base import FactDraft, SourceText, Subject
from engine.authors.extract.grammar import base_language
from engine.authors.extract.person import Person
from sources.gazetteer import genders, is_place
from sources.name_words import PLACE_WORDS, THING_WORDS
from sources.names import NameBook, has_title, learn
from sources.numerals import fold


@lru_cache(maxsize=16)
def shared_names(sources: tuple[SourceText, ...]) -> NameBook:
    """One name book for a whole job: a lone surname in one source may have its full name in another."""
    language = sources[0].language if sources else "en"
    texts = [source.text for source in sources]
    return learn(texts[0] if texts else "", language, parts=texts[1:])


def renamed(facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person) -> list[FactDraft]:
    """The facts with people and places by the shared name book; the subject is not among the people."""
    names = shared_names(sources)
    result = []
    for fact in facts:
        found = names.names_in(fact.text)
        people = dict.fromkeys(
            one.full for one in found if one.kind == "person" and not person.is_called(one.full)
        )
        places = dict.fromkeys(one.full for one in found if one.kind == "place")
        result.append(replace(fact, people=tuple(people), places=tuple(places)))
    return result


def in_language(subject: Subject, sources: Iterable[SourceText]) -> tuple[SourceText, ...]:
    """The sources that can be quoted in a book of the subject's language."""
    return tuple(one for one in sources if base_language(one.language) == base_language(subject.language))


_PLURAL_TITLES = frozenset("doctors senators presidents generals messrs mm".split())


def is_person_name(name: str) -> bool:
    """Whether a reader would take the name for a person's: two words or a title, and no word of a place or thing."""
    words = [fold(word).strip(".'’") for word in name.split()]
    if (
        len(words) < 2
        or words[0] in _PLURAL_TITLES
        or is_place(name)
        or any(word in THING_WORDS | PLACE_WORDS for word in words)
    ):
        return False
    return has_title(name) or words[0] in genders() or bool(re.match(r"\w\.", name)) or len(words) >= 2
