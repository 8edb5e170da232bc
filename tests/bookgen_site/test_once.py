"""A value made once, by one thread."""

from __future__ import annotations

import time

from bookgen_site.lib.once import once
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
