"""Small views for the tests of the checks."""

from __future__ import annotations

import datetime as dt

from engine import reading
from engine.quality.views import About, CitedSentence, SectionView

ABOUT = About(name="Ada Quill", language="en")


def cited(
    number: int,
    sentence: str,
    stored: str | None = None,
    verdict: str = "verbatim",
    *,
    because: str = "",
    source: int = 1,
    start: int = 0,
) -> CitedSentence:
    """A citation whose source says what the sentence says, or `stored`."""
    said = sentence if stored is None else stored
    return CitedSentence(number, sentence, said or sentence, said, verdict, because, source, start)


def view(
    text: str,
    *citations: CitedSentence,
    kind: str = "chapter",
    name: str = "1. Leith",
    about: About = ABOUT,
    years: tuple[int, ...] = (),
) -> SectionView:
    """A section with this text."""
    dates = tuple(dt.date(year, 1, 1) for year in years)
    return SectionView(name, kind, tuple(reading.parse(text)), 100, 100, citations, dates, text, about)


def book(*texts: str, about: About = ABOUT) -> list[SectionView]:
    """Chapters with these texts."""
    return [view(text, name=f"{place}. Part", about=about) for place, text in enumerate(texts, 1)]
