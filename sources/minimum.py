"""How many valid sources a book wants before anything is spent on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from biographies.models import BiographyJob
from biographies.vocabulary import Mode

STANDARD_WORDS: Final = 51_000  # the standard book; one that wishes for fewer words wants fewer sources
LEAST: Final = 3  # with fewer, one source would give more than a third of the book


@dataclass(frozen=True, slots=True)
class Minimum:
    """The fewest valid sources, and a sentence for the editor that says where the number comes from."""

    number: int
    because: str


def minimum_of(job: BiographyJob) -> Minimum:
    """The job's own minimum where it has one; else that of its mode, in proportion to a short book's words."""
    if job.min_sources is not None:
        return Minimum(job.min_sources, _("The job itself says so."))
    by_mode = settings.MIN_SOURCES_MANUAL if job.mode == Mode.MANUAL else settings.MIN_SOURCES_FOUND
    mode = job.get_mode_display()
    if job.wanted_words is None or job.wanted_words >= STANDARD_WORDS:
        return Minimum(by_mode, _("That is the minimum of its mode (%s).") % mode)
    number = min(by_mode, max(LEAST, ceil(by_mode * job.wanted_words / STANDARD_WORDS)))
    said = {"by_mode": by_mode, "mode": mode, "words": job.wanted_words}
    because = _("Lowered from %(by_mode)d (%(mode)s), since the book is to have %(words)d words only.") % said
    return Minimum(number, because)
