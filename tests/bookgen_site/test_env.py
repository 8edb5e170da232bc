"""Secrets from the environment, from a file, or made and kept."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from bookgen_site import env


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(env, "VAR_DIR", tmp_path / "var")
    monkeypatch.delenv("A_KEY", raising=False)
    monkeypatch.delenv("A_KEY_FILE", raising=False)
    return tmp_path


def test_the_environment_goes_first(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "from the environment")
    assert env.kept_secret("A_KEY", "a_key") == "from the environment"
    assert not (var / "var").exists()


def test_a_file_can_hold_it(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (var / "mounted").write_text("from a file\n")
    monkeypatch.setenv("A_KEY_FILE", str(var / "mounted"))
    assert env.kept_secret("A_KEY", "a_key") == "from a file"


def test_an_own_secret_is_made_once_and_kept_private(var: Path) -> None:
    secret = env.kept_secret("A_KEY", "a_key")
    assert len(secret) >= 60
    assert env.kept_secret("A_KEY", "a_key") == secret
    assert stat.S_IMODE((var / "var" / "a_key").stat().st_mode) == 0o600


def test_two_secrets_differ(var: Path) -> None:
    assert env.kept_secret("A_KEY", "a_key") != env.kept_secret("A_KEY", "another_key")


def test_processes_that_start_together_agree(var: Path) -> None:
    gate, secrets = threading.Barrier(8), []

    def start() -> None:
        gate.wait(10)
        secrets.append(env.kept_secret("A_KEY", "a_key"))

    threads = [threading.Thread(target=start) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(secrets) == 8
    assert len(set(secrets)) == 1
    assert [path.name for path in (var / "var").iterdir()] == ["a_key"]  # no drafts left


@pytest.mark.parametrize("before", [None, 0o644, 0o600])
def test_the_database_file_is_private_also_when_it_was_not(tmp_path: Path, before: int | None) -> None:
    path = tmp_path / "var" / "bookgen.sqlite3"
    if before:
        path.parent.mkdir()
        path.write_bytes(b"rows")
        path.chmod(before)
    assert env.private_file(path) == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == (b"rows" if before else b"")
