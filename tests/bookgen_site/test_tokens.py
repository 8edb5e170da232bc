"""JSON Web Tokens: short, refreshed once each, and ended together when one of them was copied."""

from __future__ import annotations

import datetime as dt
from typing import Any

import jwt
import pytest
from django.conf import settings as site
from django.test import Client
from rest_framework.test import APIClient

from bookgen_site.accounts import roles, tokens
from bookgen_site.accounts.logins import TRIES
from bookgen_site.accounts.models import TokenFamily, User
from bookgen_site.lib import clock
from tests.fakes import rows
from tests.fakes.threads import at_once

LOGIN, REFRESH, REVOKE = "/api/v1/token", "/api/v1/token/refresh", "/api/v1/token/revoke"
BOOKS = "/api/v1/biographies"
PASSWORD = "a long enough password"


@pytest.fixture
def user(db: None) -> User:
    made = rows.person(roles.EDITOR, username=rows.fresh("login"), is_staff=True)
    made.set_password(PASSWORD)
    made.save()
    return made


def logged_in(user: User, **more: Any) -> dict[str, Any]:
    answer = APIClient().post(LOGIN, {"username": user.username, "password": PASSWORD, **more})
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def status(token: str, method: str = "get", **body: Any) -> int:
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token}")
    return int(getattr(client, method)(BOOKS, body).status_code)


def refreshed(token: str) -> Any:
    return APIClient().post(REFRESH, {"refresh": token})


def test_a_login_gives_a_short_token_and_one_to_refresh_with(user: User) -> None:
    body = logged_in(user)
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert status(body["access"]) == 200
    assert status(body["refresh"]) == 401  # it's for refreshing and nothing else
    assert refreshed(body["access"]).status_code == 401
    assert status(body["access"][:-2] + "xx") == 401
    assert status("") == 401


def test_each_refresh_token_works_once_and_a_copy_ends_the_family(user: User) -> None:
    first = logged_in(user)
    other = logged_in(user)
    second = refreshed(first["refresh"]).json()
    third = refreshed(second["refresh"]).json()
    assert status(third["access"]) == 200
    copied = refreshed(first["refresh"])
    assert (copied.status_code, copied.json()["code"]) == (401, "authentication_failed")
    assert refreshed(third["refresh"]).status_code == 401  # the newest has ended with it
    assert status(third["access"]) == status(first["access"]) == 401
    assert status(other["access"]) == 200  # another login is another family


@pytest.mark.django_db(transaction=True)
def test_two_refreshes_at_once_end_the_family(user: User) -> None:
    token = tokens.open_family(user=user).refresh

    def go() -> str:
        try:
            return tokens.refresh(token).refresh
        except tokens.Refused:
            return ""

    won = [one for one in at_once([go] * 6) if one]
    assert len(won) <= 1
    assert TokenFamily.objects.get(user=user).revoked_at is not None
    with pytest.raises(tokens.Refused):
        tokens.refresh(won[0] if won else token)


def test_logging_out_ends_everything_at_once(user: User) -> None:
    body = logged_in(user)
    assert APIClient().post(REVOKE, {"refresh": body["refresh"]}).status_code == 204
    assert status(body["access"]) == 401
    assert refreshed(body["refresh"]).status_code == 401
    assert APIClient().post(REVOKE, {"refresh": body["refresh"]}).status_code == 401


def test_a_new_password_or_a_closed_account_ends_it(user: User) -> None:
    body = logged_in(user)
    user.set_password("another long password")
    user.save()
    assert status(body["access"]) == 401
    again = tokens.open_family(user=user)
    assert status(again.access) == 200
    user.is_active = False
    user.save()
    assert status(again.access) == 401
    assert refreshed(again.refresh).status_code == 401


