"""What an editor is told of sources that disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biographies.actions import Seen, add_revision
from biographies.models import BiographyJob
from biographies.vocabulary import Origin, Severity
from engine import quality
from engine.quality import contradictions
from engine.quality.contradictions import DisputeView
from sources.actions import CitationDraft, store_citations
from tests.engine.quality import makers
from tests.fakes import rows

BORN, ELSE = "Ada Quill was born in Leith in 1801.", "Ada Quill was born in Leith in 1803."
DISPUTE = DisputeView("birth", BORN, "A Life", ELSE, "A Sketch", "witnesses", (2, 1))


def test_the_finding_says_who_says_what_and_whom_the_book_follows() -> None:
    (seen,) = contradictions.check_book([DISPUTE])
    assert seen.severity == Severity.WARNING
    for part in (BORN, ELSE, "A Life", "A Sketch", "2 against 1", "date of birth"):
        assert part in seen.message


@pytest.mark.parametrize(
    ("kind", "severity"), [("number", "warning"), ("place", "info"), ("spelling", "info")]
)
def test_what_may_well_be_no_contradiction_is_no_warning(kind: str, severity: str) -> None:
    (seen,) = contradictions.check_book([DisputeView(kind, BORN, "A", ELSE, "B", "near")])
    assert seen.severity == severity


@pytest.mark.parametrize("because", ["witnesses", "kind", "near", "credible", "weight", "order"])
def test_every_reason_has_words(because: str) -> None:
    (seen,) = contradictions.check_book([DisputeView("date", BORN, "A", ELSE, "B", because)])
    assert "The book follows A, " in seen.message


@pytest.fixture
def book(db: None) -> BiographyJob:
    """A chapter that tells 1801, and a fact of another source that says 1803."""
    del db
    job = rows.job()
    rows.judged(BORN, job=job, title="A Life")
    rows.judged(ELSE, job=job, title="A Sketch")
    followed = rows.fact(job=job, key="0001-0000000-a", text=BORN, spans=[[1, 0, len(BORN)]])
    dispute = {"kind": "birth", "own": [2, 0, len(ELSE)], "other": [1, 0, len(BORN)]}
    dispute |= {"because": "kind", "counts": [1, 1]}
    rows.fact(
        job=job,
        key="0002-0000000-b",
        text=ELSE,
        spans=[[2, 0, len(ELSE)]],
        contradicts=followed,
        disputes=[dispute],
    )
    return job


def _told(job: BiographyJob, source: int, sentence: str, number: int) -> None:
    chapter = rows.chapter(job=job, chapter_number=number, title=f"Chapter of {source}")
    made = add_revision(chapter=chapter, text=f"{sentence}[^1]", words=8, origin=Origin.GENERATED, by=None)
    draft = CitationDraft(1, source, 0, len(sentence), sentence, sentence, "verbatim")
    store_citations(revision=made, drafts=[draft])


def test_the_book_says_where_either_side_is_told(book: BiographyJob) -> None:
    _told(book, 1, BORN, 1)
    (one,) = _seen(book)
    assert "Chapter of 1" in one.message
    assert one.place == BORN

    _told(book, 2, ELSE, 2)
    (both,) = _seen(book)
    assert "Chapter of 2" in both.message
    assert both.place == ELSE


def test_the_book_says_when_it_tells_only_the_other_statement(book: BiographyJob) -> None:
    _told(book, 2, ELSE, 2)
    (one,) = _seen(book)
    assert "only the other statement is told, in “2. Chapter of 2”" in one.message
    assert one.place == ELSE


def test_one_matter_is_one_finding_however_many_disagree() -> None:
    third = DisputeView(
        "birth", BORN, "A Life", "Quill was born in 1805.", "A Letter", "witnesses", (2, 1), "", "2. B"
    )
    (seen,) = contradictions.check_book([DISPUTE, third])
    for part in ("A Life", "A Sketch", "A Letter", "1803", "1805"):
        assert part in seen.message
    assert seen.place == "Quill was born in 1805."  # the one that the book tells
    assert len(list(contradictions.check_book([DISPUTE, replace(DISPUTE, kind="place")]))) == 2


def test_the_ledger_does_not_tell_it_again() -> None:
    views = makers.book(f"{BORN} She drew maps.", ELSE)
    alone, beside = (quality.book_checked(views, known).counts for known in ([], [DISPUTE]))
    assert (alone["ledger"], alone["contradictions"]) == (1, 0)
    assert (beside["ledger"], beside["contradictions"]) == (0, 1)


def _seen(book: BiographyJob) -> list[Seen]:
    return [seen for seen in quality.check_book(book).seen if seen.check == contradictions.NAME]
