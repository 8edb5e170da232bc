"""A wrong setting is told at start."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from bookgen_site import checks, env


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
