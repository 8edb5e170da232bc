"""Without a key on this machine: only where the settings say so, in one process, and not for pages of a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site import checks, env
from bookgen_site.accounts import authentication
from bookgen_site.accounts.models import User

URL = "/api/v1/biographies"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication, "EMBEDDED", True)


def asked(**headers: str) -> Any:
    return APIClient().get(URL, headers=headers)


def test_closed_unless_the_settings_say_otherwise(settings: Settings) -> None:
    assert asked().status_code == 401
    settings.API_OPEN_ON_LOOPBACK = True
    assert asked().status_code == 200
    made = APIClient().post(URL, {"character": "Ada Quill"})
    assert made.json()["owner"] == "operator"


def test_from_elsewhere_and_through_a_proxy_it_stays_closed(settings: Settings) -> None:
    settings.API_OPEN_ON_LOOPBACK = True
    assert APIClient(REMOTE_ADDR="10.0.0.9").get(URL).status_code == 401
    assert asked(**{"X-Forwarded-For": "127.0.0.1"}).status_code == 401
    assert asked(Host="evil.example").status_code == 400
    assert APIClient(REMOTE_ADDR="::1").get(URL).status_code == 200


def test_pages_of_browsers_stay_outside(settings: Settings) -> None:
    settings.API_OPEN_ON_LOOPBACK = True
    assert asked(Origin="https://evil.example").status_code == 401
    assert asked(Origin="null").status_code == 401
    assert asked(**{"Sec-Fetch-Site": "cross-site"}).status_code == 401
    assert asked(**{"Sec-Fetch-Site": "same-site"}).status_code == 401


def test_a_team_is_never_open(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_OPEN_ON_LOOPBACK = True
    monkeypatch.setattr(authentication, "EMBEDDED", False)
    assert asked().status_code == 401
    monkeypatch.setattr(env, "EMBEDDED", True)
    assert checks.loopback_is_for_one_process() == []
    monkeypatch.setattr(env, "EMBEDDED", False)
    assert [one.id for one in checks.loopback_is_for_one_process()] == ["bookgen.E009"]


def test_a_key_goes_first(settings: Settings) -> None:
    settings.API_OPEN_ON_LOOPBACK = True
    assert asked(**{"X-API-Key": "bg_wrong"}).status_code == 401


def test_a_session_needs_its_token_for_writing(editor: User) -> None:
    """Another site's page can't make a logged-in browser write."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.get(URL).status_code == 200
    refused = client.post(URL, {"character": "Ada"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
