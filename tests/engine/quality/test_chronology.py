"""Chapters and rows of the timeline in order."""

from __future__ import annotations

from engine.quality import chronology
from tests.engine.quality.makers import book, view


def test_a_chapter_that_goes_back_in_time_is_seen() -> None:
    views = [view("She drew.", name=str(year), years=(year,)) for year in (1801, 1850, 1820)]
    (seen,) = chronology.check_book(views)
    assert "1820" in seen.message
    assert list(chronology.check_book(views[:2])) == []


def test_without_facts_the_text_says_when_a_chapter_plays() -> None:
    late = "In 1850 she sailed. In 1851 she drew. In 1852 she wrote."
    early = "In 1820 she sailed. In 1821 she drew. In 1822 she wrote."
    assert len(list(chronology.check_book(book(late, early)))) == 1
    assert list(chronology.check_book(book(late, "In 1820 she sailed."))) == []


def test_a_row_of_the_timeline_out_of_order_is_seen() -> None:
    rows = "**1801** — Born.\n\n**May 1838** — Fled.\n\n**1838** — Wed.\n\n**1820** — Sailed."
    (seen,) = chronology.check(view(rows, kind="timeline"))
    assert seen.place == "1820"
    assert list(chronology.check(view(rows))) == []
