"""What differs, word by word, in bounded time; and the changes of two people in one text."""

from __future__ import annotations

import random
import time

import pytest

from biographies import differences
from biographies.differences import both, changes, counted, rows


def _old(found: list[differences.Change]) -> str:
    return "".join(one.text for one in found if one.kind != "new")


def _new(found: list[differences.Change]) -> str:
    return "".join(one.text for one in found if one.kind != "gone")


def test_words_are_compared_and_never_parts_of_words() -> None:
    found = changes("She kept bees in Leith.", "She kept beehives in Leith.")
    assert [(one.kind, one.text) for one in found] == [
        ("same", "She kept "),
        ("gone", "bees"),
        ("new", "beehives"),
        ("same", " in Leith."),
    ]
    assert counted(found) == (1, 1)


@pytest.mark.parametrize("seed", range(6))
def test_both_texts_can_be_read_from_the_changes(seed: int) -> None:
    chance = random.Random(seed)  # texts for a test
    words = ["one", "two", "three", "l’âge", "\n\n", ".", " ", "𝔞", "[^3]", "数字"]
    first, second = (" ".join(chance.choices(words, k=200)) for _text in range(2))
    found = changes(first, second)
    assert (_old(found), _new(found)) == (first, second)


def test_paragraphs_stand_beside_each_other() -> None:
    made = rows(changes("One.\nTwo is here.\nThree.", "One.\nTwo was here.\nThree.\nFour."))
    assert [row.changed for row in made] == [False, True, False, True]
    assert "".join(one.text for one in made[1].left) == "Two is here."
    assert "".join(one.text for one in made[1].right) == "Two was here."


def test_texts_without_anything_in_common_end_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "SECONDS", 0.05)
    first = " ".join(f"a{number % 977}" for number in range(20_000))
    second = " ".join(f"a{number * 7 % 983}" for number in range(20_000))
    began = time.process_time()
    found = changes(first, second)
    assert time.process_time() - began < 5
    assert (_old(found), _new(found)) == (first, second)


def test_changes_of_two_people_go_into_one_text_unless_they_clash() -> None:
    base = (
        "She was born in Leith.[^1] Her father kept bees there.\n\nIn 1901 she went to the city of Oslo.[^2]"
    )
    mine = base.replace("bees", "goats")
    theirs = base.replace("city of Oslo", "town of Bergen")
    assert both(base, mine, theirs) == mine.replace("city of Oslo", "town of Bergen")
    assert both(base, mine, "Nothing of the kind is told here at all, and so on and on and on.") is None
