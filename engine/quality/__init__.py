"""Quality control: one small pure module per check, and the two entrances that feed them from rows."""

from __future__ import annotations

from typing import Final

from biographies.actions import Seen
from biographies.models import BiographyJob, Chapter
from engine.quality import chronology, citations, contradictions, length, repetition
from engine.quality.disputes import read_disputes
from engine.quality.views import read_book, read_section

_SECTION: Final = (length, citations, repetition)
_BOOK: Final = (repetition, chronology)

SECTION_CHECKS: Final = tuple(module.NAME for module in _SECTION)
BOOK_CHECKS: Final = (*(module.NAME for module in _BOOK), contradictions.NAME)


def check_section(chapter: Chapter) -> list[Seen]:
    """What the checks see in the current text of one section."""
    view = read_section(chapter)
    return [seen for module in _SECTION for seen in module.check(view)]


def check_book(job: BiographyJob) -> list[Seen]:
    """What the checks see across the numbered chapters."""
    views = read_book(job)
    seen = [seen for module in _BOOK for seen in module.check_book(views)]
    return [*seen, *contradictions.check_book(read_disputes(job))]
