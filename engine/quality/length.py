"""Is the section about as long as the outline wanted?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.quality.views import SectionView

NAME = "length"


def check(view: SectionView) -> Iterator[Seen]:
    """A finding when the words are off the target by more than the author may be, an error when there are none."""
    if not view.words:
        yield Seen(NAME, Severity.ERROR, _("It has no words."))
        return
    if not view.target_words:
        return
    if abs(view.words - view.target_words) > view.tolerance * view.target_words:
        numbers = {"words": view.words, "target": view.target_words}
        message = _("It has %(words)d words; the outline wanted about %(target)d.") % numbers
        yield Seen(NAME, Severity.WARNING, message)