def test_scopes_narrow_the_token_and_stay_when_it_is_refreshed(user: User) -> None:
    body = logged_in(user, scope="read")
    assert body["scope"] == "read"
    assert status(body["access"], "post", character="Ada") == 403
    next_pair = refreshed(body["refresh"]).json()
    assert next_pair["scope"] == "read"
    assert status(next_pair["access"], "post", character="Ada") == 403
    wrong = APIClient().post(LOGIN, {"username": "a", "password": "b", "scope": "read everything"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["scope"])


FORGED = [
    ({"alg": "none"}, None),
    ({}, "another key that is long enough to be one"),
    ({}, site.SECRET_KEY),
]


@pytest.mark.parametrize(("header", "key"), FORGED)
def test_a_forged_token(user: User, header: dict[str, str], key: str | None) -> None:
    tokens.open_family(user=user)
    family = TokenFamily.objects.get(user=user)
    claims = {
        "token_type": "access",
        "jti": "a",
        "fam": str(family.pk),
        "exp": clock.now() + dt.timedelta(hours=1),
    }
    forged = jwt.encode(claims, key or "", algorithm=header.get("alg", "HS256"))
    assert status(forged) == 401


def test_an_old_token_has_ended(user: User) -> None:
    tokens.open_family(user=user)
    family = TokenFamily.objects.get(user=user)
    claims = {"token_type": "access", "jti": "a", "fam": str(family.pk)}
    key = site.SIMPLE_JWT["SIGNING_KEY"]
    ends = clock.now() + dt.timedelta(seconds=60)
    assert status(jwt.encode({**claims, "exp": ends}, str(key))) == 200
    ended = clock.now() - dt.timedelta(seconds=60)
    assert status(jwt.encode({**claims, "exp": ended}, str(key))) == 401
    assert status(jwt.encode({**claims, "exp": ends, "fam": "x"}, str(key))) == 401


def test_families_that_have_ended_are_tidied_away(user: User) -> None:
    old = rows.token_family(user=user, expires_at=clock.now() - dt.timedelta(days=1))
    tokens.open_family(user=user)
    assert not TokenFamily.objects.filter(pk=old.pk).exists()


def wrong_login(user: User) -> Any:
    return APIClient().post(LOGIN, {"username": user.username, "password": "wrong"})


def test_the_door_closes_after_some_wrong_passwords(user: User) -> None:
    assert [wrong_login(user).status_code for _time in range(TRIES)] == [401] * TRIES
    closed = APIClient().post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert (closed.status_code, closed.json()["code"]) == (429, "throttled")
    assert 800 < int(closed.headers["Retry-After"]) <= 900
    elsewhere = APIClient(REMOTE_ADDR="10.9.8.7").post(
        LOGIN, {"username": user.username, "password": PASSWORD}
    )
    assert elsewhere.status_code == 200  # nobody locks others out from afar


def test_a_right_password_begins_anew(user: User) -> None:
    for _round in range(2):
        for _time in range(TRIES - 1):
            assert wrong_login(user).status_code == 401
        logged_in(user)


def test_many_names_from_one_address_are_limited(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookgen_site.accounts.logins.TRIES_OF_PLACE", 3)
    client = APIClient(REMOTE_ADDR=f"2001:db8::{rows.fresh('').strip('-')}:0:0:0:1")
    tried = [client.post(LOGIN, {"username": rows.fresh("name"), "password": "x"}) for _time in range(5)]
    assert [answer.status_code for answer in tried] == [401, 401, 401, 429, 429]


@pytest.mark.django_db(transaction=True)
def test_threads_get_no_more_tries(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(
        "bookgen_site.accounts.logins.authenticate", lambda *_args, **said: looked.append(said["username"])
    )
    statuses = at_once([lambda: wrong_login(user).status_code] * 20)
    assert (statuses.count(401), statuses.count(429)) == (TRIES, 20 - TRIES)
    assert len(looked) == TRIES  # the others' passwords weren't even compared


def test_the_desk_has_the_same_door(user: User) -> None:
    client = Client()
    page = [
        client.post("/admin/login/", {"username": user.username, "password": "wrong"})
        for _time in range(TRIES + 1)
    ]
    assert [answer.status_code for answer in page] == [200] * TRIES + [429]
    assert "Too many tries" in page[-1].content.decode()
    right = client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert (right.status_code, "_auth_user_id" in client.session) == (429, False)


def test_the_desk_lets_people_in(user: User) -> None:
    client = Client()
    answer = client.post("/admin/login/?next=/admin/", {"username": user.username, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.session["_auth_user_id"] == str(user.pk)
    user.is_staff = False
    user.save()
    refused = Client().post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert refused.status_code == 200
