"""People, places and other names in prose, by small rules and two lists: no model.

A name's kind can't be told from one sentence, so a `NameBook` is learned from a whole text first:
titles ("Mr."), given names, prepositions of place and the gazetteer vote over all its occurrences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from sys import intern

import regex

from sources.name_kinds import gather, kinds_of, summed
from sources.name_links import full_names, gender_of, has_title, without_title
from sources.name_runs import plain_spelling, runs_in

__all__ = ["Name", "NameBook", "gender_of", "has_title", "learn", "without_title"]

_WORD = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `text[start:end]`. `kind` is person, place or thing; `full` the fullest form known."""

    start: int
    end: int
    kind: str
    full: str


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names of one text: the kind and the fullest form of each spelling."""

    language: str
    kinds: dict[str, str] = field(default_factory=dict)
    fulls: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    lower: frozenset[str] = frozenset()

    def names_in(self, text: str) -> list[Name]:
        """The names of a sentence or paragraph in reading order."""
        found = []
        for start, end, _ in runs_in(text, self.language, self.lower):
            spelling = plain_spelling(text[start:end])
            kind = self.kinds.get(spelling)
            if kind:
                found.append(Name(start, end, kind, self.fulls.get(spelling, spelling)))
        return found


def learn(text: str, language: str = "en", *, parts: Sequence[str] = ()) -> NameBook:
    """Read a whole text once and decide what each of its names is; linear in its length.

    `parts` are further texts that share the names. An office with a surname ("President Johnson") is
    tied to a full name only where both stand in the same text: elsewhere he may be another Johnson.
    """
    tongue = language.split("-")[0].lower()
    texts = [text, *parts]
    lower = frozenset(intern(word) for one in texts for word in set(_WORD.findall(one)) if word.islower())
    gathered = [gather(one, tongue, lower) for one in texts]
    evidence = summed(gathered)
    kinds = kinds_of(evidence, tongue, lower)
    counts = {spelling: evidence[spelling].count for spelling in kinds}
    together = [frozenset(one) for one in gathered]
    return NameBook(tongue, kinds, full_names(kinds, counts, together), counts, lower)
