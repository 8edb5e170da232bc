"""A claim that copies its source: what was exchanged counts, what is only told less exactly doesn't."""

from __future__ import annotations

import pytest

from sources.support import check


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
