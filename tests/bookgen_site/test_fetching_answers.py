"""What servers send: broken, packed, endless, or no document at all."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import struct
import zlib
from collections.abc import Callable, Iterator

import pytest

from bookgen_site.lib.fetching import FetchError, fetch
from bookgen_site.lib.inflating import Damaged, UnknownEncoding, plain
from tests.fakes.raw_server import ok
from tests.fakes.serving import Serve, fresh_manners, serve

__all__ = ["fresh_manners", "serve"]  # fixtures

PAGE = b"<html><p>A page that is read."


def _reset(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    "answer",
    [
        ok(b"\x1f\x8bno", b"Content-Encoding: gzip"),
        ok(gzip.compress(PAGE * 100)[:-20], b"Content-Encoding: gzip"),
        ok(gzip.compress(PAGE) + b"rubbish", b"Content-Encoding: gzip"),
        ok(PAGE, b"Content-Encoding: br"),
        ok(gzip.compress(gzip.compress(PAGE)), b"Content-Encoding: gzip", b"Content-Encoding: gzip"),
        ok(b"short", b"Content-Length: 1000"),
        ok(PAGE, b"Content-Length: 5", b"Content-Length: 50"),
        ok(PAGE, b"Content-Length: -1"),
        ok(b"zz\r\n" + PAGE, b"Transfer-Encoding: chunked"),
        ok(b"10\r\nshort", b"Transfer-Encoding: chunked"),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 80_000 + b"\r\n\r\n" + PAGE,
        b"SSH-2.0-OpenSSH_9\r\n",
        b"",
        _reset,
    ],
    ids=itertools.count(),
)
def test_bad_answers_have_a_reason(serve: Serve, answer: bytes | Callable[[socket.socket], None]) -> None:
    server = serve(answer)

    with pytest.raises(FetchError) as caught:
        fetch(server.url, allowed_hosts=[server.place])
    assert caught.value.reason.endswith(".")
    assert server.place not in caught.value.reason


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("X-GZIP", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]) + b"\x00\x00"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", _bare(PAGE)),
        ("identity", PAGE),
    ],
    ids=itertools.count(),
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_packed_pages_are_unpacked(encoding: str, data: bytes, size: int) -> None:
    parts = [data[start : start + size] for start in range(0, len(data), size)]

    assert b"".join(plain(parts, encoding)) == PAGE


def test_a_packed_page_is_fetched(serve: Serve) -> None:
    server = serve(ok(gzip.compress(PAGE), b"Content-Encoding: gzip"))

    assert fetch(server.url, allowed_hosts=[server.place]).data == PAGE


def test_pieces_stay_small_and_come_when_they_are_asked_for() -> None:
    taken: list[int] = []

    def parts() -> Iterator[bytes]:
        packed = gzip.compress(bytes(50_000_000))
        for start in range(0, len(packed), 1000):
            taken.append(start)
            yield packed[start : start + 1000]

    pieces = plain(parts(), "gzip")

    assert max(len(next(pieces)) for _ in range(10)) <= 65_536
    assert len(taken) < 5


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", b"".join(gzip.compress(b"") for _ in range(200))),
        ("deflate", zlib.compress(PAGE) + zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[:-6]),
        ("gzip", PAGE),
    ],
    ids=itertools.count(),
)
def test_what_no_server_sends_is_damaged(encoding: str, data: bytes) -> None:
    with pytest.raises(Damaged):
        list(plain([data], encoding))


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "deflate,gzip", "gzip;q=1"])
def test_other_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(UnknownEncoding):
        list(plain([b"x"], encoding))


def test_large_documents_are_refused_by_what_comes_and_by_what_is_announced(serve: Serve) -> None:
    server = serve(ok(PAGE, b"Content-Length: 6000000"))
    with pytest.raises(FetchError, match="larger than 5 MB"):
        fetch(server.url, allowed_hosts=[server.place])

    server = serve(ok(b"<html>" + b"x" * 2000))
    with pytest.raises(FetchError, match="larger"):
        fetch(server.url, allowed_hosts=[server.place], most=2000)
    assert len(fetch(server.url, allowed_hosts=[server.place], most=2006).data) == 2006


def test_chunks_of_one_byte_are_not_read_for_ever(serve: Serve) -> None:
    sent: list[int] = []

    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"1;" + b"x" * 9000 + b"\r\nx\r\n")
            sent.append(9000)

    server = serve(pour)

    with pytest.raises(FetchError, match="larger"):
        fetch(server.url, allowed_hosts=[server.place], most=5_000)
    assert sum(sent) < 20_000_000, "what a socket holds, and not 5,000 chunks"


WORD = b"PK\x03\x04....[Content_Types].xml....PK\x03\x04....word/document.xml"


@pytest.mark.parametrize(
    "data",
    [
        *(PAGE, b"%PDF-1.7\n\x00\x01", WORD, b"Plain words.", b"\xef\xbb\xbf<!DOCTYPE html><p>x", b""),
        *(
            "Zw\xf6lf W\xf6rter.".encode("latin-1"),
            "Sixteen bits".encode("utf-16"),
            "Ten words".encode("utf-16-le"),
        ),
        *(b"<title>Bare</title><p>x", b"<!--" + b"x" * 9000 + b"--><html><p>x"),
        *(b"<?xml version='1.0'?>\n<html xmlns='...'><p>x</html>", b"[1] The note. {2}", b"{a} [b]"),
    ],
    ids=itertools.count(),
)
def test_documents_are_told_by_their_content(serve: Serve, data: bytes) -> None:
    server = serve(ok(data).replace(b"Text/HTML", b"image/png"))

    assert fetch(server.url, allowed_hosts=[server.place]).data == data


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"\x89PNG\r\n\x1a\n\x00\x00",
            b"GIF89a\x01\x00\x01",
            b"\xff\xd8\xff\xe0\x00",
            b"RIFF\x10\x00\x00\x00WEBP",
        ),
        *(
            b"PK\x03\x04xl/workbook.xml",
            b"\x1f\x8b\x08\x00",
            b"\x7fELF\x02\x01\x01\x00",
            b"MZ\x90\x00\x03\x00",
        ),
        *(b'{"a": [1, 2]}', b'[{"a": 1}]', b'{"a": 1}\n{"b": 2}\n', b"[" * 50_000 + b"]" * 50_000),
        *(b"<?xml version='1.0'?><rss>x</rss>", b"{\\rtf1 x}", b"%!PS-Adobe", b"\x00\x00\x00\x18ftypmp42"),
        *(b"<html>\x00\x01\x02\x03\x04\x05\x06\x07", b"#!/bin/sh\necho"),
        *(b'{"page": "<html><p>x"}', b"<?xml version='1.0'?><feed><html >x</feed>", b"<svg><title>x</svg>"),
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><p>x=20y",
    ],
    ids=itertools.count(),
)
def test_all_else_is_refused(serve: Serve, data: bytes) -> None:
    server = serve(ok(data))

    with pytest.raises(FetchError, match="no document at this address"):
        fetch(server.url, allowed_hosts=[server.place])


def test_a_server_must_prove_its_name(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name asked for goes out as SNI, and a wrong certificate is told as such."""
    names: list[str | None] = []
    server = serve(ok(PAGE))

    def shake(self: object, sock: socket.socket, server_hostname: str | None = None) -> ssl.SSLSocket:
        names.append(server_hostname)
        raise ssl.SSLCertVerificationError("self-signed certificate")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", shake)
    place = f"shop.example:{server.port}"

    with pytest.raises(FetchError, match="certificate"):
        fetch(f"https://{place}/", allowed_hosts=[place], resolve=lambda host, port: ["127.0.0.1"])
    assert names == ["shop.example"]
