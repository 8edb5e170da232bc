"""Compressed answers are unpacked piece by piece, so that whoever reads them can stop at a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

_PIECE: Final = 65_536  # bytes unpacked at once: a bomb never gets further ahead of its reader
_MOST_MEMBERS: Final = 100  # of one gzip stream; one is usual
_GZIP, _ZLIB, _RAW = 31, 15, -15  # `wbits` of zlib


class Damaged(Exception):
    """What was sent isn't in the encoding that its header names."""


class UnknownEncoding(Exception):
    """An encoding that isn't unpacked here, or more than one of them; the message is the header."""


def plain(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Unpack the parts of a body by its Content-Encoding: none, identity, gzip or deflate (RFC 9110, 8.4.1).

    Several encodings over one another are refused: servers don't do that, bombs do. Raises
    UnknownEncoding and Damaged.
    """
    named = [name for name in encoding.lower().replace(",", " ").split() if name != "identity"]
    if not named:
        return iter(parts)
    if named in (["gzip"], ["x-gzip"]):
        return _inflated(_joined(parts), _GZIP)
    if named == ["deflate"]:
        return _deflated(_joined(parts))
    raise UnknownEncoding(encoding)


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, with at least two of them (a header can be told) in the first part."""
    head = b""
    for part in parts:
        if len(head) < 2:
            head += part
            part = head
        if len(head) >= 2:
            yield part
    if 0 < len(head) < 2:
        yield head


def _deflated(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Deflate means zlib (RFC 1950), but some servers send it bare (RFC 1951)."""
    first = next(parts, b"")
    if first:
        wrapped = first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
        yield from _inflated(_before(first, parts), _ZLIB if wrapped else _RAW)


def _before(first: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts


def _inflated(parts: Iterator[bytes], wbits: int) -> Iterator[bytes]:
    stream = None
    members = 0
    for part in parts:
        while part:
            if stream is None or stream.eof:
                part = part.lstrip(b"\x00") if members else part  # padding behind the end
                if not part:
                    break
                members += 1
                stream = _next(wbits, members)
            yield _step(stream, part)
            part = stream.unused_data if stream.eof else stream.unconsumed_tail
    if stream is not None and not stream.eof:
        yield stream.flush()
        if not stream.eof:
            raise Damaged("cut off")


def _next(wbits: int, members: int) -> zlib._Decompress:
    """gzip may have several members, one after the other (RFC 1952, 2.2); deflate has one stream."""
    if members > (_MOST_MEMBERS if wbits == _GZIP else 1):
        raise Damaged("more than one stream")
    return zlib.decompressobj(wbits)


def _step(stream: zlib._Decompress, part: bytes) -> bytes:
    try:
        return stream.decompress(part, _PIECE)
    except zlib.error as error:
        raise Damaged(str(error)) from error
