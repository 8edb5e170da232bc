"""A text cut at its blank lines, and put together again to the byte."""

from __future__ import annotations

import pytest

from engine import paragraphs

ODD = [
    "One.[^1]\n\nTwo.[^2]\n\nThree.",
    "\n\nOne.\n \n\t\n\n\nTwo,\nin two lines.\n\nThree.\n",
    "  One.\n\nTwo.  \n\n\n\n",
    "One.",
    "",
    "\n\n\n",
]


@pytest.mark.parametrize("text", ODD)
def test_nothing_exchanged_is_the_text(text: str) -> None:
    assert paragraphs.exchanged(text, {}) == text
    same = dict(enumerate(paragraphs.cut(text), 1))
    assert paragraphs.exchanged(text, same) == text


@pytest.mark.parametrize("text", [text for text in ODD if text.strip()])
def test_what_is_outside_stays_to_the_byte(text: str) -> None:
    for number, own in enumerate(paragraphs.cut(text), 1):
        before, after = text.split(own, 1)
        assert paragraphs.exchanged(text, {number: "NEW\n\nTWICE"}) == f"{before}NEW\n\nTWICE{after}"


def test_paragraphs_are_numbered_without_the_gaps() -> None:
    assert paragraphs.cut(ODD[1]) == ["One.", "Two,\nin two lines.", "Three."]


def test_marks_are_those_that_are_read_as_marks() -> None:
    assert paragraphs.marks_of(r"One.[^1][^12] It says \[^3\].") == {1, 12}


@pytest.mark.parametrize(
    ("text", "prose"),
    [("She drew.[^1]", True), ("# Maps", False), ("**1850** — She drew.", False), ("> She drew.", False)],
)
def test_only_running_text_is_prose(text: str, prose: bool) -> None:
    assert paragraphs.is_prose(text) is prose
