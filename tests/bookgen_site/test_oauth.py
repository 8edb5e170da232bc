"""OAuth 2.0 client credentials: a program gets a token for its id and secret and acts in a person's name."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from oauth2_provider.models import AccessToken
from rest_framework.test import APIClient

from bookgen_site.accounts import scopes
from bookgen_site.accounts.models import ApiClient, User
from bookgen_site.accounts.oauth import make_client
from bookgen_site.lib import clock

TOKEN, REVOKE, BOOKS = "/api/v1/oauth/token", "/api/v1/oauth/revoke", "/api/v1/biographies"
FORM = "application/x-www-form-urlencoded"

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(editor: User) -> tuple[ApiClient, str]:
    return make_client(user=editor, name="a program", scopes="read write")


def sent(path: str, program: tuple[ApiClient, str], /, *, basic: bool = True, **fields: Any) -> Any:
    client, secret = program
    named = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {named}"} if basic else {}
    if not basic:
        fields |= {"client_id": client.client_id, "client_secret": secret}
    return APIClient().generic("POST", path, urlencode(fields), FORM, headers=headers)


def token_of(program: tuple[ApiClient, str], **fields: Any) -> str:
    answer = sent(TOKEN, program, grant_type="client_credentials", **fields)
    assert answer.status_code == 200, answer.content
    return str(answer.json()["access_token"])


def books(token: str, method: str = "get", **body: Any) -> Any:
    return getattr(APIClient(HTTP_AUTHORIZATION=f"Bearer {token}"), method)(BOOKS, body)


@pytest.mark.parametrize("basic", [True, False])
def test_a_token_acts_in_the_persons_name(program: tuple[ApiClient, str], editor: User, basic: bool) -> None:
    answer = sent(TOKEN, program, basic=basic, grant_type="client_credentials")
    body = answer.json()
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 3600, "read write")
    assert "refresh_token" not in body
    assert set(answer.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
    made = books(body["access_token"], "post", character="Ada Quill")
    assert made.status_code == 202
    assert made.json()["owner"] == editor.username


def test_neither_secret_nor_token_is_stored(program: tuple[ApiClient, str]) -> None:
    client, secret = program
    token = token_of(program)
    assert secret not in str(ApiClient.objects.filter(pk=client.pk).values())
    assert token not in str(list(AccessToken.objects.values()))


def test_scopes_are_those_of_the_client_at_most(program: tuple[ApiClient, str]) -> None:
    reading = token_of(program, scope="read")
    assert books(reading).status_code == 200
    refused = books(reading, "post", character="Ada").json()
    assert refused["code"] == "insufficient_scope"
    assert "“write”" in refused["detail"]
    wider = sent(TOKEN, program, grant_type="client_credentials", scope="read admin")
    assert (wider.status_code, wider.json()["code"], wider.json()["error"]) == (
        400,
        "invalid_scope",
        "invalid_scope",
    )
    writing = token_of(program)
    ApiClient.objects.filter(pk=program[0].pk).update(scopes=scopes.READ)
    assert books(writing, "post", character="Ada").status_code == 403  # what was taken away is gone at once


def test_who_gets_none(program: tuple[ApiClient, str]) -> None:
    wrong = sent(TOKEN, (program[0], "wrong"), grant_type="client_credentials")
    assert wrong.status_code == 401
    assert wrong.headers["Content-Type"] == "application/problem+json"
    assert wrong.headers["WWW-Authenticate"].startswith("Basic")
    assert wrong.json()["code"] == wrong.json()["error"] == "invalid_client"
    for grant in ("password", "authorization_code", "refresh_token", "implicit", "nonsense"):
        refused = sent(TOKEN, program, grant_type=grant, username="a", password="b", code="c")
        assert (refused.status_code, refused.json()["error"]) == (400, "unsupported_grant_type")
    assert sent(TOKEN, program).status_code == 400
    assert (
        APIClient().post(TOKEN, {"grant_type": "client_credentials"}).status_code == 415
    )  # a form is wanted
    assert sent(TOKEN, program, grant_type="client_credentials").status_code == 200


def test_when_it_ends(program: tuple[ApiClient, str], editor: User) -> None:
    token = token_of(program)
    AccessToken.objects.update(expires=clock.now() - dt.timedelta(seconds=1))
    assert books(token).status_code == 401
    given_back = token_of(program)
    assert AccessToken.objects.count() == 1  # the one that had ended was tidied away
    assert sent(REVOKE, program, token=given_back).status_code == 200
    assert books(given_back).status_code == 401
    left = token_of(program)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert books(left).status_code == 401
    User.objects.filter(pk=editor.pk).update(is_active=True)
    assert books(left).status_code == 200
    program[0].delete()
    assert books(left).status_code == 401
    assert books("made-up").status_code == 401


def test_secrets_are_not_tried_for_ever(
    program: tuple[ApiClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookgen_site.accounts.api.oauth_views.TRIES", 2)
    tried = [sent(TOKEN, (program[0], "wrong"), grant_type="client_credentials") for _time in range(3)]
    assert [answer.status_code for answer in tried] == [401, 401, 429]
    assert tried[-1].headers["Retry-After"]
