"""What a book tells once although every source tells it: the death, and how an encyclopedia's article opens."""

from __future__ import annotations

from dataclasses import replace

from engine.authors.extract.candidates import Candidate
from engine.authors.extract.life import told_of, words_of_birth
from engine.authors.extract.person import Person
from engine.authors.extract.reading import is_headword

_VOICES = 2  # tellings of the death: the best, and one of another source that adds something
_ADDS = 3  # sentences from which a telling adds something


def without_headwords(candidates: list[Candidate], person: Person) -> list[Candidate]:
    """The candidates without articles' first lines, unless nothing else tells that the subject was born."""
    lines = [one for one in candidates if is_headword(one.fact.text)]
    rest = [one for one in candidates if one not in lines]
    if any(words_of_birth(one.fact, person, own=one.own) for one in rest):
        return rest
    return [one for one in candidates if one not in lines or words_of_birth(one.fact, person, own=one.own)]


def death_told_once(candidates: list[Candidate], person: Person) -> list[Candidate]:
    """Of the tellings of the death two voices at most; the spans of the others are cited beside the best.

    One that contradicts is no witness of it.
    """
    tellings = sorted(
        (one for one in candidates if tells_death(one, person)),
        key=lambda one: (bool(one.fact.contradicts), -one.fact.score, one.source, one.first),
    )
    if len(tellings) < _VOICES:
        return candidates
    best, *others = tellings
    adding = [
        one
        for one in others
        if one.source != best.source and one.length >= _ADDS and not one.fact.contradicts
    ]
    kept = {best.key, *(one.key for one in adding[: _VOICES - 1])}
    dropped = [one for one in tellings if one.key not in kept]
    agreeing = [one for one in dropped if not one.fact.contradicts]
    also = {*best.fact.also, *(span for one in agreeing for span in one.fact.sentences)}
    told = replace(best, fact=replace(best.fact, also=tuple(sorted(also))))
    return [told if one is best else one for one in candidates if one not in dropped]


def tells_death(one: Candidate, person: Person) -> bool:
    """Whether a sentence of the unit says that the subject died, with its date."""
    date = one.fact.date
    return (
        date is not None
        and not date.inherited
        and told_of("death", one.fact.text, one.fact, person, own=one.own) is not None
    )
