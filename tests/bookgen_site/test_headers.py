"""Security headers stand on every answer of the API, good or bad."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    "path",
    [
        "/health",
        "/health/ready",
        "/metrics",
        "/api/v1/token",
        "/api/redoc/",
        "/api/v1/biographies",
        "/api/v1/nothing",
        "/api/v1/status",
        "/api/schema/",
        "/api/docs/",
    ],
)
def test_security_headers(api: Callable[..., APIClient], editor: User, path: str) -> None:
    for client in (api(editor), api()):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        # Redoc draws itself with styles in the page, of which nobody else has a say.
        own = "style-src 'self' 'unsafe-inline'" if path == "/api/redoc/" else "style-src 'self';"
        assert "unsafe" not in headers["Content-Security-Policy"].replace(own, "")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-XSS-Protection"] == "1; mode=block"
        assert headers["X-Request-Id"]


@pytest.mark.parametrize("host", ["testserver", "evil.example"])
def test_https_is_asked_for_over_https_alone(settings: Settings, host: str) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    client = Client(headers={"Host": host})
    wanted = "max-age=31536000"
    assert client.get("/api/v1/status", secure=True).headers["Strict-Transport-Security"] == wanted
    assert "Strict-Transport-Security" not in client.get("/api/v1/status").headers


def test_what_breaks_has_them_too(api: Callable[..., APIClient], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("bookgen_site.throttling.limits_of", broken)
    answer = Client(raise_request_exception=False).get("/api/v1/status")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "a secret of ours" not in answer.content.decode()
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-XSS-Protection"] == "1; mode=block"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]

    def away(_request: object) -> None:
        raise OperationalError("a secret of ours")

    monkeypatch.setattr("bookgen_site.throttling.limits_of", away)
    answer = Client(raise_request_exception=False).get("/api/v1/status")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"


ORIGIN = "https://desk.example"


@pytest.mark.parametrize(("allowed", "told"), [([], None), ([ORIGIN], ORIGIN), (["https://x.example"], None)])
def test_pages_of_other_sites_are_named_or_stay_outside(
    settings: Settings, allowed: list[str], told: str | None
) -> None:
    settings.CORS_ALLOWED_ORIGINS = allowed
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "x-api-key,idempotency-key"
    before = Client().options("/api/v1/biographies", headers=asked)
    assert before.headers.get("Access-Control-Allow-Origin") == told
    answer = Client().get("/api/v1/biographies", headers={"Origin": ORIGIN})
    assert answer.headers.get("Access-Control-Allow-Origin") == told
    assert "Access-Control-Allow-Credentials" not in answer.headers
    if told:
        assert "x-api-key" in before.headers["Access-Control-Allow-Headers"]
        assert "ratelimit" in answer.headers["Access-Control-Expose-Headers"]
    desk = Client().get("/admin/login/", headers={"Origin": ORIGIN})
    assert "Access-Control-Allow-Origin" not in desk.headers


def test_nothing_of_a_book_is_cached(api: Callable[..., APIClient], editor: User) -> None:
    assert api(editor).get("/api/v1/biographies").headers["Cache-Control"] == "private, no-store"


def test_health_touches_nothing(
    api: Callable[..., APIClient], django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert api().get("/health").json() == {"status": "ok"}


def test_the_page_of_the_api_has_nothing_inline(api: Callable[..., APIClient]) -> None:
    """The policy would refuse it; every script and style is a file of this site."""
    for address in ("/api/docs/", "/api/redoc/"):
        page = api().get(address).content.decode()
        assert "<style" not in page
        assert "http://" not in page
        assert "https://" not in page
        assert page.count("<script") == page.count("<script src=")
