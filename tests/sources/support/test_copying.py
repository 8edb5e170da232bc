"""A claim that copies its source: what was exchanged counts, what is only told less exactly doesn't."""

from __future__ import annotations

import pytest

from sources.support import check
from sources.vocabulary import Verdict


@pytest.mark.parametrize(
    ("claim", "passage", "holds"),
    [
        ("They married in June 1879.", "They married on June 2, 1879.", True),
        ("He was appointed marshal in March 1877.", "He was appointed marshal on March 18, 1877.", True),
        ("They married in July 1879.", "They married on June 2, 1879.", False),
        ("They married in June 1878.", "They married on June 2, 1879.", False),
        ("They married on June 3, 1879.", "They married on June 2, 1879.", False),
    ],
)
def test_a_date_may_be_told_less_exactly_but_not_otherwise(claim: str, passage: str, holds: bool) -> None:
    assert check(claim, passage).holds is holds


NEIGHBOURS = (
    "In the spring of 1849 she left her uncle's shop in Bremen and sailed on the barque Adelheid to New York, where she"
    " arrived after forty-one days. She taught German to the children of a brewer named Otto Riedl for two dollars a"
    " week, and in 1856 she opened a school of her own in Cincinnati with nineteen pupils."
)


def test_a_date_of_the_sentence_itself_is_not_held_against_the_next() -> None:
    told = "She sailed to New York on the barque Adelheid in 1849."
    assert check(told, NEIGHBOURS).verdict != Verdict.CONTRADICTED
    assert not check(told.replace("1849", "1848"), NEIGHBOURS).holds
    assert not check("She opened a school in Cincinnati in 1849.", NEIGHBOURS).holds


def test_what_failed_is_not_denied_to_have_been() -> None:
    passage = (
        "The physician lent him the money for a second voyage. It was not a success: the ice did not open."
    )
    assert check("The second voyage failed.", passage).verdict != Verdict.CONTRADICTED
    assert check("The physician did not lend him the money for a second voyage.", passage).holds is False


def test_a_word_of_an_office_is_no_rival_of_a_colour() -> None:
    passage = "His last tie with the Black Republic was at the Exposition at Chicago: he had charge of its Building."
    told = "His last office was that of Commissioner for the Republic at the Exposition at Chicago."
    assert check(told, passage).verdict == Verdict.CANNOT_TELL
    other = check(told.replace("Chicago", "Denver"), passage)
    assert not other.holds
