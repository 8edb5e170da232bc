"""Do the chapters follow one another in time?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median_low

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.quality.views import SectionView

NAME = "chronology"


def check_book(views: Iterable[SectionView]) -> Iterator[Seen]:
    """A chapter whose dated facts lie, by their middle, before those of the chapter that precedes it."""
    dated = [(view.name, median_low(view.dates)) for view in views if view.dates]
    for (before, earlier), (after, later) in pairwise(dated):
        if later.year < earlier.year:
            places = {"one": before, "other": after, "y1": earlier.year, "y2": later.year}
            message = _("“%(other)s” (about %(y2)d) goes back before “%(one)s” (about %(y1)d).") % places
            yield Seen(NAME, Severity.WARNING, message)
