"""All rows of the list of hostile addresses: the verdict agrees, and a blocked one opens no socket."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpcore
import pytest

from bookgen_site.lib.fetching import FetchError, fetch
from tests.fakes.played_web import PlayedWeb
from tests.fakes.raw_server import NOT_FOUND, Answer, ok, redirect
from tests.fakes.serving import fresh_manners

pytestmark = pytest.mark.once

__all__ = ["fresh_manners"]  # a fixture

Row = dict[str, Any]
ROWS: list[Row] = [json.loads(line) for line in Path("tests/data/ssrf_urls.jsonl").read_text().splitlines()]
# Documents that are one to whoever fetches them: that they can't be read is found by sources/extracting.
LEFT_TO_THE_READER = {"html_deep_nesting", "pdf_bomb", "pdf_loop"}
PAGE = b"<html><p>A page."


def _gzip_bomb(connection: socket.socket) -> None:
    packer = zlib.compressobj(wbits=31)
    connection.sendall(ok(b"", b"Content-Encoding: gzip"))
    for _ in range(2000):
        connection.sendall(packer.compress(bytes(1_000_000)))


def _pour(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def _pour_rules(connection: socket.socket) -> None:
    connection.sendall(ok(b"User-agent: *\nDisallow: /private\n"))
    for _ in range(50):
        connection.sendall(b"# filler\n" * 110_000)


def _never(connection: socket.socket) -> None:
    time.sleep(0.5)


LAYERS = gzip.compress(gzip.compress(gzip.compress(bytes(1_000_000))))
SERVERS: dict[str, Answer] = {
    "never_answers": _never,
    "gzip_bomb": _gzip_bomb,
    "gzip_layers": ok(LAYERS, b"Content-Encoding: gzip, gzip, gzip"),
    "huge_plain": _pour,
    "short_body": ok(b"ten bytes.", b"Content-Length: 1000"),
    "huge_headers": ok(PAGE, b"X: " + b"y" * 100_000),
    "many_headers": ok(PAGE, *[b"X-%d: y" % number for number in range(10_000)]),
    "lie_type_pdf": ok(b"%PDF-1.7\n..."),
    "binary_as_text": ok(os.urandom(2_000_000)),
    "charset_utf7": ok(PAGE, b"Content-Type: text/html; charset=utf-7").replace(
        b"Content-Type: Text/HTML\r\n", b""
    ),
    "charset_utf16_no_bom": ok("<html><p>Sixteen bits, no mark.".encode("utf-16-le")),
    "html_deep_nesting": ok(b"<html>" + b"<div>" * 500_000),
    "xml_xxe_file": ok(
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
    ),
    "xml_xxe_http": ok(b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>"),
    "pdf_bomb": ok(b"%PDF-1.7\n..."),
    "pdf_loop": ok(b"%PDF-1.7\n..."),
    "set_cookie": redirect("/second").replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b\r\n\r\n"),
    "robots_disallow": ok(PAGE),
    "robots_huge": ok(PAGE),
}
RULES: dict[str, Answer] = {
    "robots_disallow": ok(b"User-agent: *\nDisallow: /\n"),
    "robots_huge": _pour_rules,
}


class Resolver:
    """Answers from a row, in its order; remembers who asked."""

    def __init__(self, row: Row) -> None:
        self.sequence = {host: list(answers) for host, answers in row.get("resolver_sequence", {}).items()}
        self.fixed, self.asked = row.get("resolver", {}), list[str]()

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host in self.sequence:
            answer: list[str] = self.sequence[host].pop(0)
            return answer
        found: list[str] = self.fixed.get(host, ["93.184.215.14"])
        return found


def played(row: Row, monkeypatch: pytest.MonkeyPatch) -> PlayedWeb:
    hops = iter(row.get("redirects", []))
    server = row.get("server", "")

    def play(request: bytes) -> Answer:
        if b"GET /second" in request:
            return ok(PAGE)
        location = next(hops, None)
        return redirect(location) if location is not None else SERVERS.get(server, ok(PAGE))

    web = PlayedWeb(play)
    monkeypatch.setattr(web, "rules", lambda: RULES.get(server, NOT_FOUND))
    monkeypatch.setattr(httpcore, "SyncBackend", lambda: web)
    return web


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_row_agrees(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    web, resolver = played(row, monkeypatch), Resolver(row)
    seconds = 0.2 if row.get("server") == "never_answers" else 20
    refused = ""
    try:
        fetch(row["url"], resolve=resolver, allowed_hosts=(), seconds=seconds)
    except FetchError as error:
        refused = error.reason

    if row.get("server") not in LEFT_TO_THE_READER:
        assert bool(refused) == (row["expect"] == "block"), refused
    if row["stage"] not in ("allow", "redirect", "body") and row["expect"] == "block":
        assert web.connected == [], "blocked before any socket is opened"
    assert {address for address, _port in web.connected} <= {"93.184.215.14", *_literals(row)}
    assert not any(b"\r\ncookie:" in asked.lower() or b"\r\nreferer:" in asked.lower() for asked in web.asked)
    if "must_connect_to" in row:
        assert {address for address, _port in web.connected} == {row["must_connect_to"]}
        assert len(resolver.asked) == row["max_lookups_per_hop"]


def _literals(row: Row) -> list[str]:
    """The allowed rows with an address instead of a name lead there."""
    return re.findall(r"//([0-9.]+)/", row["url"]) if row["expect"] == "allow" else []


def test_a_chain_stops_where_the_rows_say(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = [row for row in ROWS if row["id"] == "ssrf-193"]
    web = played(row, monkeypatch)

    with pytest.raises(FetchError, match="too often"):
        fetch(row["url"], resolve=Resolver(row), allowed_hosts=())
    assert sum(b"/robots.txt" not in asked for asked in web.asked) == 6


def test_a_bomb_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader stops at the limit, whatever is still to come."""
    sent = list[int]()

    def bomb(connection: socket.socket) -> None:
        packer: Callable[[bytes], bytes] = zlib.compressobj(wbits=31).compress
        connection.sendall(ok(b"", b"Content-Encoding: gzip"))
        for number in range(10_000):
            sent.append(number)
            connection.sendall(packer(bytes(1_000_000)))

    monkeypatch.setattr(httpcore, "SyncBackend", lambda: PlayedWeb(lambda request: bomb))
    before = threading.active_count()

    with pytest.raises(FetchError, match="larger than 5 MB"):
        fetch("https://bomb.example/", resolve=lambda host, port: ["93.184.215.14"], allowed_hosts=())
    assert len(sent) < 2_000
    assert threading.active_count() <= before + 3
