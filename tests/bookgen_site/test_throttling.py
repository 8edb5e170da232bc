"""The API answers so many requests a minute, and tells how many are left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import User
from tests.fakes.rows import fresh
from tests.fakes.threads import at_once

URL = "/api/v1/status"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limited(settings: Settings) -> None:
    settings.RATE_LIMIT_PER_MINUTE, settings.RATE_LIMIT_PER_KEY, settings.TRUSTED_PROXIES = 3, 0, 1


_numbers = iter(range(1, 250))


@pytest.fixture
def place() -> str:
    """An address that no other test came from, also where Redis remembers."""
    return f"2001:db8:{hash(fresh('place')) & 0xFFFF:x}:{next(_numbers):x}::1"


def test_one_too_many(place: str) -> None:
    client = APIClient(HTTP_X_FORWARDED_FOR=place)
    answers = [client.get(URL) for _time in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [answer.headers["RateLimit"].split(";t=")[0] for answer in answers] == [
        *('"ip";r=2', '"ip";r=1', '"ip";r=0', '"ip";r=0', '"ip";r=0')
    ]
    last = answers[-1]
    assert last.headers["RateLimit-Policy"] == '"ip";q=3;w=60'
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert last.headers["Content-Type"] == "application/problem+json"
    assert (last.json()["status"], last.json()["code"]) == (429, "throttled")
    for header in ("Content-Security-Policy", "X-Frame-Options", "X-XSS-Protection", "Referrer-Policy"):
        assert last.headers[header]


def test_every_address_under_api_counts_and_no_other(place: str) -> None:
    client = Client(HTTP_X_FORWARDED_FOR=place)
    for path in ("/api/nothing", "/api/schema/", "/api/v1/token"):
        client.get(path)
    assert client.get(URL).status_code == 429
    for path in ("/health", "/health/ready", "/admin/login/"):
        assert client.get(path).status_code == 200


def test_another_address_has_its_own(place: str) -> None:
    client = APIClient()
    for _time in range(3):
        assert client.get(URL, headers={"X-Forwarded-For": place}).status_code == 200
    assert client.get(URL, headers={"X-Forwarded-For": place.replace("2001", "2002")}).status_code == 200
    # What the client itself writes before the proxy's part changes nothing.
    assert client.get(URL, headers={"X-Forwarded-For": f"9.9.9.9, {place}"}).status_code == 429


def test_a_key_is_counted_from_wherever_it_comes(
    settings: Settings, api: Callable[..., APIClient], editor: User, place: str
) -> None:
    settings.RATE_LIMIT_PER_MINUTE, settings.RATE_LIMIT_PER_KEY = 100, 2
    client = api(editor)
    seen = [
        client.get(URL, headers={"X-Forwarded-For": place.replace("2001", f"2{number:03}")})
        for number in range(3)
    ]
    assert [answer.status_code for answer in seen] == [200, 200, 429]
    assert seen[-1].headers["RateLimit-Policy"] == '"ip";q=100;w=60, "key";q=2;w=60'
    assert api().get(URL, headers={"X-Forwarded-For": place}).status_code == 200


def test_a_made_up_key_beside_the_real_one_hides_nothing(
    settings: Settings, editor: User, place: str
) -> None:
    """Whichever of the two headers is heeded, the key in it counts."""
    settings.RATE_LIMIT_PER_MINUTE, settings.RATE_LIMIT_PER_KEY = 100, 2
    _row, key = make_key(user=editor, name=place)
    for pattern in (("Api-Key KEY", "bg_N"), ("Basic N", "KEY")):
        answers = []
        for number in range(3):
            said = [one.replace("N", str(number)).replace("KEY", key) for one in pattern]
            headers = {"X-Forwarded-For": place, "Authorization": said[0], "X-API-Key": said[1]}
            answers.append(APIClient().get(URL, headers=headers))
        assert answers[-1].status_code == 429
        assert answers[-1].headers["RateLimit-Policy"] == '"ip";q=100;w=60, "key";q=2;w=60'
        assert answers[-1].headers["RateLimit"].startswith('"ip";r=98;t=')
        assert '"key";r=0;t=' in answers[-1].headers["RateLimit"]


def test_trying_keys_is_limited_too(place: str) -> None:
    tried = [
        APIClient(HTTP_X_API_KEY=f"bg_{number}", HTTP_X_FORWARDED_FOR=place)
        .get("/api/v1/biographies")
        .status_code
        for number in range(5)
    ]
    assert tried == [401, 401, 401, 429, 429]


@pytest.mark.django_db(transaction=True)
def test_by_threads_at_once(settings: Settings, place: str) -> None:
    settings.RATE_LIMIT_PER_MINUTE = 5
    ask = lambda: APIClient(HTTP_X_FORWARDED_FOR=place).get("/api/nothing").status_code  # noqa: E731
    statuses = at_once([ask] * 12)
    assert (statuses.count(404), statuses.count(429)) == (5, 7)


def test_no_limit_no_headers(settings: Settings, place: str) -> None:
    settings.RATE_LIMIT_PER_MINUTE = 0
    assert "RateLimit" not in APIClient(HTTP_X_FORWARDED_FOR=place).get(URL).headers
