"""Reads of chapters: in printing order, with their open findings."""

from __future__ import annotations

import pytest

from biographies.queries import all_approved, chapters_in_order, numbered_chapters
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_sections_stand_in_the_order_of_the_book() -> None:
    job = rows.job()
    for kind in ("bibliography", "chapter", "glossary", "prologue", "timeline", "epilogue", "introduction"):
        rows.chapter(job=job, kind=kind)
    rows.chapter(job=job, chapter_number=2)
    rows.chapter()  # of another book
    order = [(one.kind, one.chapter_number) for one in chapters_in_order(job.pk)]
    assert order == [
        ("prologue", None),
        ("introduction", None),
        ("timeline", None),
        ("chapter", 1),
        ("chapter", 2),
        ("epilogue", None),
        ("glossary", None),
        ("bibliography", None),
    ]
    assert [one.chapter_number for one in numbered_chapters(job.pk)] == [1, 2]


def test_open_findings_of_the_current_text_are_counted() -> None:
    chapter = rows.written()
    current = chapter.current_revision
    rows.finding(job=chapter.job, revision=current)
    rows.finding(job=chapter.job, revision=current)
    rows.finding(job=chapter.job, revision=current, status="resolved")
    rows.finding(job=chapter.job, revision=rows.revision(chapter=chapter))
    (row,) = chapters_in_order(chapter.job_id)
    assert row.open_findings == 2  # type: ignore[attr-defined]  # annotated


def test_a_book_is_approved_when_every_section_is() -> None:
    job = rows.job()
    assert not all_approved(job.pk)  # a book without chapters is no book
    rows.written(job=job, status="approved")
    assert all_approved(job.pk)
    rows.written(job=job)
    assert not all_approved(job.pk)
