"""Title and author from the head of a plain text."""

from __future__ import annotations

import pytest

from sources.extracting.heads import head_of
from sources.extracting.plain import read_plain

PROSE = "\n\n" + "I was born in the village of Skerra, and lived there until the boats came for us all. " * 5


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("MY ESCAPE FROM SLAVERY", "MY ESCAPE FROM SLAVERY", ""),
        ("The Heroine of Radium", "The Heroine of Radium", ""),
        ("              THE DISCOVERY OF RADIUM\n", "THE DISCOVERY OF RADIUM", ""),
        ("A Life\nof Elspeth Marrow\n\nby Jonas Petrie", "A Life of Elspeth Marrow", "Jonas Petrie"),
        ("Tides and Lamps\nBy Elspeth Marrow", "Tides and Lamps", "Elspeth Marrow"),
        ("INTRODUCTION\n\n\nBY MRS. WILLIAM BROWN MELONEY", "", "MRS. WILLIAM BROWN MELONEY"),
        (
            "Memorias de una herborista\n\npor Teodora Valcárcel",
            "Memorias de una herborista",
            "Teodora Valcárcel",
        ),
        ("Cartas desde Huesca", "Cartas desde Huesca", ""),
        ("What Is a Tide?", "What Is a Tide?", ""),
        # no titles
        ("CHAPTER V\nTHE DREAM BECOME A REALITY", "", ""),
        ("VIII.", "", ""),
        ("PREFACE", "", ""),
        ("Capítulo 3", "", ""),
        ("Dear Ada,", "", ""),
        ("My dear Friend", "", ""),
        ("Rochester, Sept. 3, 1848", "", ""),
        ("Edinburgh, 4 March 1851", "", ""),
        ("It was raining on the pier", "", ""),
        ("He died.", "", ""),
        ("14", "", ""),
        ("* * *", "", ""),
        ("by the time the boats came", "", ""),
        ("", "", ""),
    ],
)
def test_the_head_of_a_text(head: str, title: str, author: str) -> None:
    draft = read_plain((head + PROSE).encode())
    assert (draft.title, draft.author) == (title, author)


def test_a_head_without_a_text_is_none() -> None:
    assert head_of(["A Title", "", "Two words"]) == ("", "")
    assert head_of([]) == ("", "")


def test_fields_go_before_the_head() -> None:
    said = b"Title: A Life of Elspeth Marrow\nAuthor: Jonas Petrie\n\nTHE TIDE READER\n"
    draft = read_plain(said + PROSE.encode())
    assert (draft.title, draft.author) == ("A Life of Elspeth Marrow", "Jonas Petrie")
