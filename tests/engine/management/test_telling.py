"""What the command line tells at a job's rest."""

from __future__ import annotations

import pytest

from biographies.models import BiographyJob
from engine.management import telling
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def told(job: BiographyJob) -> str:
    said: list[str] = []
    telling.review(job, said.append)
    return "\n".join(said)


def test_a_book_with_chapters_that_could_not_be_written_says_which_and_why() -> None:
    job = rows.job(character="Ada Quill", status="needs_review")
    rows.chapter(
        job=job, title="Paris", status="parked", parked_reason="The model repeats itself without end."
    )
    rows.chapter(job=job, title="Leith", status="needs_review")
    words = told(job)
    assert "“1. Paris”: parked. The model repeats itself without end." in words
    assert "is written, but 1 chapter or section couldn't be.\n2 chapters and sections wait" in words
    assert "Leith" not in words


def test_a_whole_book_waits_and_says_what_it_has_cost() -> None:
    job = rows.job(character="Ada Quill", status="needs_review", author="model", spent_micros=1_230_000)
    rows.chapter(job=job, status="needs_review")
    words = told(job)
    assert "is written.\n1 chapter or section waits" in words
    assert "Language models: $1.23 spent" in words
