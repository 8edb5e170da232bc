"""Every error of the API has one shape, and none tells a traceback."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from biographies.errors import BadWish, BookError, Forbidden, IllegalMove, Stale
from bookgen_site import problems
from bookgen_site.accounts.models import User
from bookgen_site.lib.store import BlobMissing
from engine.errors import CannotStart
from sources.errors import Unreadable

URL = "/api/v1/biographies"


def checked(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The body of an answer, which must be a problem of this status and code."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) - {"errors"} == {"type", "title", "status", "detail", "code"}
    assert (body["status"], body["code"], body["type"]) == (status, code, "about:blank")
    assert body["title"]
    assert body["detail"]
    assert "Traceback" not in answer.content.decode()
    for messages in body.get("errors", {}).values():
        assert messages
        assert all(isinstance(message, str) for message in messages)
    return body


@pytest.mark.django_db
def test_problems_of_requests(api: Callable[..., APIClient], editor: User) -> None:
    client = api(editor)
    missing = uuid.uuid4()
    checked(APIClient().get(URL), 401, "not_authenticated")
    checked(APIClient(HTTP_X_API_KEY="bg_wrong").get(URL), 401, "authentication_failed")
    checked(client.get(f"{URL}/{missing}"), 404, "not_found")
    checked(client.get("/api/v1/nothing"), 404, "not_found")
    checked(client.get("/api/nothing"), 404, "not_found")
    checked(client.get(f"{URL}/not-a-uuid"), 404, "not_found")
    checked(client.delete(URL), 405, "method_not_allowed")
    checked(client.put(f"{URL}/{missing}", {}), 405, "method_not_allowed")
    checked(client.get(URL, headers={"Accept": "application/xml"}), 406, "not_acceptable")
    checked(client.post(URL, "<a/>", content_type="application/xml"), 415, "unsupported_media_type")
    checked(client.get(f"{URL}/{missing}/chapters/{10**40}"), 404, "not_found")
    checked(client.get(URL, headers={"Host": "evil.example"}), 400, "bad_request")
    # The page of the schema writes YAML, but for its errors.
    checked(client.post("/api/schema/"), 405, "method_not_allowed")
    checked(client.get("/api/schema/?format=xml"), 404, "not_found")


MALFORMED = [
    b"{",
    b"",
    b"[",
    b'{"character": NaN}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"character": ' + b"9" * 5000 + b"}",
    b'{"character": "\\ud800"}',
    b'{"character": "\\u0000"}',
    b'"text"',
    b"[1]",
    b"null",
    b"true",
]


@pytest.mark.django_db
@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: repr(body[:20]))
def test_malformed_bodies(api: Callable[..., APIClient], editor: User, body: bytes) -> None:
    answer = api(editor).post(URL, body, content_type="application/json")
    assert answer.status_code == 400
    checked(answer, 400, answer.json()["code"])


@pytest.mark.django_db
def test_a_charset_changes_nothing(api: Callable[..., APIClient], editor: User) -> None:
    """JSON is UTF-8, whatever the header claims."""
    for charset in ("hex", "utf-16", "rot13", "nonsense"):
        kind = f"application/json; charset={charset}"
        assert api(editor).post(URL, b'{"character": "Zo\xc3\xab"}', content_type=kind).status_code == 202


@pytest.mark.django_db
def test_a_body_that_is_too_large(api: Callable[..., APIClient], editor: User) -> None:
    body = b'{"character": "' + b"a" * 3_000_000 + b'"}'
    checked(api(editor).post(URL, body, content_type="application/json"), 413, "too_large")


ERRORS: list[tuple[Exception, int, str]] = [
    (BookError("no"), 409, "refused"),
    (IllegalMove("no"), 409, "illegal_state"),
    (Stale("no"), 409, "stale"),
    (CannotStart("no"), 409, "cannot_start"),
    (Forbidden("no"), 403, "forbidden"),
    (BadWish("style", "no"), 400, "invalid"),
    (Unreadable("no"), 400, "bad_source"),
    (BlobMissing("no"), 410, "file_lost"),
    (OperationalError("no"), 503, "unavailable"),
    (RuntimeError("a secret of ours"), 500, "internal"),
    (KeyError("a secret of ours"), 500, "internal"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "status", "code"), ERRORS, ids=lambda value: type(value).__name__)
def test_problems_of_actions(
    api: Callable[..., APIClient],
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    code: str,
) -> None:
    def broken(**_wishes: Any) -> None:
        raise error

    monkeypatch.setattr("biographies.api.job_views.create_job", broken)
    body = checked(api(editor).post(URL, {"character": "Ada Quill"}), status, code)
    assert "secret of ours" not in str(body)
    if isinstance(error, BadWish):
        assert body["errors"] == {"style": ["no"]}


@pytest.mark.django_db
def test_the_third_of_a_list_is_named(api: Callable[..., APIClient], editor: User) -> None:
    sources = ["https://example.org/1", "https://example.org/2", "x" * 2001]
    body = checked(api(editor).post(URL, {"character": "A", "sources": sources}), 400, "invalid")
    assert list(body["errors"]) == ["sources.2"]


HANDLERS = [
    (problems.bad_request, 400),
    (problems.forbidden, 403),
    (problems.not_found, 404),
    (problems.server_error, 500),
]


@pytest.mark.parametrize(("handler", "status"), HANDLERS)
def test_outside_of_the_views(handler: Callable[..., Any], status: int) -> None:
    """Django's own errors are problems under /api/, and pages elsewhere."""
    args = () if status == 500 else (Exception("a secret of ours"),)
    answer = handler(RequestFactory().get("/api/v1/x"), *args)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status_code == status
    assert b"secret of ours" not in answer.content
    page = handler(RequestFactory().get("/elsewhere"), *args)
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.status_code == status


@pytest.mark.django_db
def test_the_handlers_are_wired() -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/api/v1/x").headers["Content-Type"] == "application/problem+json"
    assert client.get("/elsewhere").headers["Content-Type"].startswith("text/html")
