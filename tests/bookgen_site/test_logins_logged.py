"""What is written down of people who get in, or don't; and that nobody writes lines for others."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog
from django.test import Client

from bookgen_site.accounts import roles, second_factor
from bookgen_site.accounts.logins import TRIES
from bookgen_site.accounts.models import User
from bookgen_site.lib.logs import structlog_settings
from tests.fakes import rows

PASSWORD = "correct horse battery"


@pytest.fixture
def person(db: None) -> User:
    made = rows.person(roles.EDITOR, username=rows.fresh("staff"), is_staff=True)
    made.set_password(PASSWORD)
    made.save()
    return made


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [dict(record.msg) for record in caplog.records if isinstance(record.msg, dict)]


def test_logins_are_written_down(person: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for typed in (PASSWORD, *["wrong password"] * (TRIES + 1)):
        Client().post("/admin/login/", {"username": person.username, "password": typed})
    second_factor.begin(user=person)
    assert not second_factor.passes(user=person, code="000000")
    lines = told(caplog)
    names = [line["event"] for line in lines if line["event"].startswith(("login", "code"))]
    assert names == ["login", *["login_failed"] * TRIES, "login_throttled", "code_failed"]
    assert {line["timestamp"][-1] for line in lines if "timestamp" in line} == {"Z"}  # UTC
    assert next(line for line in lines if line["event"] == "login")["user"] == person.pk
    assert "wrong password" not in caplog.text
    assert PASSWORD not in caplog.text


def test_what_was_refused_is_written_down(person: User, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    client.force_login(person)
    assert client.get("/admin/accounts/user/").status_code == 403
    assert "/admin/accounts/user/" in caplog.text


def test_a_name_forges_no_line() -> None:
    kept = structlog.get_config()
    made: dict[str, Any] = structlog_settings("json", "INFO")["formatters"]["lines"]
    structlog.configure(**kept)  # other tests listen to the loggers that are there
    formatter = made.pop("()")(**made)
    hostile = 'x"}\n{"event": "login", "user": 1}'
    record = logging.LogRecord("n", logging.WARNING, "f", 1, "Not found: %s", (hostile,), None)
    line = formatter.format(record)
    assert "\n" not in line
    assert json.loads(line)["event"] == f"Not found: {hostile}"


def test_the_library_of_oauth_never_tells_its_tokens() -> None:
    assert not logging.getLogger("oauthlib.oauth2.rfc6749.endpoints.token").isEnabledFor(logging.DEBUG)
