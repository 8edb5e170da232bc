"""A wrong setting is told at start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from bookgen_site import checks, env, reading
from scripts.tools.places import ROOT


def ids(found: object) -> list[str | None]:
    return [message.id for message in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("database", "redis", "told"),
    [
        ("", "", []),
        ("postgres://x", "redis://x", []),
        ("postgres://x", "", ["bookgen.W001"]),
        ("", "redis://x", ["bookgen.E001"]),
    ],
)
def test_half_a_profile(monkeypatch: pytest.MonkeyPatch, database: str, redis: str, told: list[str]) -> None:
    monkeypatch.setattr(env, "DATABASE_URL", database)
    monkeypatch.setattr(env, "REDIS_URL", redis)
    assert ids(checks.profile_is_whole()) == told


def test_numbers_of_the_engine(settings: Settings) -> None:
    assert ids(checks.engine_numbers()) == []
    settings.ENGINE_THREADS, settings.ENGINE_LEASE_SECONDS = 0, 5
    assert ids(checks.engine_numbers()) == ["bookgen.E002", "bookgen.E003"]


def test_finders_that_do_not_exist(settings: Settings) -> None:
    assert ids(checks.finders_are_known()) == []
    settings.SOURCE_FINDERS, settings.FINDER_URLS = ["wikidata", "oracle"], {"delphi": "https://x.example"}
    assert ids(checks.finders_are_known()) == ["bookgen.E020", "bookgen.E020"]


def test_a_team_brings_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "SECRETS_KEY", "SECRET_KEY_FILE", "SECRETS_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(env, "EMBEDDED", True)
    assert ids(checks.team_has_own_keys()) == []
    monkeypatch.setattr(env, "EMBEDDED", False)
    assert ids(checks.team_has_own_keys()) == ["bookgen.E004", "bookgen.E004"]
    monkeypatch.setenv("SECRET_KEY", "long")
    monkeypatch.setenv("SECRETS_KEY_FILE", "/run/secrets/key")
    assert ids(checks.team_has_own_keys()) == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        *(
            ("books.lan", 0),
            ("books.lan:8080", 0),
            ("10.0.0.5:8080", 0),
            ("[fd00::5]:80", 0),
            ("archiv-süd.lan", 0),
        ),
        *(
            ("http://books.lan", 1),
            ("books.lan/x", 1),
            ("*.lan", 1),
            ("books.lan:0", 1),
            ("books.lan:http", 1),
        ),
        *(("", 1), ("a b", 1), ("me@books.lan", 1), ("10.5:80", 1), ("books.lan:80:80", 1)),
    ],
)
def test_hosts_that_open_nothing_are_told(settings: Settings, entry: str, told: int) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["archive.lan", entry]
    found = checks.allowed_hosts_of_fetching()
    assert ids(found) == ["bookgen.E010"] * told
    assert all(message.hint for message in found)


@pytest.mark.parametrize("wrong", [0, -1, 1001])
@pytest.mark.parametrize("name", ["MIN_SOURCES_MANUAL", "MIN_SOURCES_FOUND"])
def test_minimum_of_sources(settings: Settings, name: str, wrong: int) -> None:
    assert ids(checks.source_numbers()) == []
    setattr(settings, name, wrong)
    found = checks.source_numbers()
    assert ids(found) == ["bookgen.E005"]
    assert name in found[0].msg


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("WEBHOOK_ALLOWED_HOSTS", ["hooks.lan:8080"], []),
        ("WEBHOOK_ALLOWED_HOSTS", ["https://hooks.lan"], ["bookgen.E040"]),
        ("ALERT_SLACK_URL", "https://hooks.slack.example/secret", []),
        ("ALERT_SLACK_URL", "hooks.slack.example/secret", ["bookgen.E041"]),
        ("ALERT_PAGERDUTY_URL", "", []),
    ],
)
def test_receivers_of_messages(settings: Settings, name: str, value: Any, told: list[str]) -> None:
    setattr(settings, name, value)
    found = checks.receivers_of_messages()
    assert ids(found) == told
    assert not any("secret" in str(message.msg) for message in found)


@pytest.mark.parametrize(
    ("check", "changed", "told"),
    [
        (checks.words_of_logs, {"LOG_LEVEL": "loud"}, ["bookgen.E061"]),
        (checks.words_of_logs, {"API_LOG_LEVEL": "debug", "WORKER_LOG_LEVEL": ""}, []),
        (checks.words_of_logs, {"WORKER_LOG_LEVEL": "x", "LOG_FORMAT": "xml"}, ["bookgen.E061"] * 2),
        (checks.length_of_books, {}, []),
        (checks.length_of_books, {"CHAPTERS_NUMBER": 0, "TOTAL_WORDS": 499}, ["bookgen.E062"] * 2),
        (checks.length_of_books, {"WORDS_PER_CHAPTER": 0}, ["bookgen.E062"]),
        (
            checks.length_of_books,
            {"CHAPTERS_NUMBER": 20, "TOTAL_WORDS": 51_000, "WORDS_PER_CHAPTER": 9000},
            ["bookgen.E063"],
        ),
        (checks.times_of_keeping, {"KEEP_EVENTS_DAYS": 0, "KEEP_LOGS_DAYS": 36_500}, []),
        (checks.times_of_keeping, {"KEEP_EVENTS_DAYS": 36_501}, ["bookgen.E064"]),
        (checks.times_of_keeping, {"KEEP_EVENTS_DAYS": -1, "KEEP_LOGS_DAYS": -1}, ["bookgen.E064"] * 2),
        (checks.webhook_of_settings, {"WEBHOOK_URL": "https://example.org/x"}, []),
        (checks.webhook_of_settings, {"WEBHOOK_URL": "http://example.org/secret"}, ["bookgen.E042"]),
        (
            checks.webhook_of_settings,
            {"WEBHOOK_SECRET": "secret", "WEBHOOK_SECONDS": 0},
            ["bookgen.E042"] * 2,
        ),
    ],
)
def test_settings_of_a_team(settings: Settings, check: Any, changed: dict[str, Any], told: list[str]) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    found = check()
    assert ids(found) == told
    assert all(message.hint for message in found)
    assert not any(
        "secret" in str(message.msg) for message in found if "isn't base64" not in str(message.msg)
    )


def test_what_could_not_be_read_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WRONG", {"SMTP_PORT": "a whole number"})
    (found,) = checks.readable_settings()
    assert (found.id, "SMTP_PORT isn't a whole number" in str(found.msg)) == ("bookgen.E060", True)


@pytest.mark.parametrize(
    ("database", "replica", "told"),
    [
        ("", "", []),
        ("postgres://a", "postgres://b", []),
        ("", "postgres://b", ["bookgen.E065"]),
        ("postgres://a", "postgres://a", ["bookgen.E065"]),
    ],
)
def test_a_replica_of_something(
    monkeypatch: pytest.MonkeyPatch, database: str, replica: str, told: list[str]
) -> None:
    monkeypatch.setattr(env, "DATABASE_URL", database)
    monkeypatch.setattr(env, "DATABASE_REPLICA_URL", replica)
    assert ids(checks.replica_is_another_database()) == told


@pytest.mark.once
def test_the_teams_profile_is_clean(tmp_path: Path) -> None:
    """`check --deploy` as the containers run it: no word of Django's or of ours. It asks no database."""
    secrets = {
        "SECRET_KEY": "k" * 3 + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP_",
        "SECRETS_KEY": "s",
    }
    for name, value in {**secrets, "POSTGRES_PASSWORD": "p/w", "REDIS_PASSWORD": "p"}.items():
        (tmp_path / name.lower()).write_text(value)
    told = {
        **{
            f"{name}_FILE": str(tmp_path / name.lower())
            for name in (*secrets, "POSTGRES_PASSWORD", "REDIS_PASSWORD")
        },
        "DATABASE_URL": "postgres://bookgen@127.0.0.1:1/bookgen",
        "REDIS_HOST": "127.0.0.1",
        "BEHIND_PROXY": "true",
        "TRUSTED_PROXIES": "1",
        "ALLOWED_HOSTS": "localhost,books.example.org",
        "BOOKGEN_VAR": str(tmp_path / "var"),
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    done = subprocess.run(
        command, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert not done.stderr.strip()
