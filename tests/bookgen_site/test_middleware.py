"""The policies of pages: relaxed for the lists and forms of the desk, strict where texts of others stand."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from bookgen_site.middleware import (
    DeskPolicyMiddleware,
    HeadMiddleware,
    OneHopMiddleware,
    RequestIdMiddleware,
)

pytestmark = pytest.mark.once


def passed_through(middleware: type, path: str) -> HttpResponse:
    answer: HttpResponse = middleware(lambda _request: HttpResponse("x"))(RequestFactory().get(path))
    return answer


@pytest.mark.parametrize("path", ["/admin/", "/admin/biographies/biographyjob/", "/admin/login/"])
def test_relaxed(path: str) -> None:
    assert "_csp_replace" in vars(passed_through(DeskPolicyMiddleware, path))


@pytest.mark.parametrize("path", ["/admin/books/x", "/api/v1/biographies", "/", "/adminx/", "/x/admin/"])
def test_strict(path: str) -> None:
    assert "_csp_replace" not in vars(passed_through(DeskPolicyMiddleware, path))


def test_every_request_has_its_own_id() -> None:
    ids = {passed_through(RequestIdMiddleware, "/")["X-Request-Id"] for _time in range(3)}
    assert len(ids) == 3


def test_one_hop_changes_nothing() -> None:
    assert passed_through(OneHopMiddleware, "/").content == b"x"
    assert (OneHopMiddleware.sync_capable, OneHopMiddleware.async_capable) == (True, False)


def test_head_has_the_headers_of_get_and_nothing_else() -> None:
    """By the middleware alone: the client of the tests takes bodies away itself."""

    def whole(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"twelve bytes", headers={"X-Word": "kept"})

    def streamed(_request: HttpRequest) -> Any:
        return StreamingHttpResponse([b"twelve ", b"bytes"])

    ask = RequestFactory()
    told = HeadMiddleware(whole)(ask.head("/"))
    assert (told.content, told.headers["Content-Length"], told.headers["X-Word"]) == (b"", "12", "kept")
    assert b"".join(HeadMiddleware(streamed)(ask.head("/"))) == b""
    for answers in (whole, streamed):
        assert b"".join(HeadMiddleware(answers)(ask.get("/"))) == b"twelve bytes"
