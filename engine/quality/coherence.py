"""Does a chapter take up where the one before it left off?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.people import People, people_of
from engine.quality.times import names_time, years_of
from engine.quality.views import SectionView

NAME = "coherence"
_BREAK: Final = 5  # years between two chapters that a reader must be told of
_OPENING: Final = 150  # words, about half a page, in which a chapter's time should be named
_ENOUGH_PEOPLE: Final = 3  # of each chapter, before it's odd that they share none


def check_book(views: Iterable[SectionView]) -> Iterator[Seen]:
    """A leap in time that nothing marks, and neighbours that share nobody and no time."""
    chapters = [view for view in views if view.kind == ChapterKind.CHAPTER]
    if len(chapters) < 2:
        return
    people = people_of(chapters)
    for before, after in pairwise(chapters):
        yield from _leap(before, after)
        yield from _strangers(before, after, people)


def _leap(before: SectionView, after: SectionView) -> Iterator[Seen]:
    ended, begins = years_of(before), years_of(after)
    if not ended or not begins or begins[0] - max(ended) < _BREAK or _marks_time(after):
        return
    told = {"one": before.name, "other": after.name, "y1": max(ended), "y2": begins[0]}
    message = _(
        "“%(one)s” ends about %(y1)d, “%(other)s” begins about %(y2)d, and its opening names no time."
    )
    opening = next((one.text for one in after.told), "")
    yield Seen(NAME, Severity.WARNING, message % told, opening)


def _marks_time(view: SectionView) -> bool:
    opening = " ".join(" ".join(view.paragraphs).split()[:_OPENING])
    return names_time(f"{view.name}. {opening}", view.about.language)


def _strangers(before: SectionView, after: SectionView, people: People) -> Iterator[Seen]:
    one, other = people.in_section(before), people.in_section(after)
    if min(len(one), len(other)) < _ENOUGH_PEOPLE or one & other:
        return
    ended, begins = years_of(before), years_of(after)
    if ended and begins and min(begins) - max(ended) < 1 and min(ended) - max(begins) < 1:
        return
    message = _("“%(one)s” and “%(other)s” share no time, and nobody but the subject.")
    yield Seen(NAME, Severity.INFO, message % {"one": before.name, "other": after.name})
