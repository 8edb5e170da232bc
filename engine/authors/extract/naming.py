"""People and places of all facts anew, with names learned from all sources together."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.person import Person
from sources.names import NameBook, learn


@lru_cache(maxsize=16)
def shared_names(sources: tuple[SourceText, ...]) -> NameBook:
    """One name book for a whole job: a lone surname in one source may have its full name in another."""
    language = sources[0].language if sources else "en"
    return learn("\n\n".join(source.text for source in sources), language)


def renamed(facts: list[FactDraft], sources: tuple[SourceText, ...], person: Person) -> list[FactDraft]:
    """The facts with people and places by the shared name book; the subject is not among the people."""
    names = shared_names(sources)
    result = []
    for fact in facts:
        found = names.names_in(fact.text)
        people = dict.fromkeys(one.full for one in found if one.kind == "person" and not person.is_called(one.full))
        places = dict.fromkeys(one.full for one in found if one.kind == "place")
        result.append(replace(fact, people=tuple(people), places=tuple(places)))
    return result
