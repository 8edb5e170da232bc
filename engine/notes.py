"""Citation marks become numbered notes: work and passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from biographies.exports.manuscript import Inline, Note
from engine.reading import Stretch
from sources.models import Citation

Runs = tuple[Inline, ...]
Places = tuple[tuple[int, int], ...]  # numbers of sources and of their passages
CLOSING = '”»“’" \u00a0'  # what may close a title
NO_BREAK = "\u00a0"  # a number at the beginning of a line doesn't say what it counts


@dataclass(frozen=True, slots=True)
class Names:
    """How notes name the sources, by their numbers: the first note of a section, and those after it."""

    first: Mapping[int, Runs]
    later: Mapping[int, Runs]


class NoteMaker:
    """The notes of one section.

    Never "ibid.": notes stand at the foot of the page, and the note before may stand on another one.
    """

    def __init__(self, citations: Mapping[int, Citation], names: Names) -> None:
        self.made: list[Note] = []
        self._citations = citations
        self._names = names
        self._named: set[int] = set()

    def inlines(self, stretches: Iterable[Stretch]) -> Runs:
        """The stretches of one block as inlines, each with the note that is called after it.

        Of sentences that follow one another and name the same places of the same works, the last one calls the
        note for all: words without a mark between them, which are the compiler's, end such a run.
        """
        told = [(one, self._places(one.marks)) for one in stretches]
        later = [places for _stretch, places in told[1:]]
        return tuple(
            self._inline(one, places, following)
            for (one, places), following in zip(told, _next_words(told[1:], later), strict=True)
        )

    def _inline(self, stretch: Stretch, places: Places, following: Places) -> Inline:
        inline = Inline(stretch.text, stretch.italic, stretch.bold)
        if not places or places == following:
            return inline
        self.made.append(Note(len(self.made) + 1, self._told(places)))
        return replace(inline, notes=(len(self.made),))

    def _places(self, marks: Sequence[int]) -> Places:
        passages = (self._citations[mark].passage for mark in marks)
        return tuple(dict.fromkeys((one.source.number, one.number) for one in passages))

    def _told(self, places: Places) -> Runs:
        """The words of a note, however many sources tell the sentence: they follow one another with semicolons."""
        runs: list[Inline] = []
        for source, passage in places:
            runs += [Inline("; ")] if runs else []
            runs += self._work_and_place(source, passage)
        return (*runs, Inline("."))

    def _work_and_place(self, source: int, passage: int) -> Runs:
        """The work, in its short form where this section has named it, and the place in it."""
        names = self._names.later if source in self._named else self._names.first
        work = _unpointed(names[source])
        self._named.add(source)
        place = (_(", passage %d.") % passage).rstrip(".").replace(f" {passage}", f"{NO_BREAK}{passage}")
        pointed = work[-1].text.rstrip(CLOSING)[-1:] in (",", "?", "!")
        return (*work, Inline(place.removeprefix(",") if pointed else place))


def _next_words(told: Sequence[tuple[Stretch, Places]], later: Sequence[Places]) -> list[Places]:
    """For each stretch but the first, and an end: the places of the next stretch that has letters."""
    found: list[Places] = [()]
    for (stretch, _same), note in zip(reversed(told), reversed(later), strict=True):
        spaces = not note and not any(letter.isalnum() for letter in stretch.text)
        found.append(found[-1] if spaces else note)
    return found[::-1]


def _unpointed(runs: Runs) -> Runs:
    """The name of a work without the full stop that ends it, since a place follows."""
    *before, last = runs
    abbreviated = last.text.endswith("n.d.")  # no date: that point isn't the sentence's
    return (*before, last if abbreviated else Inline(last.text.rstrip("."), last.italic))
