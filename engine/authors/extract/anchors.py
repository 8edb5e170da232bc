"""The dates of a source that others lean on: "On May 4th" takes its year from them, "the 4th inst." its month."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from functools import lru_cache

from engine.authors.base import SourceText
from engine.authors.extract.reading import read
from sources.dates import FoundDate, dates_in

_NEAR = 25  # sentences over which a date is remembered, or awaited


class Anchors:
    """The dates that a source gives in full, by the sentence that gives them."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.dates: list[tuple[float, FoundDate]] = []  # a heading stands half a place before its sentence
        section = 0
        for sentence in read(source).sentences:
            if sentence.section != section:  # a letter's dateline, a chapter with its year
                section = sentence.section
                self._take(sentence.index - 0.5, read(source).headings[section])
            self._take(sentence.index, sentence.text)
        self._places = [place for place, _ in self.dates]
        years = {date.first.year for _, date in self.dates}
        self._only = years.pop() if len(years) == 1 else None

    def _take(self, place: float, text: str) -> None:
        known = [date for date in dates_in(text, self.source.language) if is_known(date, self.source)]
        if known:
            self.dates.append((place, known[0]))

    def before(self, place: int) -> dt.date | None:
        """The first day of the date that was told last before a sentence, if it is near."""
        at = bisect_left(self._places, place)
        near = at > 0 and place - self._places[at - 1] <= _NEAR
        return self.dates[at - 1][1].first if near else None

    def year(self, place: int) -> int | None:
        """The year for a day without one: of the date before, else after, else the only one of the source."""
        before = self.before(place)
        if before is not None:
            return before.year
        at = bisect_right(self._places, place)
        if at < len(self._places) and self._places[at] - place <= _NEAR:
            return self.dates[at][1].first.year
        return self._only


@lru_cache(maxsize=256)
def anchors_of(source: SourceText) -> Anchors:
    """The anchors of a source; cached like its reading."""
    return Anchors(source)


def is_known(date: FoundDate, source: SourceText) -> bool:
    """Whether a source can know a date: it doesn't lie after the year in which it was written."""
    return source.year is None or date.first.year <= source.year + 1
