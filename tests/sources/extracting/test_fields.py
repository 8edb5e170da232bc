"""Titles, authors and dates that programs wrote are none."""

from __future__ import annotations

import pytest

from sources.extracting.fields import author_of, date_of, file_date_of, title_of
from sources.extracting.reading import extract_here
from tests.fakes.documents import word


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Untitled",
        "untitled document",
        "Document1",
        "Microsoft Word - roe_3.doc",
        "Microsoft Word - Document1",
        "scan0001.pdf",
        "IMG_2041",
        "index.html",
        "www.example.com",
        "https://example.com/roe",
        "Sin título",
        "---",
        "PowerPoint Presentation",
    ],
)
def test_no_titles(title: str) -> None:
    assert title_of(title) == ""


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("The Life of Jane Roe", "The Life of Jane Roe"),
        ("Microsoft Word - The Life of Jane Roe.doc", "The Life of Jane Roe"),
        ("Roe", "Roe"),
        ("1984", "1984"),
        ("Home and Abroad", "Home and Abroad"),
        ("Dr. Roe's Index", "Dr. Roe's Index"),
        ("Jane Roe, M.D.", "Jane Roe, M.D."),
        ("Жизнь", "Жизнь"),
    ],
)
def test_titles(said: str, title: str) -> None:
    assert title_of(said) == title


@pytest.mark.parametrize(
    "author",
    [
        "",
        "admin",
        "Administrator",
        "unknown",
        "Windows User",
        "python-docx",
        "jane@example.com",
        "example.com",
        "?",
    ],
)
def test_no_authors(author: str) -> None:
    assert author_of(author) == ""


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("By J. P. Smith", "J. P. Smith"),
        ("Posted by María Roldán", "María Roldán"),
        ("St. John Ervine", "St. John Ervine"),
        ("Byron", "Byron"),
        ("The Admin Board", "The Admin Board"),
        ("Anonymous", "Anonymous"),
    ],
)
def test_authors(said: str, author: str) -> None:
    assert author_of(said) == author


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("D:19070301000000Z", "1907-03-01"),
        ("D:1907", "1907"),
        ("D:19070101000000", "1907"),
        ("D:20240511093000+02'00'", ""),
        ("D:0000", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_file_knows_when_it_was_made_not_when_its_text_was(said: str, date: str) -> None:
    assert file_date_of(said) == date


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2001-02-03T04:05:06Z", "2001-02-03"),
        ("1845", "1845"),
        ("May 1849", "May 1849"),
        ("1970-01-01T00:00:00Z", ""),
        ("recently", ""),
    ],
)
def test_a_page_gives_its_date_without_the_time_of_day(said: str, date: str) -> None:
    assert date_of(said) == date


def test_a_word_file_written_by_a_program_has_no_author() -> None:
    found = extract_here(word("She was born in Leeds.", title="Document1", author="python-docx"), "a.docx")
    assert (found.title, found.author, found.date) == ("", "", "")
