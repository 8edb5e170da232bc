"""robots.txt and turns at a host; and the other verbs of the same door."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from django.core.cache import cache
from pytest_django import Settings

from bookgen_site.lib import politeness, robots
from bookgen_site.lib.fetching import FetchError, fetch, fetch_json, post
from tests.fakes.raw_server import ok, redirect
from tests.fakes.serving import Serve, fresh_manners, serve

pytestmark = pytest.mark.once

__all__ = ["fresh_manners", "serve"]  # fixtures

PAGE = ok(b"<html><p>A page.")
CLOSED = "closes this page to programs"


def test_robots_are_asked_once_and_obeyed(serve: Serve) -> None:
    server = serve(PAGE, ok(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private\r\nAllow: /private/open\r\n"))
    allowed = [server.place]

    assert fetch(f"{server.url}public", allowed_hosts=allowed).status == 200
    assert fetch(f"{server.url}private/open", allowed_hosts=allowed).status == 200
    for closed in ("private", "private/x?y", "%70rivate"):
        with pytest.raises(FetchError, match=CLOSED):
            fetch(f"{server.url}{closed}", allowed_hosts=allowed)
    assert (len(server.rules), len(server.pages)) == (1, 2)
    assert b"BookGen/" in server.rules[0]


@pytest.mark.parametrize(
    ("rules", "closed"),
    [
        (b"User-agent: bookgen\nDisallow: /\n\nUser-agent: *\nDisallow:\n", True),
        (b"User-agent: BookGen/2.0\nAllow: /\n\nUser-agent: *\nDisallow: /\n", False),
        (b"User-agent: bookgenerator\nDisallow: /\n", False),
        (b"User-agent: Googlebot\nUser-agent: BOOKGEN\nDisallow: /\n", True),
        (b"User-agent: Googlebot # not us\nDisallow: /\n", False),
        (b"User-agent: *\nDisallow: /*.html$\n", True),
        (b"<html>not rules</html>", False),
    ],
)
def test_the_group_that_names_this_program_goes_first(serve: Serve, rules: bytes, closed: bool) -> None:
    server = serve(PAGE, ok(rules))
    page = f"{server.url}a.html"
    if closed:
        with pytest.raises(FetchError, match=CLOSED):
            fetch(page, allowed_hosts=[server.place])
    else:
        assert fetch(page, allowed_hosts=[server.place]).status == 200


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429])
def test_no_rules_close_nothing(serve: Serve, status: int) -> None:
    server = serve(PAGE, b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status)

    assert fetch(server.url, allowed_hosts=[server.place]).status == 200


def test_rules_that_cannot_be_read_close_everything_for_a_while(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(PAGE, b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
    for _ in range(2):
        with pytest.raises(FetchError, match=r"robots\.txt.*can't be read") as caught:
            fetch(server.url, allowed_hosts=[server.place])
        assert caught.value.passing
    assert (len(server.rules), len(server.pages)) == (1, 0)

    server.robots = ok(b"")
    monkeypatch.setattr(robots, "_AGAIN_SECONDS", 0.0)
    robots.forget()
    assert fetch(server.url, allowed_hosts=[server.place]).status == 200


def test_rules_may_be_elsewhere_but_not_inside(serve: Serve) -> None:
    rules = serve(ok(b"User-agent: *\nDisallow: /"))
    server = serve(PAGE, redirect(rules.url))
    with pytest.raises(FetchError, match=CLOSED):
        fetch(server.url, allowed_hosts=[server.place, rules.place])

    robots.forget()
    assert fetch(server.url, allowed_hosts=[server.place]).status == 200
    assert len(rules.pages) == 1, "not asked where nothing may be fetched"


def test_rules_of_every_site_on_the_way_are_obeyed(serve: Serve) -> None:
    last = serve(PAGE, ok(b"User-agent: *\nDisallow: /"))
    first = serve(redirect(last.url))

    with pytest.raises(FetchError, match=CLOSED):
        fetch(first.url, allowed_hosts=[first.place, last.place])
    assert not last.pages


def test_long_rules_are_read_as_far_as_the_limit(serve: Serve) -> None:
    def pour(connection: socket.socket) -> None:
        connection.sendall(ok(b"User-agent: *\nDisallow: /private\n"))
        while True:
            connection.sendall(b"# filler\n" * 10_000)

    server = serve(PAGE, pour)

    assert fetch(server.url, allowed_hosts=[server.place]).status == 200
    with pytest.raises(FetchError, match=CLOSED):
        fetch(f"{server.url}private", allowed_hosts=[server.place])


def test_many_names_before_many_rules_cost_nothing(serve: Serve) -> None:
    """Each rule counts for each name before it: 300 million of them, if nobody looked."""
    names = b"".join(b"User-agent: a%d\n" % number for number in range(15_000))
    server = serve(PAGE, ok(names + b"Disallow: /x\n" * 18_000))
    begun = time.process_time()

    assert fetch(server.url, allowed_hosts=[server.place]).status == 200
    assert time.process_time() - begun < 5


def test_turns_at_one_host_are_a_second_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one process; between processes it is the cache that gives the turns."""
    waits: list[float] = []
    monkeypatch.setattr(politeness, "_shared", lambda: False)
    monkeypatch.setattr(politeness, "INTERVAL", 1.0)
    monkeypatch.setattr("bookgen_site.lib.politeness.sleep", waits.append)
    threads = [
        threading.Thread(target=politeness.take_turn, args=("a.example",), kwargs={"patience": 120})
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(waits) == pytest.approx(range(20), abs=0.9)
    assert max(waits) > 18


def test_waiting_for_a_turn_is_no_time_of_the_server(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "INTERVAL", 0.8)
    server = serve(PAGE)
    begun = time.monotonic()

    for _ in range(2):
        assert fetch(server.url, allowed_hosts=[server.place], seconds=0.7).status == 200
    assert time.monotonic() - begun > 0.79


def test_the_first_page_of_a_host_follows_its_rules_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "INTERVAL", 9.0)

    assert politeness.take_turn("a.example", patience=1) < 0.5
    assert politeness.take_turn("b.example", patience=1) < 0.5
    with pytest.raises(FetchError, match="wait their turn") as caught:
        politeness.take_turn("a.example", patience=1)
    assert caught.value.passing


