"""The second step of logging in: nobody gets past it by a password, an old code or many tries."""

from __future__ import annotations

import base64
import datetime as dt
import re
from functools import partial
from io import StringIO

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site.accounts import roles, second_factor
from bookgen_site.accounts.models import SecondFactor, User
from bookgen_site.checks import second_factor_of_staff
from bookgen_site.lib import clock
from notifications.models import AuditEntry
from tests.fakes import rows
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db
STEP = dt.timedelta(seconds=30)
PASSWORD = "correct horse battery"
LOGIN, CODE, SET_UP = "/admin/login/", "/account/code/", "/account/second-factor/"
BOOKS = "/api/v1/biographies"


@pytest.fixture
def person() -> User:
    made = rows.person(roles.EDITOR, username=rows.fresh("staff"), is_staff=True)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Steps of half a minute by which the clock runs ahead."""
    ahead = [0]
    true = clock.now
    monkeypatch.setattr(clock, "now", lambda: true() + ahead[0] * STEP)
    return ahead


def code_of(secret: str) -> str:
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(clock.now().timestamp())).decode()


def with_app(user: User) -> tuple[str, list[str]]:
    secret = second_factor.begin(user=user).secret
    codes = second_factor.confirm(user=user, code=code_of(secret))
    assert codes
    return secret, codes


def password_given(user: User, target: str = "") -> Client:
    client = Client()
    answer = client.post(f"{LOGIN}{target}", {"username": user.username, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, CODE)
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/books/new/").status_code == 200


def test_who_has_no_app_logs_in_as_before(person: User) -> None:
    client = Client()
    assert client.post(LOGIN, {"username": person.username, "password": PASSWORD}).status_code == 302
    assert is_in(client)


def test_the_password_alone_lets_nobody_in(person: User, later: list[int]) -> None:
    secret, _codes = with_app(person)
    later[0] += 1
    client = password_given(person, "?next=/admin/books/new/")
    assert not is_in(client)
    assert client.get(BOOKS).status_code == 401
    assert client.get(SET_UP).headers["Location"] == CODE  # nothing can be changed from here
    assert client.get(f"{SET_UP}picture.svg").status_code == 404
    before = client.session.session_key
    answer = client.post(CODE, {"code": code_of(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/books/new/")
    assert is_in(client)
    assert client.session.session_key != before
    assert "waiting_login" not in client.session


def test_a_code_is_good_once_for_whomever(person: User, later: list[int]) -> None:
    secret, _codes = with_app(person)
    later[0] += 1
    code = code_of(secret)
    assert second_factor.passes(user=person, code=code)
    assert not second_factor.passes(user=person, code=code)
    later[0] += 5
    assert not second_factor.passes(user=person, code=code)
    assert second_factor.passes(user=person, code=code_of(secret))


def test_the_code_that_set_it_up_is_used(person: User) -> None:
    secret = second_factor.begin(user=person).secret
    code = code_of(secret)
    assert second_factor.confirm(user=person, code=code)
    assert not second_factor.passes(user=person, code=code)


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_the_clock_of_a_phone_may_be_half_a_minute_off(
    person: User, later: list[int], steps: int, good: bool
) -> None:
    secret, _codes = with_app(person)
    later[0] += 10 + steps
    code = code_of(secret)
    later[0] -= steps
    assert second_factor.passes(user=person, code=code) is good


@pytest.mark.django_db(transaction=True)
def test_of_two_with_the_same_code_one_gets_in(person: User, later: list[int]) -> None:
    secret, codes = with_app(person)
    later[0] += 1
    for code in (code_of(secret), codes[0]):
        tries = at_once([partial(second_factor.passes, user=person, code=code)] * 3)
        assert sorted(tries) == [False, False, True]


def test_recovery_codes_are_good_once_and_kept_as_hashes(person: User) -> None:
    _secret, codes = with_app(person)
    assert (len(codes), len(set(codes))) == (10, 10)
    assert second_factor.passes(user=person, code=codes[0].upper().replace("-", " "))
    assert not second_factor.passes(user=person, code=codes[0])
    assert second_factor.codes_left(person) == 9
    stored = set(person.recovery_codes.values_list("digest", flat=True))
    assert not stored & set(codes)
    second_factor.new_codes(user=person)
    assert not second_factor.passes(user=person, code=codes[1])


def test_the_secret_is_sealed(person: User) -> None:
    secret, _codes = with_app(person)
    assert secret not in SecondFactor.objects.get(user=person).sealed


def test_codes_go_on_after_the_key_was_changed(person: User, later: list[int], settings: Settings) -> None:
    settings.SECRETS_KEY = "the old key"
    secret, _codes = with_app(person)
    waiting = rows.second_factor(user=rows.person(), sealed="of a key that is gone")
    settings.SECRETS_KEY = "the new key,the old key"
    told = StringIO()
    call_command("reseal", stdout=told)
    assert "second factors" in told.getvalue()
    settings.SECRETS_KEY = "the new key"
    later[0] += 1
    assert second_factor.passes(user=person, code=code_of(secret))
    assert not SecondFactor.objects.filter(pk=waiting.pk).exists()  # never confirmed: it can be begun again


def test_an_app_that_no_key_fits_stops_the_change(person: User, settings: Settings) -> None:
    with_app(person)
    before = SecondFactor.objects.get(user=person).sealed
    settings.SECRETS_KEY = "another"
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("reseal")
    assert SecondFactor.objects.get(user=person).sealed == before


def test_five_wrong_codes_close_the_door_from_wherever(person: User, later: list[int]) -> None:
    secret, codes = with_app(person)
    later[0] += 1
    for place in range(5):
        client = password_given(person)
        wrong = client.post(CODE, {"code": "000000"}, REMOTE_ADDR=f"10.0.0.{place}")
        assert wrong.status_code == 200
    client = password_given(person)
    for code in (code_of(secret), codes[0]):
        refused = client.post(CODE, {"code": code})
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0
    assert not is_in(client)


def test_waiting_ends_by_time_and_with_the_password(person: User, later: list[int]) -> None:
    secret, _codes = with_app(person)
    late, changed = password_given(person), password_given(person)
    later[0] += 21
    assert late.post(CODE, {"code": code_of(secret)}).headers["Location"] == LOGIN
    later[0] -= 20
    person.refresh_from_db()
    person.set_password("another long password")
    person.save()
    assert changed.post(CODE, {"code": code_of(secret)}).headers["Location"] == LOGIN


def test_setting_it_up_on_the_desk(person: User) -> None:
    client, other = Client(), Client()
    client.force_login(person)
    other.force_login(person)
    page = client.get(SET_UP)
    assert page.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "style=" not in page.content.decode()
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page.content.decode()))
    picture = client.get(f"{SET_UP}picture.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert client.post(SET_UP, {"code": code_of(secret), "password": "wrong"}).status_code == 400
    assert client.post(SET_UP, {"code": "123", "password": PASSWORD}).status_code == 400
    done = client.post(SET_UP, {"code": code_of(secret), "password": PASSWORD})
    assert len(re.findall(r"<code>[a-z2-7]{6}(?:-[a-z2-7]{6}){3}</code>", done.content.decode())) == 10
    assert is_in(client)
    assert not is_in(other)  # began without a second factor
    assert secret not in client.get(SET_UP).content.decode()
    assert client.get(f"{SET_UP}picture.svg").status_code == 404
    assert AuditEntry.objects.get(action="set_up_second_factor").actor_id == person.pk


def test_it_is_turned_off_with_a_code_alone(person: User, later: list[int], settings: Settings) -> None:
    secret, codes = with_app(person)
    later[0] += 1
    client = Client()
    client.force_login(person)
    assert client.post(f"{SET_UP}off/", {"code": "000000"}).status_code == 400
    settings.STAFF_TOTP = "required"
    client.force_login(person)
    client.post(f"{SET_UP}off/", {"code": codes[0]})
    assert second_factor.is_set_up(person)
    settings.STAFF_TOTP = "optional"
    client.force_login(person)
    fresh = client.post(f"{SET_UP}codes/", {"code": code_of(secret)})
    assert fresh.content.decode().count("<code>") == 10
    assert client.post(f"{SET_UP}off/", {"code": codes[0]}).status_code == 400  # void since
    later[0] += 1
    assert client.post(f"{SET_UP}off/", {"code": code_of(secret)}).status_code == 302
    assert not second_factor.is_set_up(person)
    assert is_in(client)


def test_where_it_is_required_staff_sets_it_up_at_the_door(person: User, settings: Settings) -> None:
    early = Client()
    early.force_login(person)
    settings.STAFF_TOTP = "required"
    assert not is_in(early)  # a session begun without it ends
    client = password_given(person)
    assert client.get(CODE).headers["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert 'name="password"' not in page  # it was given a moment ago
    assert not is_in(client)
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
    assert client.post(SET_UP, {"code": code_of(secret)}).status_code == 200
    assert is_in(client)


def test_off_asks_nobody(person: User, settings: Settings) -> None:
    with_app(person)
    settings.STAFF_TOTP = "off"
    client = Client()
    client.post(LOGIN, {"username": person.username, "password": PASSWORD})
    assert is_in(client)
    assert client.get(SET_UP).status_code == 404


def test_strangers_and_authors_set_up_nothing(writer: User) -> None:
    assert Client().get(SET_UP).headers["Location"].startswith(LOGIN)
    client = Client()
    client.force_login(writer)
    assert client.get(SET_UP).status_code == 302
    assert client.get(f"{SET_UP}picture.svg").status_code == 404


def test_a_token_needs_the_code_too_and_keys_need_none(person: User, later: list[int]) -> None:
    secret, _codes = with_app(person)
    later[0] += 1
    wish = {"username": person.username, "password": PASSWORD}
    token = "/api/v1/token"
    missing = APIClient().post(token, wish)
    assert (missing.status_code, missing.json()["code"]) == (401, "code_needed")
    wrong = APIClient().post(token, {**wish, "code": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_code")
    right = APIClient().post(token, {**wish, "code": code_of(secret)})
    assert right.status_code == 200
    assert APIClient(HTTP_AUTHORIZATION=f"Bearer {right.json()['access']}").get(BOOKS).status_code == 200
    for _try in range(5):
        APIClient().post(token, {**wish, "code": "000000"})
    assert APIClient().post(token, {**wish, "code": "000000"}).status_code == 429


def test_a_key_works_whatever_is_required(api: object, person: User, settings: Settings) -> None:
    settings.STAFF_TOTP = "required"
    assert api(person).get(BOOKS).status_code == 200  # type: ignore[operator]
    refused = APIClient().post("/api/v1/token", {"username": person.username, "password": PASSWORD})
    assert refused.status_code == 401  # no app to give a code of: it's set up on the desk


def test_a_wrong_word_is_told_at_start(settings: Settings) -> None:
    assert second_factor_of_staff() == []
    settings.STAFF_TOTP, settings.SESSION_COOKIE_AGE = "yes", 0
    assert [found.id for found in second_factor_of_staff()] == ["bookgen.E050", "bookgen.E051"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_after_a_login(person: User, later: list[int], target: str) -> None:
    secret, _codes = with_app(person)
    later[0] += 1
    client = password_given(person, f"?next={target}")
    assert client.post(CODE, {"code": code_of(secret)}).headers["Location"] == "/admin/"


def test_a_lost_key_of_the_installation_leaves_the_recovery_codes(person: User, settings: Settings) -> None:
    secret, codes = with_app(person)
    other = rows.person(roles.EDITOR, is_staff=True)
    unused = second_factor.begin(user=other).secret
    settings.SECRETS_KEY = "another key of the installation"
    assert not second_factor.passes(user=person, code=code_of(secret))
    assert second_factor.passes(user=person, code=codes[0])
    assert second_factor.begin(user=other).secret != unused
