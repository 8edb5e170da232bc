"""What may be chosen for an export."""

from __future__ import annotations

from typing import Any

import pytest

from biographies.errors import BadWish
from biographies.exports.options import DEFAULTS, ExportOptions


def test_what_is_kept_is_read_again() -> None:
    chosen = ExportOptions(trim="a5", notes="endnotes", recto=True)
    assert ExportOptions.of(chosen.as_json()) == chosen
    assert ExportOptions.of({}) == DEFAULTS


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"trim": "7x7"}, "trim"),
        ({"notes": ""}, "notes"),
        ({"recto": "on"}, "recto"),
        ({"colour": 1}, "colour"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(told: dict[str, Any], field: str) -> None:
    with pytest.raises(BadWish) as refused:
        ExportOptions.of(told)
    assert refused.value.field == field
