"""Two texts, word by word."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest

from biographies import comparing
from biographies.comparing import Step, compare

WORDS = ["Ada", "Quill", "maps", "[^3]", ".", "\n\n", "’s", "ñandú", " ", "1838"]


def test_one_word_is_changed() -> None:
    assert compare("She drew maps.[^1] It rained.", "She sold maps.[^1] It rained.") == [
        Step("equal", "She "),
        Step("delete", "drew "),
        Step("insert", "sold "),
        Step("equal", "maps.[^1] It rained."),
    ]


def test_a_paragraph_that_stays_is_one_step() -> None:
    before, after = "First one.\n\nSecond one.\n\nThird.", "First one.\n\nAnother.\n\nThird."
    steps = compare(before, after)
    assert steps[0] == Step("equal", "First one.\n\n")
    assert steps[-1].text.endswith("Third.")


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "New."), ("Old.", ""), ("Same.", "Same.")])
def test_the_ends(before: str, after: str) -> None:
    steps = compare(before, after)
    assert "".join(step.text for step in steps if step.op != "insert") == before
    assert "".join(step.text for step in steps if step.op != "delete") == after


@pytest.mark.parametrize("seed", range(20))
def test_the_steps_lead_from_one_to_the_other_to_the_byte(seed: int) -> None:
    chance = random.Random(seed)
    before, after = (" ".join(chance.choices(WORDS, k=chance.randrange(40))) for _time in range(2))
    steps = compare(before, after)
    assert "".join(step.text for step in steps if step.op != "insert") == before
    assert "".join(step.text for step in steps if step.op != "delete") == after
    assert all(one.op != other.op for one, other in pairwise(steps))


def test_a_passage_that_would_take_too_long_is_changed_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_PAIRS", 10)
    assert [step.op for step in compare("a b c d e", "a b c d f")] == ["delete", "insert"]


def test_long_chapters_are_compared_in_a_moment() -> None:
    before = "\n\n".join(f"Paragraph {n} tells of the {n * 7 % 90} maps that she drew." for n in range(1500))
    began = time.monotonic()
    compare(before, before.replace("Paragraph 700 ", "Section 700 "))
    assert time.monotonic() - began < 5
