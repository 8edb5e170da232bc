"""The campaign against the live API can fail: for a side that found something, and for examples that it didn't make."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.fuzz import sides
from tests.fuzz.__main__ import verdict

pytestmark = pytest.mark.once
NAMES = [
    *("GET /api/v1/biographies", "POST /api/v1/biographies", "GET /api/v1/biographies/{job_id}"),
    *(
        "GET /api/v1/biographies/{job_id}/chapters",
        "PATCH /api/v1/biographies/{job_id}/chapters/{chapter_id}",
    ),
    *("GET /api/v1/status", "POST /api/v1/webhooks", "GET /api/v1/webhooks/{endpoint_id}"),
]


@pytest.mark.parametrize("wanted", [1, 2, 3, 20])
def test_operations_are_divided(wanted: int) -> None:
    parts = sides.divided(NAMES, wanted)
    assert sorted(name for part in parts for name in part) == sorted(NAMES)
    assert all(parts)
    assert len(parts) == min(wanted, 4)
    for together in (NAMES[:3], NAMES[3:5], NAMES[6:]):
        assert any(set(together) <= set(part) for part in parts)
    assert max(map(len, parts)) - min(map(len, parts)) <= 2


def test_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    enough = [sides.Result(0, {NAMES[0]: 50}, ""), sides.Result(0, {NAMES[1]: 51}, "")]
    assert verdict(NAMES[:2], enough, 50) == 0
    assert "2 operations, 101 generated examples: 50 of each" in capsys.readouterr().out
    assert verdict(NAMES[:2], enough, 51) == 1
    assert f"TOO FEW: 50 of 51 examples for {NAMES[0]}" in capsys.readouterr().out
    assert verdict(NAMES[:3], enough, 50) == 1  # one that nobody counted
    for status in (1, -9):
        assert verdict(NAMES[:1], [enough[0], sides.Result(status, {}, "")], 50) == 1


def test_a_side_whose_time_runs_out_is_ended(tmp_path: Path) -> None:
    output, status = sides.awaited(_program("print('begun', flush=True); import time; time.sleep(60)"), 1)
    assert status == sides.TIMED_OUT
    assert "THE TIME RAN OUT" in output
    assert sides.awaited(_program("print('done'); raise SystemExit(3)"), 60) == ("done\n", 3)
    assert not sides.counted(tmp_path / "nothing.json")


def _program(source: str) -> sides.Process:
    return sides.started([sys.executable, "-c", source], {})
