"""Security headers stand on every answer of the API, good or bad."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from bookgen_site.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    ["/health", "/api/v1/biographies", "/api/v1/nothing", "/api/v1/status", "/api/schema/", "/api/docs/"],
)
def test_security_headers(api: Callable[..., APIClient], editor: User, path: str) -> None:
    for client in (api(editor), api()):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Request-Id"]


def test_nothing_of_a_book_is_cached(api: Callable[..., APIClient], editor: User) -> None:
    assert api(editor).get("/api/v1/biographies").headers["Cache-Control"] == "private, no-store"


def test_health_touches_nothing(
    api: Callable[..., APIClient], django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert api().get("/health").json() == {"status": "ok"}


def test_the_page_of_the_api_has_nothing_inline(api: Callable[..., APIClient]) -> None:
    """The policy would refuse it; every script and style is a file of this site."""
    page = api().get("/api/docs/").content.decode()
    assert "<style" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("<script") == page.count("<script src=")
