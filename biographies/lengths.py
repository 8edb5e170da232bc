"""How long a book is for which nobody says: CHAPTERS_NUMBER, TOTAL_WORDS and WORDS_PER_CHAPTER of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

CHAPTERS, WORDS = "wanted_chapters", "wanted_words"
SPREAD: Final = 0.1  # by which the three settings may differ from one another


def house_length() -> tuple[int | None, int | None]:
    """Chapters and words of a book, where the settings say so; None leaves it to the author and the sources."""
    chapters, words = settings.CHAPTERS_NUMBER, settings.TOTAL_WORDS
    each = settings.WORDS_PER_CHAPTER
    if each and chapters and not words:
        words = chapters * each
    if each and words and not chapters:
        chapters = max(1, round(words / each))
    return chapters, words


def with_house_length(wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The wishes for a job, with a length where they say none; where they say half, by the words of a chapter."""
    told = dict(wishes)
    each = settings.WORDS_PER_CHAPTER
    if CHAPTERS not in told and WORDS not in told:
        chapters, words = house_length()
        told |= {name: value for name, value in ((CHAPTERS, chapters), (WORDS, words)) if value}
    elif each and told.get(CHAPTERS) and WORDS not in told:
        told[WORDS] = told[CHAPTERS] * each
    elif each and told.get(WORDS) and CHAPTERS not in told:
        told[CHAPTERS] = max(1, round(told[WORDS] / each))
    return told


def disagree() -> bool:
    """Whether the three settings can't all be meant."""
    chapters, words, each = settings.CHAPTERS_NUMBER, settings.TOTAL_WORDS, settings.WORDS_PER_CHAPTER
    return bool(chapters and words and each and abs(chapters * each - words) > SPREAD * words)
