"""Neighbouring chapters."""

from __future__ import annotations

import pytest

from biographies.vocabulary import Severity
from engine.quality import coherence
from tests.engine.quality.makers import book, view

ENDS = view("She left Leith for good.", years=(1820, 1821))


@pytest.mark.parametrize(
    ("opening", "findings"),
    [
        ("She drew the maps of every harbour.", 1),
        ("By 1830 she drew the maps of every harbour.", 0),
        ("Nine years later she drew the maps of every harbour.", 0),
    ],
)
def test_a_leap_in_time_needs_a_mark(opening: str, findings: int) -> None:
    begins = view(opening, name="2. Oslo", years=(1830, 1831))
    assert len(list(coherence.check_book([ENDS, begins]))) == findings


def test_a_title_with_a_year_marks_the_leap_and_a_small_step_needs_none() -> None:
    assert list(coherence.check_book([ENDS, view("She drew.", name="2. Oslo, 1830", years=(1830,))])) == []
    assert list(coherence.check_book([ENDS, view("She drew.", name="2. Oslo", years=(1823,))])) == []


FIRST = "Mr. John Barlow met Mrs. Jane Carter. In 1820 a letter of Mr. Peter Lowry reached Mr. John Barlow."


def test_neighbours_that_share_nobody_and_no_time_are_told() -> None:
    other = "Mr. Hans Olsen met Mrs. Greta Lund. In 1822 a letter of Mr. Nils Berg reached Mr. Hans Olsen."
    (seen,) = coherence.check_book(book(FIRST, other))
    assert seen.severity == Severity.INFO
    shared = "Mr. Hans Olsen met Mrs. Greta Lund. In 1822 a letter of Mr. Nils Berg reached Mr. John Barlow."
    assert list(coherence.check_book(book(FIRST, shared))) == []
    assert list(coherence.check_book(book(FIRST, other.replace("1822", "1820")))) == []
