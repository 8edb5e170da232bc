"""The pattern of the test databases is never taken for whole when it isn't, or for new when it is old."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from tests import databases


def test_a_pattern_of_other_migrations_is_none(tmp_path: Path) -> None:
    place, pattern, draft = databases.Files(), str(tmp_path / "pattern"), tmp_path / "draft"
    draft.write_bytes(b"rows")
    place.keep(str(draft), pattern, "today")
    assert place.holds(pattern, "today")
    assert not place.holds(pattern, "tomorrow")


def test_a_draft_that_was_never_finished_is_no_pattern(tmp_path: Path) -> None:
    (tmp_path / "pattern_draft").write_bytes(b"half")
    assert not databases.Files().holds(str(tmp_path / "pattern"), "today")


def test_a_copy_takes_nothing_from_the_last_run(tmp_path: Path) -> None:
    (tmp_path / "pattern").write_bytes(b"new")
    for name in ("copy", "copy-wal", "copy-shm"):
        (tmp_path / name).write_bytes(b"old")
    databases.Files().copy(str(tmp_path / "pattern"), str(tmp_path / "copy"))
    assert (tmp_path / "copy").read_bytes() == b"new"
    assert not list(tmp_path.glob("copy-*"))


def test_a_name_is_nobody_elses_while_its_process_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "VAR_DIR", tmp_path)
    held: list[IO[str]] = []
    monkeypatch.setattr(databases, "_held", held)
    assert [databases._is_ours(name) for name in ("one", "one", "other")] == [True, False, True]
    for lock in held:
        lock.close()
    assert databases._is_ours("one")