def test_processes_of_a_team_take_turns_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process put into the cache counts, although this one knows of no request."""
    keys = {"fetch:a.example"}
    monkeypatch.setattr(politeness, "_shared", lambda: True)
    monkeypatch.setattr(cache, "add", lambda key, value, timeout: key not in keys)
    monkeypatch.setattr(
        "bookgen_site.lib.politeness.sleep", lambda seconds: keys.clear() if seconds else None
    )

    assert politeness.take_turn("a.example", patience=1) < 0.5
    assert not keys, "it has waited for the other one"


def test_a_cache_that_is_away_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_kwargs: object) -> bool:
        raise ConnectionError("no Redis")

    monkeypatch.setattr(politeness, "_shared", lambda: True)
    monkeypatch.setattr(cache, "add", away)

    assert politeness.take_turn("a.example", patience=1) < 0.5


def test_only_a_cache_of_several_processes_is_asked(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert not politeness._shared()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    assert politeness._shared()


def test_an_api_is_asked_with_its_headers_and_without_robots(serve: Serve) -> None:
    server = serve(ok(b'{"found": 2}'), ok(b"User-agent: *\nDisallow: /"))

    found = fetch_json(
        f"{server.url}api",
        headers={"User-Agent": "BookGen/1 (a@b.example)", "X-Key": "k"},
        allowed_hosts=[server.place],
    )

    assert found.json() == {"found": 2}
    assert not server.rules
    for header in (b"User-Agent: BookGen/1 (a@b.example)", b"X-Key: k", b"Accept: application/json"):
        assert server.pages[0].count(header) == 1
    assert server.pages[0].count(b"User-Agent") == 1


def test_a_key_goes_to_its_own_origin_only(serve: Serve) -> None:
    last = serve(ok(b"no JSON"))
    first = serve(redirect(last.url))

    found = fetch_json(
        first.url, headers={"X-Key": "k", "User-Agent": "me"}, allowed_hosts=[first.place, last.place]
    )

    assert b"X-Key: k" in first.pages[0]
    assert b"X-Key" not in last.pages[0]
    assert b"User-Agent: me" in last.pages[0]
    with pytest.raises(FetchError, match="JSON"):
        found.json()


def test_a_receiver_gets_its_body_and_leads_nowhere(serve: Serve) -> None:
    server = serve(redirect("http://127.0.0.1/", "307 Elsewhere"))
    url = f"{server.url}hook"

    found = post(
        url, b'{"a": 1}', headers={"X-Signature": "s", "Host": "other"}, allowed_hosts=[server.place]
    )

    assert found.status == 307
    (asked,) = server.pages
    assert asked.startswith(b"POST /hook HTTP/1.1\r\n")
    assert asked.endswith(b'\r\n\r\n{"a": 1}')
    assert b"Content-Length: 8" in asked
    assert b"X-Signature: s" in asked
    assert b"other" not in asked
    with pytest.raises(FetchError, match="private"):
        post(url, b"", headers={}, allowed_hosts=[])


def test_a_reply_of_any_length_is_an_answer(serve: Serve) -> None:
    server = serve(ok(b"x" * 200_000))

    assert len(post(server.url, b"", headers={}, allowed_hosts=[server.place]).data) == 64 * 1024
