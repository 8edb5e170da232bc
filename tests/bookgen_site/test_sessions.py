"""Sessions: under a new key at each login, ended with every right that is lost, in cookies that others can't plant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from bookgen_site import settings as site
from bookgen_site.accounts import roles, second_factor, tokens
from bookgen_site.accounts.actions import end_sessions, ensure_operator
from bookgen_site.accounts.models import User
from notifications.consumers import Watcher
from notifications.models import AuditEntry
from tests.fakes import rows

PASSWORD = "correct horse battery"
LOGIN, DESK = "/admin/login/", "/admin/books/new/"


def staff(*held: str) -> User:
    made = rows.person(*held, username=rows.fresh("staff"), is_staff=True)
    made.set_password(PASSWORD)
    made.save()
    return made


def inside(user: User) -> Client:
    client = Client()
    client.force_login(user)
    assert client.get(DESK).status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def page_of(user: User, **changes: Any) -> dict[str, Any]:
    """What the page of this person sends."""
    sent = {"username": user.username, "is_active": "on", "is_staff": "on"}
    sent["groups"] = [group.pk for group in user.groups.all()]  # type: ignore[assignment]
    return {name: value for name, value in (sent | changes).items() if value is not None}


@pytest.fixture
def boss(db: None) -> User:
    return staff(roles.ADMINISTRATOR)


def save(boss: User, user: User, **changes: Any) -> str:
    client = Client()
    client.force_login(boss)
    answer = client.post(f"/admin/accounts/user/{user.pk}/change/", page_of(user, **changes))
    return "" if answer.status_code == 302 else answer.content.decode()


@pytest.mark.django_db
def test_a_login_gets_a_new_session_key() -> None:
    person, client = staff(roles.EDITOR), Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[site.SESSION_COOKIE_NAME] = str(session.session_key)
    client.post(LOGIN, {"username": person.username, "password": PASSWORD})
    assert is_in(client)
    assert client.session.session_key != session.session_key
    old = Client()
    old.cookies[site.SESSION_COOKIE_NAME] = str(session.session_key)
    assert not is_in(old)


@pytest.mark.django_db
def test_a_new_password_ends_all_other_sessions_and_rotates_this_one() -> None:
    person = staff(roles.EDITOR)
    here, there = inside(person), inside(person)
    before = here.session.session_key
    sent = {
        "old_password": PASSWORD,
        "new_password1": "a quite new password",
        "new_password2": "a quite new password",
    }
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.session.session_key != before


@pytest.mark.parametrize(
    "changes",
    [{"groups": []}, {"is_active": None}, {"is_staff": None}, {"end_sessions": "on"}],
    ids=["role", "off", "desk", "wish"],
)
@pytest.mark.parametrize("again", [False, True])
def test_sessions_and_tokens_end_with_a_right(boss: User, changes: dict[str, Any], again: bool) -> None:
    person = staff(roles.CHIEF_EDITOR)
    client, pair = inside(person), tokens.open_family(user=person)
    watcher = Watcher(person.pk, tied_to=person.get_session_auth_hash())
    job = rows.job(owner=person)
    assert watcher.sees(job.pk)
    assert save(boss, person, **changes) == ""
    if again:  # given back: what was ended stays ended
        assert save(boss, person) == ""
        person.groups.add(Group.objects.get(name=roles.CHIEF_EDITOR))
    assert not is_in(client)
    assert watcher.sees(job.pk) is None
    with pytest.raises(tokens.Refused):
        tokens.refresh(pair.refresh)
    told = AuditEntry.objects.filter(action="end_sessions").earliest("pk")
    assert (told.actor, told.target) == (boss.username, person.username)


def test_a_new_right_ends_nothing(boss: User) -> None:
    person = staff(roles.EDITOR)
    client = inside(person)
    both = Group.objects.filter(name__in=[roles.EDITOR, roles.CHIEF_EDITOR]).values_list("pk", flat=True)
    assert save(boss, person, groups=list(both)) == ""
    assert is_in(client)
    told = AuditEntry.objects.get(action="change_rights")
    assert (told.before["held"], told.after["held"]) == (["Editor"], ["Chief editor", "Editor"])


def test_an_administrator_takes_a_second_factor_away(boss: User) -> None:
    person = staff(roles.EDITOR)
    second_factor.begin(user=person)
    person.second_factor.confirmed_at = person.date_joined
    person.second_factor.save()
    client = inside(person)
    assert save(boss, person, drop_factor="on") == ""
    assert not second_factor.is_set_up(person)
    assert not is_in(client)
    assert AuditEntry.objects.get(action="reset_second_factor").actor_id == boss.pk


def test_who_is_no_administrator_changes_nobody(boss: User) -> None:
    person, other = staff(roles.CHIEF_EDITOR), staff(roles.EDITOR)
    client = inside(person)
    answer = client.post(f"/admin/accounts/user/{other.pk}/change/", page_of(other, is_active=None))
    assert answer.status_code == 403
    assert User.objects.get(pk=other.pk).is_active


def test_the_role_of_administrator_is_really_gone(boss: User) -> None:
    first = User.objects.create_superuser(username="first", password=PASSWORD)
    first.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
    assert save(boss, first, groups=[]) == ""
    assert User.objects.get(pk=first.pk).role_names == frozenset()


@pytest.mark.parametrize("changes", [{"groups": []}, {"is_active": None}, {"is_staff": None}])
def test_one_administrator_remains(boss: User, changes: dict[str, Any]) -> None:
    ensure_operator()  # can't log in, so it doesn't count
    assert "One Administrator who may log in must remain." in save(boss, boss, **changes)
    assert User.objects.get(pk=boss.pk).role_names == {roles.ADMINISTRATOR}


@pytest.mark.django_db
def test_ending_sessions_leaves_keys(api: Any, editor: User) -> None:
    client = api(editor)
    end_sessions(user=editor)
    assert client.get("/api/v1/biographies").status_code == 200


@pytest.mark.django_db
def test_old_hashes_become_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = site.PASSWORD_HASHERS
    person = staff(roles.EDITOR)
    person.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    person.save()
    Client().post(LOGIN, {"username": person.username, "password": PASSWORD})
    person.refresh_from_db()
    assert identify_hasher(person.password).algorithm == "argon2"


@pytest.mark.parametrize("weak", ["short-word", "password1234", "adalovelace1815"])
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, User(username="adalovelace1815"))


def test_long_and_simple_passwords_are_not() -> None:
    validate_password("mein Hund trägt 🧦 gerne" * 5, User(username="ada"))


ASK = """
import json
from bookgen_site import settings
print(json.dumps({name: value for name, value in vars(settings).items() if "_COOKIE_" in name}))
"""


def test_a_teams_cookies_are_of_this_host_alone(tmp_path: Path) -> None:
    """RFC 6265bis: `__Host-` wants Secure, the path / (Django's own) and no domain."""
    team = {"SECURE_COOKIES": "true", "BOOKGEN_VAR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    said = subprocess.run(
        [sys.executable, "-c", ASK], env=os.environ | team, capture_output=True, text=True, check=True
    )
    cookies = json.loads(said.stdout)
    assert cookies["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert cookies["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert cookies["SESSION_COOKIE_AGE"] == 7 * 24 * 3600
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        assert cookies[f"{kind}_COOKIE_SECURE"] is True
        assert cookies[f"{kind}_COOKIE_HTTPONLY"] is True
        assert cookies[f"{kind}_COOKIE_SAMESITE"] == "Lax"
        assert f"{kind}_COOKIE_PATH" not in cookies
        assert f"{kind}_COOKIE_DOMAIN" not in cookies


@pytest.mark.django_db
def test_the_cookie_of_a_session_is_out_of_reach_of_scripts() -> None:
    person, client = staff(roles.EDITOR), Client()
    answer = client.post(LOGIN, {"username": person.username, "password": PASSWORD})
    cookie = answer.cookies[site.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
