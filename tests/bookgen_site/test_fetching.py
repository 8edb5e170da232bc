"""Fetching, against real servers on loopback and a resolver that lies."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from pytest_django import Settings

from bookgen_site.lib import resolving
from bookgen_site.lib.fetching import FetchError, fetch
from bookgen_site.lib.networks import may_be_allowed
from tests.fakes.raw_server import ok, redirect
from tests.fakes.serving import Serve, fresh_manners, serve

__all__ = ["fresh_manners", "serve"]  # fixtures

PUBLIC = "93.184.215.14"


def test_a_document_is_fetched(serve: Serve) -> None:
    server = serve(ok(b"<html><p>hello"))

    found = fetch(f"{server.url}a?b=c#d", allowed_hosts=[server.place])

    assert (found.status, found.content_type, found.data) == (200, "text/html", b"<html><p>hello")
    assert found.url == f"{server.url}a?b=c"
    (asked,) = server.pages
    assert asked.startswith(b"GET /a?b=c HTTP/1.1\r\n")
    names = {line.split(b":")[0].lower() for line in asked.split(b"\r\n")[1:-2]}
    assert names == {b"host", b"connection", b"accept-encoding", b"user-agent", b"accept"}
    assert f"Host: {server.place}".encode() in asked


def test_other_statuses_are_answers(serve: Serve) -> None:
    server = serve(
        b"HTTP/1.1 429 Slow Down\r\nRetry-After: 7\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG"
    )

    found = fetch(server.url, allowed_hosts=[server.place])

    assert (found.status, found.retry_after, found.data) == (429, 7.0, b"\x89PNG")


def test_the_administrators_hosts_are_the_default(serve: Serve, settings: Settings) -> None:
    server = serve(ok(b"<html>inside"))
    settings.FETCH_ALLOWED_HOSTS = [server.place]

    assert fetch(server.url).data == b"<html>inside"
    with pytest.raises(FetchError, match="private"):
        fetch("http://127.0.0.1/")
    with pytest.raises(FetchError, match="private"):
        fetch(f"http://localhost:{server.port}/")


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], [PUBLIC, "127.0.0.1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], []]
)
def test_one_private_address_is_enough_to_refuse(addresses: list[str]) -> None:
    with pytest.raises(FetchError, match=r"private network|no server of this name"):
        fetch("http://somewhere.example/", resolve=lambda host, port: addresses)


@pytest.mark.parametrize(
    "address",
    [
        *("169.254.169.254", "::ffff:169.254.169.254", "0.0.0.0", "fd00:ec2::254", "fd00:ec2::23"),
        *("64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "::a9fe:a9fe", "::ffff:0:a9fe:a9fe"),
        *("2002:a9fe:a9fe::", "2001:0:102:304:0:0:5601:5601", "fd00:c1::a9fe:a9fe"),
    ],
)
def test_an_allowed_name_never_leads_to_the_metadata_of_a_cloud(address: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        fetch("http://books.lan/", allowed_hosts=["books.lan"], resolve=lambda host, port: [address])


@pytest.mark.parametrize("address", ["10.1.2.3", "::1", "fd12::5", "64:ff9b::a00:1", "2002:a00:1::"])
def test_an_allowed_name_may_lead_to_what_is_private(address: str) -> None:
    assert may_be_allowed(address)


def test_the_connection_goes_to_the_address_that_was_checked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(ok(b"<html>pinned"))
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    monkeypatch.setattr(resolving, "may_be_allowed", lambda address: True)

    found = fetch(
        f"http://rebind.example:{server.port}/",
        allowed_hosts=[f"rebind.example:{server.port}"],
        resolve=lambda host, port: answers.pop(0),
    )

    assert found.data == b"<html>pinned"
    assert answers == [["169.254.169.254"]], "resolved once only, for robots.txt and the page"
    assert f"Host: rebind.example:{server.port}".encode() in server.pages[0]


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_a_dead_address_of_a_host_is_no_reason_to_give_up(serve: Serve) -> None:
    server = serve(ok(b"<html>alive"))
    place = f"two.example:{server.port}"

    found = fetch(
        f"http://{place}/", allowed_hosts=[place], resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]
    )

    assert found.data == b"<html>alive"


def test_redirects_are_followed_and_checked_each(serve: Serve) -> None:
    last = serve(ok(b"<html>arrived"))
    first = serve(redirect(f"{last.url}there"))

    found = fetch(first.url, allowed_hosts=[first.place, last.place])

    assert (found.url, found.data) == (f"{last.url}there", b"<html>arrived")
    with pytest.raises(FetchError):
        fetch(first.url, allowed_hosts=[first.place])


@pytest.mark.parametrize(
    "location",
    [
        *("http://169.254.169.254/latest", "file:///etc/passwd", "//127.0.0.1/", "http://a@127.0.0.1/"),
        *(
            "http://2130706433/",
            "http:\\\\127.0.0.1",
            "http://[::1]/",
            "http://a.b/\x01",
            "http://localhost/",
        ),
    ],
)
def test_a_redirect_opens_no_other_door(serve: Serve, location: str) -> None:
    server = serve(redirect(location))

    with pytest.raises(FetchError):
        fetch(server.url, allowed_hosts=[server.place])


def test_the_public_internet_leads_into_no_allowed_host(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of somebody's must not choose what is asked of a library's internal server."""
    inside = serve(ok(b"<html>internal"))
    outside = serve(redirect(f"http://books.lan:{inside.port}/delete-all"))
    outside.robots = redirect(f"http://books.lan:{inside.port}/delete-rules")
    monkeypatch.setattr("bookgen_site.lib.addresses.PORTS", {"http": outside.port, "https": 443})
    monkeypatch.setattr(resolving, "is_public", lambda address: True)

    def look(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    allowed = [f"books.lan:{inside.port}"]
    with pytest.raises(FetchError, match="private network"):
        fetch("http://outside.example/", allowed_hosts=allowed, resolve=look)
    assert len(outside.pages) == 1
    assert not inside.pages + inside.rules
    assert fetch(f"http://books.lan:{inside.port}/", allowed_hosts=allowed, resolve=look).status == 200


def test_a_loop_of_redirects_ends(serve: Serve) -> None:
    server = serve(redirect("/again"))

    with pytest.raises(FetchError, match="too often"):
        fetch(server.url, allowed_hosts=[server.place])
    assert len(server.pages) == 6
    assert len(server.rules) == 1


def test_the_environment_has_no_say(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, server = serve(ok(b"<html>from the proxy")), serve(ok(b"<html>direct"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)

    assert fetch(server.url, allowed_hosts=[server.place]).data == b"<html>direct"


@pytest.mark.parametrize("slow", ["headers", "body", "silence", "robots", "interim"])
def test_drops_win_no_time(serve: Serve, slow: str) -> None:
    def drip(connection: socket.socket) -> None:
        if slow == "silence":
            time.sleep(3)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if slow == "body" else b"X: "))
        for _ in range(60):
            connection.sendall(b"x" if slow != "interim" else b"\r\n\r\nHTTP/1.1 100 Continue\r\nX: ")
            time.sleep(0.05)

    server = serve(ok(b"<html>"), drip) if slow == "robots" else serve(drip)
    begun = time.monotonic()

    with pytest.raises(FetchError, match="too long") as caught:
        fetch(server.url, allowed_hosts=[server.place], seconds=0.3)
    assert time.monotonic() - begun < 2
    assert caught.value.passing


def test_a_handshake_in_drops_wins_no_time(serve: Serve) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"\x16\x03\x03\x10\x00\x02")
        for _ in range(60):
            connection.sendall(b"\x00")
            time.sleep(0.05)

    server = serve(drip, drip)
    begun = time.monotonic()

    with pytest.raises(FetchError, match="too long"):
        fetch(f"https://{server.place}/", allowed_hosts=[server.place], seconds=0.3)
    assert time.monotonic() - begun < 2


def test_a_resolver_that_hangs_is_left_behind() -> None:
    done = threading.Event()
    begun = time.monotonic()

    with pytest.raises(FetchError, match="too long"):
        fetch("http://slow.example/", resolve=lambda host, port: [str(done.wait(5))], seconds=0.2)
    assert time.monotonic() - begun < 1
    done.set()


def test_many_threads_at_once(serve: Serve) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(0.05)
        connection.sendall(ok(b""))

    server = serve(ok(b"<html>for all"), slowly)
    places = [f"host-{number % 8}.localhost:{server.port}" for number in range(32)]
    found: list[bytes] = []

    def one(place: str) -> None:
        found.append(fetch(f"http://{place}/", allowed_hosts=places).data)

    threads = [threading.Thread(target=one, args=(place,)) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [b"<html>for all"] * 32
    assert len(server.rules) == 8, "robots.txt once a site"
