"""Citation marks become numbered notes: work and passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from biographies.exports.manuscript import Inline, Note
from engine.reading import Stretch
from sources.models import Citation

Runs = tuple[Inline, ...]


class NoteMaker:
    """The notes of one section.

    Never "ibid.": notes stand at the foot of the page, and the note before may stand on another one.
    """

    def __init__(self, citations: Mapping[int, Citation], works: Mapping[int, Runs]) -> None:
        self.made: list[Note] = []
        self._citations = citations
        self._works = works

    def inlines(self, stretches: Iterable[Stretch]) -> Runs:
        """The stretches of one block as inlines, each with the note that is called after it.

        Of sentences that follow one another and name the same places of the same works, the last one calls the
        note for all: words without a mark between them, which are the compiler's, end such a run.
        """
        told = [(one, self._told(one.marks)) for one in stretches]
        later = [note for _stretch, note in told[1:]]
        return tuple(
            self._inline(one, note, following)
            for (one, note), following in zip(told, _next_words(told[1:], later), strict=True)
        )

    def _inline(self, stretch: Stretch, note: Runs, following: Runs) -> Inline:
        inline = Inline(stretch.text, stretch.italic, stretch.bold)
        if not note or note == following:
            return inline
        self.made.append(Note(len(self.made) + 1, note))
        return replace(inline, notes=(len(self.made),))

    def _told(self, marks: Sequence[int]) -> Runs:
        """The words of a note, however many sources tell the sentence: they follow one another with semicolons."""
        named = list(dict.fromkeys(self._named(mark) for mark in marks))
        runs: list[Inline] = []
        for work, place in named[:-1]:
            runs += [*work, Inline(place.rstrip(".")), Inline("; ")]
        for work, place in named[-1:]:
            runs += [*work, Inline(place)]
        return tuple(runs)

    def _named(self, mark: int) -> tuple[Runs, str]:
        """The work that a citation names, and the place in it."""
        passage = self._citations[mark].passage
        return _unpointed(self._works[passage.source.number]), _(", passage %d.") % passage.number


def _next_words(told: Sequence[tuple[Stretch, Runs]], notes: Sequence[Runs]) -> list[Runs]:
    """For each stretch but the first, and an end: the note of the next stretch that has letters."""
    found: list[Runs] = [()]
    for (stretch, _same), note in zip(reversed(told), reversed(notes), strict=True):
        spaces = not note and not any(letter.isalnum() for letter in stretch.text)
        found.append(found[-1] if spaces else note)
    return found[::-1]


def _unpointed(runs: Runs) -> Runs:
    """The name of a work without the full stop that ends it, since a place follows."""
    *before, last = runs
    abbreviated = last.text.endswith("n.d.")  # no date: that point isn't the sentence's
    return (*before, last if abbreviated else Inline(last.text.rstrip("."), last.italic))
