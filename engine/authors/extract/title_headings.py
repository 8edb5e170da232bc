"""Titles that people wrote: headings and titles of the sources, where the chapter really tells of their matter."""

# ruff: noqa: E501 - the long lines are lists of words

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.person import Person, words_of_name
from engine.authors.extract.reading import read
from engine.authors.extract.title_ideas import Idea
from sources.dates import dates_in
from sources.gazetteer import genders
from sources.name_words import TITLES, is_common_word
from sources.names import NameBook
from sources.numerals import fold

_LEAST_SHARE = 0.2  # of the chapter's words that come from under the heading
_FORMS = re.compile(
    r"chapter|cap[ií]tulo|chapitre|kapitel|preface|prefacio|préface|introduction|introducción|appendix|note|letter|carta|lettre|"
    r"brief|speech|oration|address|remarks|discurso|discours|rede|extract|biograph|biograf|autobiograph|autobiograf|memoir|memori|"
    r"mémoire|narrative|encyclop|enciclop|edition|volume|vol\.|part |transcri|contents|footnote|review|diary|diario|journal|obituar",
    re.I,
)


_TWO_NOUNS = re.compile(r"\w+ (?:and|y|e|et|und) \w+$", re.I)  # "Life and Work" is any chapter's name


def heading_ideas(
    chapter: list[Candidate], sources: dict[int, SourceText], person: Person, names: NameBook
) -> Iterator[Idea]:
    """Headings over the chapter's facts, and titles of their sources, weighed by how much stands under them."""
    total = sum(one.words for one in chapter)
    under: Counter[str] = Counter()
    for one in chapter:
        source = sources[one.source]
        heading = read(source).headings[one.section]
        for phrase in dict.fromkeys([*_phrases(heading), *_phrases(source.title)]):
            under[phrase] += one.words
    whole = fold(" ".join(one.fact.text for one in chapter))
    for phrase, words in sorted(under.items()):
        share = words / max(1, total)
        if names.kinds.get(phrase) == "person" or (
            fold(phrase.split()[0]) in genders() and len(phrase.split()) <= 3
        ):
            continue  # a signature
        if share >= _LEAST_SHARE and _is_title(phrase, whole, sources[chapter[0].source].language, person):
            yield Idea(phrase, 1.0 + share, (phrase,))


def _phrases(heading: str) -> Iterator[str]:
    for part in re.split(r"[.:;()\[\]?!/]|\s[—–-]\s", heading):
        phrase = " ".join(part.split()).strip(" ,“”\"'")
        if phrase.isupper():
            phrase = phrase.capitalize()
        if phrase:
            yield phrase


def _is_title(phrase: str, whole: str, language: str, person: Person) -> bool:
    words = phrase.split()
    if (
        not 2 <= len(words) <= 7
        or _TWO_NOUNS.match(phrase)
        or _FORMS.search(phrase)
        or re.search(r"\d", phrase)
        or dates_in(phrase, language)
    ):
        return False
    if word_pattern(grammar_of(language).first).search(phrase) or set(words_of_name(person.name)) & set(
        fold(phrase).split()
    ):
        return False
    if any(fold(word).strip(".") in TITLES for word in words):
        return False
    content = [
        fold(word) for word in words if len(word) > 3 and not is_common_word(word.casefold(), language)
    ]
    return bool(content) and all(re.search(rf"\b{re.escape(word[:5])}", whole) for word in content)
