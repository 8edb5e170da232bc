"""Secrets from the environment, from a file, or made and kept."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from bookgen_site import env, reading


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


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("postgres://bookgen@db:5432/x", "postgres://bookgen:a%2Fb@db:5432/x"),
        ("postgres://db:5432/x?sslmode=require", "postgres://bookgen:a%2Fb@db:5432/x?sslmode=require"),
        ("postgres://me:own@db/x", "postgres://me:own@db/x"),
        ("", ""),
    ],
)
def test_a_password_goes_into_an_address_without_one(url: str, made: str) -> None:
    assert env.with_password(url, "bookgen", "a/b") == made
    assert env.with_password(url, "bookgen", "") == url


@pytest.mark.parametrize(
    ("told", "made"),
    [
        ({}, ""),
        ({"REDIS_HOST": "redis"}, "redis://redis:6379"),
        ({"REDIS_HOST": "::1", "REDIS_PORT": "7000"}, "redis://[::1]:7000"),
        ({"REDIS_HOST": "redis", "REDIS_PASSWORD": "p:w"}, "redis://default:p%3Aw@redis:6379"),
        ({"REDIS_URL": "redis://a:b@other:1/", "REDIS_HOST": "redis"}, "redis://a:b@other:1"),
    ],
)
def test_redis_by_its_parts(monkeypatch: pytest.MonkeyPatch, told: dict[str, str], made: str) -> None:
    for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert env.redis_address() == made


@pytest.mark.parametrize(
    ("value", "number", "switch", "wrong"),
    [
        ("", 7, True, set()),
        ("12", 12, True, {"A_SWITCH"}),
        ("off", 7, False, {"A_NUMBER"}),
        ("1", 1, True, set()),
        ("ye", 7, True, {"A_NUMBER", "A_SWITCH"}),
    ],
)
def test_what_cannot_be_read_is_its_default_and_told(
    monkeypatch: pytest.MonkeyPatch, value: str, number: int, switch: bool, wrong: set[str]
) -> None:
    found: dict[str, str] = {}
    monkeypatch.setattr(reading, "WRONG", found)
    monkeypatch.setenv("A_NUMBER", value)
    monkeypatch.setenv("A_SWITCH", value)
    asked = reading.Env()
    assert asked.int("A_NUMBER", default=7) == number
    assert asked.bool("A_SWITCH", default=True) is switch
    assert set(found) == wrong
    assert value not in found.values()
