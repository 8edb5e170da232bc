"""Do the chapters, and the rows of the timeline, follow one another in time?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median_low

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.times import plain_dates, years_of
from engine.quality.views import SectionView

NAME = "chronology"
_ENOUGH = 3  # dates named in a text; fewer say too little of when a chapter plays


def check(view: SectionView) -> Iterator[Seen]:
    """A row of the timeline that lies wholly before the row above it."""
    if view.kind != ChapterKind.TIMELINE:
        return
    labels = [block.label for block in view.blocks if block.label]
    dated = [(label, plain_dates(label, view.about.language)) for label in labels]
    for (above, earlier), (below, later) in pairwise([row for row in dated if row[1]]):
        if later[0].last < earlier[0].first:
            message = _("“%(below)s” stands after “%(above)s”.") % {"above": above, "below": below}
            yield Seen(NAME, Severity.WARNING, message, below)


def check_book(views: Iterable[SectionView]) -> Iterator[Seen]:
    """A chapter whose dated facts lie, by their middle, before those of the chapter that precedes it."""
    chapters = [(view, years_of(view)) for view in views if view.kind == ChapterKind.CHAPTER]
    dated = [
        (view.name, median_low(years))
        for view, years in chapters
        if len(years) >= (1 if view.dates else _ENOUGH)
    ]
    for (before, earlier), (after, later) in pairwise(dated):
        if later < earlier:
            places = {"one": before, "other": after, "y1": earlier, "y2": later}
            message = _("“%(other)s” (about %(y2)d) goes back before “%(one)s” (about %(y1)d).") % places
            yield Seen(NAME, Severity.WARNING, message)
