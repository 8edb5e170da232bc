"""docs/security.md answers every requirement of the standard, and names only tests that exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# The requirements of OWASP ASVS 5.0.0 for the levels 1 and 2: id and level.
WANTED = dict(line.split() for line in (ROOT / "tests/data/asvs-5.0.0.txt").read_text().splitlines())
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
ROWS = {found[1]: found for found in ROW.finditer(DOCUMENT)}
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", DOCUMENT)))
STATES = {"met", "in part", "yours", "open", "doesn't apply"}


@cache
def text_of(path: str) -> str:
    return (ROOT / "tests" / path).read_text(encoding="utf-8")


def test_every_requirement_has_its_row_and_level() -> None:
    assert len(WANTED) == 253
    assert {number: row[2] for number, row in ROWS.items()} == WANTED
    assert len(ROW.findall(DOCUMENT)) == len(WANTED)  # none twice


def test_what_is_met_is_shown_by_a_test() -> None:
    assert {row[3] for row in ROWS.values()} <= STATES
    shown = {number for number, row in ROWS.items() if "::test_" in row[5]}
    assert not {number for number, row in ROWS.items() if row[3] in {"met", "in part"}} - shown


def test_every_test_that_is_named_exists() -> None:
    assert len(NAMED) > 100
    assert [f"{path}::{name}" for path, name in NAMED if not _holds(path, name)] == []


def _holds(path: str, name: str) -> bool:
    return re.search(rf"^(async )?def {name}\(", text_of(path), re.MULTILINE) is not None


def test_the_door_lists_no_folder_and_its_files_have_the_headers() -> None:
    told = "\n".join(path.read_text() for path in sorted((ROOT / "docker").rglob("*.conf")))
    assert "autoindex" not in told
    (static,) = re.findall(r"location /static/ \{.*?\n *\}", told, re.DOTALL)
    for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Content-Security-Policy"):
        assert re.search(rf"add_header {name} [^;\n]*.* always;", static), name
