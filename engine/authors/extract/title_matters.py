"""Ideas for a title from the matter of a chapter: a book, a skill, a prison, a child's birth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from engine.authors.extract.candidates import Candidate
from engine.authors.extract.leadins import translated
from engine.authors.extract.person import Person
from engine.authors.extract.title_ideas import Idea
from engine.authors.extract.title_messages import BIRTH, LEARNING
from engine.authors.extract.title_words import Cues

_OFTEN = 3  # times that a chapter must speak of a skill
_LONG = 7  # words of a title
_CAPITAL = r"[^\W\d_a-zß-ÿ][\w’'-]+\b"


def matter_ideas(chapter: list[Candidate], cues: Cues, person: Person) -> list[Idea]:
    """All of them, in a fixed order."""
    return [
        *_works(chapter, cues),
        *_skills(chapter, cues),
        *_venues(chapter, cues, person),
        *_births(chapter, cues, person),
    ]


def _works(chapter: list[Candidate], cues: Cues) -> Iterator[Idea]:
    """A book, a paper, a ship by the name that stands in quotation marks."""
    named = re.compile(
        rf"\b(?:{cues.entitled})\s+(?:\w+\s+){{0,2}}[\"“«]([^\"“”«»]{{4,45}}?)[.,;]?[\"”»]", re.I
    )
    for one in chapter:
        for match in named.finditer(one.fact.text):
            words = match.group(1).split()
            capitals = sum(word[0].isupper() for word in words)
            if 2 <= len(words) <= _LONG and words[0][0].isupper() and 2 * capitals >= len(words):
                yield Idea(match.group(1), 0.8 + one.fact.score / 20, (match.group(1),))


def _skills(chapter: list[Candidate], cues: Cues) -> Iterator[Idea]:
    """What somebody learns to do, if the chapter keeps coming back to it."""
    text = " ".join(one.fact.text for one in chapter)
    tally = Counter(word.lower() for word in re.findall(rf"\b(?:{cues.learned})\s+(\w{{4,}})\b", text, re.I))
    for skill, count in sorted(tally.items()):
        message = translated(LEARNING)
        if count >= _OFTEN and message:
            yield Idea(message % {"skill": skill}, 0.7 + 0.1 * min(count, 6), (skill,))


def _venues(chapter: list[Candidate], cues: Cues, person: Person) -> Iterator[Idea]:
    """ "The Jail at Easton", "The Battle of the Marne": words of the source, the more the chapter has of them."""
    name = rf"{_CAPITAL}(?:\s+(?:(?:and|y)\s+)?{_CAPITAL}){{0,2}}"
    tail = rf"(?:{cues.inside}|of|de|del)\s+(?:(?:{cues.article})\s+)?({name})"
    more = rf"(?!\s+(?:and|y|of|de|for)\s+{_CAPITAL})"
    pattern = re.compile(rf"\b((?i:{cues.article}))\s+((?i:{cues.venue})\s+{tail}){more}")
    whole = " ".join(one.fact.text for one in chapter)
    for article, phrase, named in sorted({match.groups() for match in pattern.finditer(whole)}):
        if not person.is_called(named) and len(phrase.split()) < _LONG:
            often = whole.count(named) + whole.count(phrase.split()[0])
            yield Idea(f"{article.capitalize()} {phrase}", 0.6 + 0.05 * min(often, 8), (named,))


def _births(chapter: list[Candidate], cues: Cues, person: Person) -> Iterator[Idea]:
    """The birth of a child of the subject, by the name that stands with it."""
    pattern = re.compile(rf"\b(?:{cues.child}),?\s+([^\W\d_a-zß-ÿ][\w-]+)\b,?\s+(?:{cues.born})")
    for one in chapter:
        found = pattern.findall(one.fact.text) if one.own or person.named_in(one.fact.text) else []
        for child in found:
            yield Idea((translated(BIRTH) or "") % {"person": child}, 0.7 + one.fact.score / 30, (child,))
