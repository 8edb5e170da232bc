"""Which pages may open a WebSocket, in many spellings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from bookgen_site.origins import SameOrigin, is_own

OWN = [
    ("http://books.example", "books.example", False),
    ("http://books.example:80", "books.example", False),
    ("http://books.example", "books.example:80", False),
    ("http://books.example:8000", "books.example:8000", False),
    ("http://BOOKS.example", "books.EXAMPLE", False),
    ("https://books.example", "books.example", True),
    ("https://books.example", "books.example:443", True),
    ("http://[::1]:8000", "[::1]:8000", False),
    ("http://127.0.0.1:8000", "127.0.0.1:8000", False),
]
FOREIGN = [
    ("http://evil.example", "books.example", False),
    ("http://books.example.evil.example", "books.example", False),
    ("http://evil-books.example", "books.example", False),
    ("http://books.example:8001", "books.example:8000", False),
    ("http://books.example:8000", "books.example", False),
    ("https://books.example", "books.example", False),
    ("http://books.example", "books.example", True),
    ("http://books.example@evil.example", "books.example", False),
    ("http://evil.example@books.example", "books.example", False),
    ("http://:secret@books.example", "books.example", False),
    ("http://evil.example#books.example", "books.example", False),
    ("http://books.example#evil.example", "books.example", False),
    ("http://books.example/", "books.example", False),
    ("http://books.example/page", "books.example", False),
    ("http://books.example?x", "books.example", False),
    ("http://evil.example\\@books.example", "books.example", False),
    ("http://127.0.0.1:8000", "localhost:8000", False),
    ("http://books.example.", "books.example", False),
    ("null", "books.example", False),
    ("file://", "books.example", False),
    ("books.example", "books.example", False),
    ("//books.example", "books.example", False),
    ("ws://books.example", "books.example", False),
    ("chrome-extension://books.example", "books.example", False),
    ("http://books.example:port", "books.example", False),
    ("http://books.example:99999", "books.example", False),
    ("http://[::1", "[::1", False),
    ("http://", "", False),
    ("http://books.example", "", False),
    ("http://books.example", "books.example:port", False),
    ("http://ьooks.example", "books.example", False),
]


@pytest.mark.parametrize(("origin", "host", "secure"), OWN)
def test_own_pages(origin: str, host: str, secure: bool) -> None:
    assert is_own(origin, host, secure=secure)


@pytest.mark.parametrize(("origin", "host", "secure"), FOREIGN)
def test_foreign_pages(origin: str, host: str, secure: bool) -> None:
    assert not is_own(origin, host, secure=secure)


def test_what_the_settings_trust(settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://desk.example"]
    assert is_own("https://desk.example", "internal:8000", secure=False)
    assert not is_own("https://desk.example.evil.example", "internal:8000", secure=False)


async def asked(scheme: str, headers: dict[bytes, bytes]) -> str:
    """What becomes of a WebSocket with these headers: "passed" or the type of the answer."""
    answers: list[str] = []

    async def inner(_scope: Any, _receive: Any, _send: Any) -> None:
        answers.append("passed")

    async def send(message: dict[str, Any]) -> None:
        answers.append(message["type"])

    comes: Iterator[dict[str, Any]] = iter(
        [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}]
    )

    async def receive() -> dict[str, Any]:
        return next(comes)

    scope = {"type": "websocket", "scheme": scheme, "headers": list(headers.items())}
    await SameOrigin(inner)(scope, receive, send)
    return answers[0]


@pytest.mark.django_db  # who denies looks after old connections, and to look at one is to open it
async def test_a_foreign_page_is_denied_before_anything_else() -> None:
    headers = {b"origin": b"http://evil.example", b"host": b"books.example"}
    assert await asked("ws", headers) == "websocket.close"


async def test_an_own_page_passes() -> None:
    assert await asked("ws", {b"Origin": b"http://books.example", b"Host": b"books.example"}) == "passed"
    assert await asked("wss", {b"origin": b"https://books.example", b"host": b"books.example"}) == "passed"


async def test_a_program_without_an_origin_passes() -> None:
    assert await asked("ws", {b"host": b"books.example"}) == "passed"


@pytest.mark.django_db
async def test_the_proxy_is_believed_only_when_there_is_one(settings: Settings) -> None:
    headers = {
        b"origin": b"https://books.example",
        b"host": b"books.example",
        b"x-forwarded-proto": b"https",
    }
    settings.SECURE_PROXY_SSL_HEADER = None
    assert await asked("ws", headers) == "websocket.close"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert await asked("ws", headers) == "passed"
