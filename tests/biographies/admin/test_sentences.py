"""Which words on the screen are a sentence, what they show for it, and where they stand in the plain text."""

from __future__ import annotations

from typing import Any

import pytest

from biographies.admin.flags import found_at
from biographies.admin.printing import printed, sentences_of
from biographies.admin.sentences import Shown
from biographies.models import Finding
from engine import reading

pytestmark = pytest.mark.once


def _seen(text: str, kind: str = "chapter", **evidence: str) -> list[tuple[Any, ...]]:
    shown = {int(mark[1:]): Shown(sentence, "verbatim") for mark, sentence in evidence.items()}
    found = sentences_of(printed(text, kind, shown, cited=True))
    plain = reading.plain(text)
    for one in found:
        assert plain[one.offset :].startswith(one.text), "its place is true"
    return [(one.number, one.text, one.cites, one.bare) for one in found]


def test_a_mark_vouches_for_its_own_sentence_alone() -> None:
    text = "Nobody knows how this began at all. She kept bees.[^1] She left.[^2][^3]"
    assert _seen(text, _1="She kept bees.", _2="She left.", _3="She left.") == [
        (1, "Nobody knows how this began at all.", (), True),
        (2, "She kept bees.", (1,), False),
        (3, "She left.", (2, 3), False),
    ]


def test_words_in_italics_dont_cut_a_sentence() -> None:
    text = "*In short:* He read *Macbeth* aloud.[^1] And so on."
    assert _seen(text, _1="He read Macbeth aloud.") == [
        (1, "He read Macbeth aloud.", (1,), False),
        (2, "And so on.", (), True),
    ]


def test_quotation_marks_belong_to_their_sentence_and_a_joint_claims_nothing() -> None:
    text = "He said: “I am here.”[^1]"
    assert _seen(text, _1="I am here.") == [
        (1, "He said:", (), False),
        (2, "“I am here.”", (1,), False),
    ]


def test_rows_of_a_timeline_begin_behind_their_label() -> None:
    text = "**1901** — She went to the city.[^1]\n\n**1902** — She stayed.[^2]"
    assert _seen(text, "timeline", _1="She went to the city.", _2="She stayed.") == [
        (1, "She went to the city.", (1,), False),
        (2, "She stayed.", (2,), False),
    ]


def test_paragraphs_have_the_numbers_by_which_they_are_written_again() -> None:
    text = "One.\n\n# Two\n\nThree.\n\n> Four."
    blocks = [block for group in printed(text, "chapter", {}, cited=True) for block in group.blocks]
    assert [block.paragraph for block in blocks] == [1, 0, 3, 0]
    loose = "- One.\n- Two.\n\nThree."
    blocks = [block for group in printed(loose, "chapter", {}, cited=True) for block in group.blocks]
    assert {block.paragraph for block in blocks} == {0}, "blank lines and Markdown differ: none is offered"


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("She kept bees.", 2),
        ("kept bees", 2),
        ("[^9]", 3),
        ("It began in the dark. She kept bees.", 1),
        ("Not there.", None),
        ("", None),
    ],
)
def test_a_finding_finds_its_sentence(place: str, number: int | None) -> None:
    groups = printed(
        "It began in the dark. She kept bees.[^1] So it was.[^9]",
        "chapter",
        {1: Shown("She kept bees.", "supported")},
        cited=True,
    )
    one = Finding(pk=1, severity="error", status="open", place=place)
    assert [row["sentence"] for row in found_at([one], sentences_of(groups))] == [number]
