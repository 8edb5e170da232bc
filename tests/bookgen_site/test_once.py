"""A value made once, by one thread."""

from __future__ import annotations

import time
from functools import partial

import pytest

from bookgen_site.lib.once import once, once_each
from tests.fakes.threads import at_once


def test_many_threads_ask_and_one_makes() -> None:
    made: list[int] = []

    @once
    def table() -> list[int]:
        time.sleep(0.05)
        made.append(1)
        return [len(made)]

    answers = at_once([table, table, table, table])
    assert answers == [[1]] * 4
    assert all(answer is answers[0] for answer in answers)


def test_each_answer_is_made_by_one_thread() -> None:
    made: list[int] = []

    @once_each(most=10)
    def square(number: int) -> list[int]:
        time.sleep(0.05)
        made.append(number)
        return [number * number]

    answers = at_once([partial(square, number) for number in (2, 3, 2, 3, 2)])
    assert answers == [[4], [9], [4], [9], [4]]
    assert sorted(made) == [2, 3]
    assert answers[0] is answers[2] is square(2)


def test_nothing_is_an_answer_and_an_error_is_none() -> None:
    asked: list[str] = []

    @once_each(most=10)
    def read(text: str) -> str | None:
        asked.append(text)
        if len(asked) == 1:
            raise LookupError(text)
        return None

    with pytest.raises(LookupError):
        read("a")
    assert read("a") is None
    assert read("a") is None
    assert asked == ["a", "a"]


def test_the_newest_answers_are_kept() -> None:
    made: list[tuple[int, int]] = []

    @once_each(most=2)
    def added(one: int, other: int) -> int:
        made.append((one, other))
        return one + other

    for pair in ((1, 1), (1, 2), (1, 1), (1, 3), (1, 1), (1, 2)):
        assert added(*pair) == sum(pair)
    assert made == [(1, 1), (1, 2), (1, 3), (1, 2)]  # asked for again, (1, 1) outlived (1, 2)


def test_as_many_are_kept_as_there_is_room_for() -> None:
    made: list[str] = []

    @once_each(most=100, room=10, size=len)
    def upper(text: str) -> str:
        made.append(text)
        return text.upper()

    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"):
        assert upper(text) == text.upper()
    assert made == ["aaaa", "bbbb", "cccc", "bbbb"]
    assert [upper("d" * 11), upper("d" * 11)] == ["D" * 11] * 2  # larger than the room, and kept all the same
    assert made[4:] == ["d" * 11]
    upper("aaaa")
    assert made[5:] == ["aaaa"]
