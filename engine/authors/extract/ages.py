"""Ages told in the text: "at the age of twenty-four", "I was now about twelve years old"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.candidates import Candidate, candidate_of
from engine.authors.extract.grammar import NEVER, base_language, grammar_of, word_pattern
from engine.authors.extract.person import Person
from engine.authors.extract.reading import names_of
from sources.numerals import cardinals, fold

_YOUNGEST, _OLDEST = 2, 100


def age_told(one: Candidate, source: SourceText, person: Person) -> int | None:
    """The age of the subject that a fact tells; None when it tells none, or somebody else's."""
    for match in _age_pattern(source.language).finditer(fold(one.fact.text)):
        value = next(group for group in match.groupdict().values() if group)
        age = int(value) if value.isdigit() else cardinals(base_language(source.language)).get(value, 0)
        if _YOUNGEST <= age <= _OLDEST and _is_subjects(one, one.fact.text[: match.end()], source, person):
            return age
        if _YOUNGEST <= age <= _OLDEST and _leads(one, match, source, person):
            return age
    return None


def sentence_age(fact: FactDraft, source: SourceText, person: Person) -> int | None:
    """The age of the subject that a fact of one sentence tells; quick where it tells none."""
    if not _age_pattern(source.language).search(fold(f"{fact.text} ")):
        return None
    spaced = replace(fact, text=f"{fact.text} ")  # as it stands in its paragraph
    return age_told(candidate_of(spaced, source, person), source, person)


def _is_subjects(one: Candidate, before: str, source: SourceText, person: Person) -> bool:
    """Whether the last one named or meant before the age is the subject."""
    grammar = grammar_of(source.language)
    fitting = (
        grammar.ego if one.own else {"m": grammar.he, "f": grammar.she}.get(person.gender, grammar.either)
    )
    others = [words for words in (grammar.he, grammar.she, grammar.ego, grammar.people) if words != fitting]
    last = max([_last(words, before) for words in others] + [_last_other(before, source, person)])
    named = max((match.end() for match in person.pattern.finditer(fold(before))), default=-1)
    return max(_last(fitting, before), -1 if one.own else named) > last


def _leads(one: Candidate, match: re.Match[str], source: SourceText, person: Person) -> bool:
    """ "At the age of nine Ada Quill …": the age opens the sentence, and the subject follows."""
    after = one.fact.text[match.end() : match.end() + _FOLLOWS]
    return match.start() <= 3 and _is_subjects(one, re.split(r"[;:.]", after)[0], source, person)


_FOLLOWS = 40  # characters


def _last(words: str, text: str) -> int:
    return max((match.end() for match in word_pattern(words).finditer(text)), default=-1)


def _last_other(text: str, source: SourceText, person: Person) -> int:
    others = [
        name
        for name in names_of(source).names_in(text)
        if name.kind == "person" and not person.is_called(name.full)
    ]
    return max((name.end for name in others), default=-1)


@lru_cache(maxsize=16)
def _age_pattern(language: str) -> re.Pattern[str]:
    tongue = base_language(language)
    words = "|".join(
        re.escape(word) for word in sorted(cardinals(tongue), key=lambda word: (-len(word), word))
    )
    template = grammar_of(language).age
    if template == NEVER or not words:
        return re.compile(NEVER)
    number = rf"(?P<AGE>\d{{1,2}}|{words})"
    forms = [
        form.replace("{n}", number.replace("AGE", f"age{place}"), 1)
        for place, form in enumerate(_split(template))
    ]
    return re.compile("|".join(rf"(?:\b{form.replace('{n}', number)})" for form in forms), re.I)


def _split(template: str) -> list[str]:
    """The alternatives of a pattern at depth 0, each with one place for a number."""
    parts, depth, current = [], 0, ""
    for char in template:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]
