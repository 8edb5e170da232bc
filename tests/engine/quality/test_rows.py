"""The rows of a book as the checks read them."""

from __future__ import annotations

import pytest

from engine.quality.rows import read_section
from sources.vocabulary import Decision
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_only_sources_that_may_enter_the_book_are_read() -> None:
    chapter = rows.written()
    for number, decision in enumerate((Decision.ACCEPTED, Decision.SUGGESTED, Decision.DECLINED), 1):
        rows.source(job=chapter.job, number=number, text=f"Text {number}.", valid=True, decision=decision)
    assert read_section(chapter).about.texts == {1: "Text 1."}
