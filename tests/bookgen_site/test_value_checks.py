"""Values that can be read, but make no sense, are told by name; what may hold a password isn't repeated."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from pytest_django import Settings

from bookgen_site import checks, env, reading, value_checks
from bookgen_site.backups.sealing import make_key
from scripts.tools.places import ROOT

pytestmark = pytest.mark.once


def test_what_is_set_by_default_is_good(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.CELERY_RESULT_BACKEND = "mail.example.org", "redis://127.0.0.1:6379/1"
    assert value_checks.numbers_within_bounds() == []
    assert value_checks.words_that_lead_somewhere() == []
    assert value_checks.models_that_exist() == []


@pytest.mark.parametrize("name", sorted(value_checks.NUMBERS))
def test_each_number_has_its_bounds(settings: Settings, name: str) -> None:
    low, high = value_checks.NUMBERS[name]
    where = value_checks.IN_SETTINGS.get(name, name)
    for value, good in ((low, True), (low - 1, False), (high, True), ((high or 0) + 1, not high)):
        if value is None:
            continue
        setattr(settings, where, value)
        found = value_checks.numbers_within_bounds()
        assert ([one.id for one in found] == ["bookgen.E066"]) == (not good), (name, value)
        assert all(one.hint and one.msg.startswith(f"{name} ") for one in found)


@pytest.mark.parametrize(
    ("where", "value", "name"),
    [
        ("SITE_URL", "books.example.org", "SITE_URL"),
        ("SITE_URL", "https://[::1", "SITE_URL"),
        ("OPENROUTER_BASE_URL", "ftp://example.org", "OPENROUTER_BASE_URL"),
        ("EMAIL_HOST", "mail example org", "SMTP_HOST"),
        ("EMAIL_HOST", "smtp://mail.example.org", "SMTP_HOST"),
        ("DEFAULT_FROM_EMAIL", "BookGen", "MAIL_FROM"),
        ("ALERT_EMAILS", ["ops@example.org", "ops"], "ALERT_EMAILS"),
        ("CONTACT_EMAIL", "nobody", "CONTACT_EMAIL"),
        ("CELERY_BROKER_URL", "secret", "CELERY_BROKER_URL"),
        ("CELERY_BROKER_URL", "rabbit://user:secret@example.org", "CELERY_BROKER_URL"),
        ("CELERY_RESULT_BACKEND", "foo://secret", "CELERY_RESULT_BACKEND"),
        ("BACKUP_RECIPIENT", "secret", "BACKUP_RECIPIENT"),
    ],
)
def test_words_that_lead_nowhere(settings: Settings, where: str, value: Any, name: str) -> None:
    setattr(settings, where, value)
    (found,) = value_checks.words_that_lead_somewhere()
    assert (found.id, found.msg.split(" ", 1)[0]) == ("bookgen.E067", name)
    assert "secret" not in found.msg


def test_a_redis_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("http://:secret@127.0.0.1", "redis://127.0.0.1:port"):
        monkeypatch.setattr(env, "REDIS_URL", address)
        (found,) = value_checks.words_that_lead_somewhere()
        assert found.msg == "REDIS_URL isn't an address of Redis."


def test_words_that_are_good(settings: Settings, tmp_path: Any) -> None:
    settings.BACKUP_RECIPIENT = make_key(tmp_path / "key")
    settings.CELERY_BROKER_URL = "amqp://u:p@one.example.org//;amqp://u:p@two.example.org//"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "2001:db8::25", "bookgen@mailhost"
    assert value_checks.words_that_lead_somewhere() == []


def test_models_that_are_neither_presets_nor_names(settings: Settings) -> None:
    settings.OPENROUTER_MODEL = "klaude, maker/model"
    settings.MODELS_BY_ROLE = {"planner": settings.OPENROUTER_MODEL, "writer": "gpt", "checker": "small"}
    told = [one.msg for one in value_checks.models_that_exist()]
    assert told == [
        "OPENROUTER_MODEL names “klaude”, which is no model.",
        "OPENROUTER_MODEL_CHECKER names “small”, which is no model.",
    ]
    settings.OPENROUTER_BASE_URL = "http://127.0.0.1:8080/v1"  # a server of one's own calls them as it likes
    assert value_checks.models_that_exist() == []


@pytest.mark.parametrize("name", ["Mars/Base", "Europe", "../etc/passwd"])
def test_a_zone_that_does_not_exist_is_told_and_utc_holds(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(reading, "WRONG", {})
    monkeypatch.setattr(env, "WRONG", reading.WRONG)
    monkeypatch.setenv("TIME_ZONE", name)
    assert env.time_zone() == "UTC"
    (found,) = checks.readable_settings()
    assert found.msg == "TIME_ZONE isn't a zone such as Europe/Berlin, so its default is used."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"DATABASE_URL": "mysql://u:my-secret@db/x", "REDIS_URL": "redis://x"},
            "DATABASE_URL isn't an address like postgres://",
        ),
        ({"SMTP_PASSWORD_FILE": "/nowhere/at-all"}, "SMTP_PASSWORD_FILE: /nowhere/at-all can't be read"),
    ],
)
def test_what_nothing_starts_without_is_told_in_words(
    given: dict[str, str], told: str, tmp_path: Any
) -> None:
    place = {"BOOKGEN_VAR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **place, **given}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert "my-secret" not in done.stderr
