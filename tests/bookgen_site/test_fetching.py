"""Fetching, against real servers on loopback and a resolver that lies."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bookgen_site.lib import fetching
from bookgen_site.lib.fetching import FetchError, fetch

Serve = Callable[[bytes | Callable[[socket.socket], None]], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that send given bytes to every request and remember what was asked."""
    listeners: list[socket.socket] = []

    def start(answer: bytes | Callable[[socket.socket], None]) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threading.Thread(target=_accept, args=(listener, answer), daemon=True).start()
        return f"127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


asked: list[bytes] = []


def _accept(listener: socket.socket, answer: bytes | Callable[[socket.socket], None]) -> None:
    while True:
        try:
            connection, _peer = listener.accept()
        except OSError:
            return
        with connection:
            asked.append(connection.recv(65_536))
            try:
                connection.sendall(answer) if isinstance(answer, bytes) else answer(connection)
            except OSError:
                pass  # the client has hung up, as it should


def _ok(body: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: Text/HTML", *headers, b"", body])


def test_a_document_is_fetched(serve: Serve) -> None:
    place = serve(_ok(b"<p>hello"))

    found = fetch(f"http://{place}/a?b=c#d", allowed_hosts=[place])

    assert (found.status, found.content_type, found.data) == (200, "text/html", b"<p>hello")
    assert asked[-1].startswith(b"GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: {place}".encode() in asked[-1]
    assert b"Accept-Encoding: identity" in asked[-1]
    assert b"Cookie" not in asked[-1]


def test_other_statuses_are_answers(serve: Serve) -> None:
    place = serve(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")

    assert fetch(f"http://{place}/", allowed_hosts=[place]).status == 404


def test_loopback_is_closed_without_leave(serve: Serve) -> None:
    place = serve(_ok(b"secret"))

    with pytest.raises(FetchError):
        fetch(f"http://{place}/")
    with pytest.raises(FetchError, match="private"):
        fetch("http://127.0.0.1/")
    with pytest.raises(FetchError, match="private"):
        fetch("http://localhost/")


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], []]
)
def test_one_private_address_is_enough_to_refuse(addresses: list[str]) -> None:
    with pytest.raises(FetchError, match=r"private network|no server of this name"):
        fetch("http://somewhere.example/", resolve=lambda host, port: addresses)


def test_the_connection_goes_to_the_address_that_was_checked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = serve(_ok(b"pinned"))
    port = int(place.split(":")[1])
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    monkeypatch.setattr(fetching, "is_public", lambda address: True)

    found = fetch(
        f"http://rebind.example:{port}/",
        allowed_hosts=[f"rebind.example:{port}"],
        resolve=lambda host, port: answers.pop(0),
    )

    assert found.data == b"pinned"
    assert answers == [["169.254.169.254"]], "resolved once only"
    assert f"Host: rebind.example:{port}".encode() in asked[-1]


def test_redirects_are_followed_and_checked_each(serve: Serve) -> None:
    last = serve(_ok(b"arrived"))
    first = serve(
        f"HTTP/1.1 302 Found\r\nLocation: http://{last}/there\r\nContent-Length: 0\r\n\r\n".encode()
    )

    found = fetch(f"http://{first}/", allowed_hosts=[first, last])

    assert (found.url, found.data) == (f"http://{last}/there", b"arrived")
    with pytest.raises(FetchError):
        fetch(f"http://{first}/", allowed_hosts=[first])


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest", "file:///etc/passwd", "//127.0.0.1/", "http://a@127.0.0.1/"]
)
def test_a_redirect_opens_no_other_door(serve: Serve, location: str) -> None:
    place = serve(f"HTTP/1.1 301 Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())

    with pytest.raises(FetchError):
        fetch(f"http://{place}/", allowed_hosts=[place])


def test_a_loop_of_redirects_ends(serve: Serve) -> None:
    place = serve(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    before = len(asked)

    with pytest.raises(FetchError, match="too often"):
        fetch(f"http://{place}/", allowed_hosts=[place])
    assert len(asked) - before == 6


def test_https_never_leads_to_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_request", lambda *_: "http://down.example/")

    with pytest.raises(FetchError, match="insecure"):
        fetch("https://down.example/", resolve=lambda host, port: ["93.184.215.14"])


def test_an_endless_document_is_cut(serve: Serve) -> None:
    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    place = serve(pour)

    with pytest.raises(FetchError, match="larger than 5 MB"):
        fetch(f"http://{place}/", allowed_hosts=[place])


@pytest.mark.parametrize("slow", ["headers", "body", "silence"])
def test_drops_win_no_time(serve: Serve, slow: str) -> None:
    def drip(connection: socket.socket) -> None:
        if slow == "silence":
            time.sleep(3)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if slow == "body" else b"X: "))
        for _ in range(30):
            connection.sendall(b"x")
            time.sleep(0.1)

    place = serve(drip)
    begun = time.monotonic()

    with pytest.raises(FetchError, match="too long"):
        fetch(f"http://{place}/", allowed_hosts=[place], seconds=0.5)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "answer",
    [
        _ok(b"\x1f\x8b", b"Content-Encoding: gzip"),
        _ok(b"short", b"Content-Length: 1000"),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"",
    ],
    ids=["compressed", "truncated", "many headers", "no HTTP", "nothing"],
)
def test_bad_answers_have_a_reason(serve: Serve, answer: bytes) -> None:
    place = serve(answer)

    with pytest.raises(FetchError) as caught:
        fetch(f"http://{place}/", allowed_hosts=[place])
    assert caught.value.reason.endswith(".")
    assert place not in caught.value.reason


def test_the_environment_has_no_say(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve(_ok(b"from the proxy"))
    place = serve(_ok(b"direct"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{proxy}")

    assert fetch(f"http://{place}/", allowed_hosts=[place]).data == b"direct"
