"""Who the book is about, and how sources call them: the full name, the surname, "Madame X", "he"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bookgen_site.lib.once import once_each
from engine.authors.base import SourceText, Subject
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.reading import names_of
from sources.name_words import TITLES
from sources.names import gender_of, without_title
from sources.numerals import fold

_SUFFIXES = frozenset("jr sr ii iii iv junior senior".split())
_RIVAL_SHARE = 5  # another bearer of the surname makes it ambiguous when named at least a fifth as often


@dataclass(frozen=True, slots=True)
class Person:
    """The subject as texts show them. `gender` is "m", "f" or "" when nothing tells."""

    name: str
    given: str
    surname: str
    gender: str
    lone_surname: bool  # whether the surname alone surely means the subject
    pattern: re.Pattern[str]  # over folded text

    def named_in(self, text: str) -> bool:
        """Whether the text names the subject."""
        return bool(self.pattern.search(fold(text)))

    def is_called(self, name: str) -> bool:
        """Whether a name found in a source is the subject's: all its words are, or it is a fuller form."""
        return bool(self.pattern.fullmatch(fold(name).strip()))


def words_of_name(name: str) -> list[str]:
    """Folded words of a name without title, dots and suffix."""
    words = [fold(word).strip(".,") for word in without_title(name).split()]
    return [word for word in words if word not in _SUFFIXES] or words


@once_each(most=16)
def identify(subject: Subject, sources: tuple[SourceText, ...]) -> Person:
    """The subject, with gender and ambiguity told by what these sources say."""
    words = words_of_name(subject.name)
    surname, given = words[-1], words[0]
    named = _names(sources)
    words = [given, *_between(words, named), surname] if len(words) > 1 else words
    gender = _gender(subject.name, words, sources)
    lone = len(words) == 1 or not _has_rival(words, named)
    return Person(subject.name, given, surname, gender, lone, _pattern(words, gender, lone, named))


def _between(words: list[str], named: Counter[str]) -> list[str]:
    """The words between given name and surname: those of the name, then those of fuller forms that sources use.

    A maiden name, mostly: who is "Marie Curie" on the title page is "Marie Sklodowska" in half of the sources.
    """
    found = list(words[1:-1])
    for full, count in sorted(named.items()):
        other = words_of_name(full)
        if count >= _FULLER and (other[0], other[-1]) == (words[0], words[-1]):
            found += [word for word in other[1:-1] if len(word) > 1 and word not in found]
    return found


_FULLER = 2  # times that a fuller form stands in the sources: one may be a slip


def _names(sources: tuple[SourceText, ...]) -> Counter[str]:
    named: Counter[str] = Counter()
    for source in sources:
        book = names_of(source)
        for spelling, full in sorted(book.fulls.items()):
            named[full] += book.counts.get(spelling, 0)
    return named


def _has_rival(words: list[str], named: Counter[str]) -> bool:
    """Whether someone else of the same surname is named often: a spouse, a father, a namesake."""
    own = rival = bare = 0
    for full, count in named.items():
        other = words_of_name(full)
        if other[-1] != words[-1]:
            continue
        if len(other) == 1:
            bare += count
        elif other[0] == words[0] or set(other) <= set(words):
            own += count
        else:
            rival += count
    return rival * _RIVAL_SHARE >= max(own, bare) and rival >= 3


def _pattern(words: list[str], gender: str, lone: bool, named: Counter[str]) -> re.Pattern[str]:
    surname, given = re.escape(words[-1]), re.escape(words[0])
    middle = "|".join(re.escape(word) for word in words[1:-1])
    forms = [
        rf"{given}(?:\s+[\w.\-']+){{0,3}}?\s+{surname}",
        rf"{surname},\s+{given}",
        rf"{_titles(gender, lone)}\s+{surname}",
    ]
    if middle:
        forms.append(rf"{given}\s+(?:{middle})")
    if lone:
        forms.append(surname)
    if len(words) > 1 and _given_is_own(words, named):
        forms.append(given)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)(?!\s+(?:county|street|city|river)\b)")


def _given_is_own(words: list[str], named: Counter[str]) -> bool:
    """Whether the given name belongs to nobody else who is named in full."""
    others = [full for full in named if words_of_name(full)[0] == words[0] and len(words_of_name(full)) > 1]
    return all(
        words_of_name(full)[-1] in words or set(words) & set(words_of_name(full)[1:]) for full in others
    )


def _titles(gender: str, lone: bool) -> str:
    """Titles that may stand before the surname; a rival of the other gender keeps the neutral ones."""
    fitting = [title for title, of in sorted(TITLES.items()) if of == gender or (lone and not of)]
    return rf"(?:{'|'.join(re.escape(title) for title in fitting) or '(?!)'})\.?"


def _gender(name: str, words: list[str], sources: tuple[SourceText, ...]) -> str:
    """By the pronouns behind the full name where they're clear: George Eliot is a "she"; else by the given name."""
    full = rf"{re.escape(words[0])}(?:\s+[\w.\-']+){{0,3}}?\s+{re.escape(words[-1])}"
    tally = _pronouns_after(full, sources) if len(words) > 1 else Counter[str]()
    (most, many), (_, few) = [*tally.most_common(), ("", 0), ("", 0)][:2]
    if many >= _CLEAR and many >= _CLEARLY * few:
        return most
    return gender_of(name) or _more_often(_pronouns_after(re.escape(words[-1]), sources))


_CLEAR, _CLEARLY = 5, 3  # pronouns of one gender, and so many times more than of the other


def _more_often(tally: Counter[str]) -> str:
    if tally["m"] == tally["f"]:
        return ""
    return "m" if tally["m"] > tally["f"] else "f"


def _pronouns_after(name: str, sources: tuple[SourceText, ...]) -> Counter[str]:
    """How often either pronoun stands in the 200 characters behind a name, a pattern over folded text."""
    tally: Counter[str] = Counter()
    for source in sources:
        grammar = grammar_of(source.language)
        he, she = word_pattern(grammar.he), word_pattern(grammar.she)
        for match in re.finditer(rf"\b{name}\b", fold(source.text)):
            after = source.text[match.end() : match.end() + 200]
            tally["m"] += len(he.findall(after))
            tally["f"] += len(she.findall(after))
    return tally
