"""A small WebSocket client (RFC 6455) that a campaign can cut off: text frames in, nothing but the handshake out."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from typing import Any, Final
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
ANSWER: Final = b"HTTP/1.1 101"


class Refused(Exception):
    """The server didn't open the socket."""


async def messages(url: str) -> AsyncIterator[dict[str, Any]]:
    """The JSON messages of one socket until it ends; raises Refused, or OSError when the line breaks."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        await _shake_hands(reader, writer, f"{parts.path}?{parts.query}", parts.netloc)
        while True:
            kind, payload = await _frame(reader)
            if kind == CLOSE:
                return
            if kind == PING:
                writer.write(
                    bytes([0x80 | PONG, 0x80 | len(payload)]) + bytes(4) + payload
                )  # a mask of zeros
            elif kind == TEXT:
                yield json.loads(payload)
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError from error
    finally:
        writer.close()


async def _shake_hands(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, host: str
) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"]
    lines += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]
    writer.write("\r\n".join(lines).encode())
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(ANSWER):
        raise Refused(head.split(b"\r\n", 1)[0].decode("latin-1"))


async def _frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    first, second = await reader.readexactly(2)
    length = second & 0x7F
    if length >= 126:
        length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8))
    return first & 0x0F, await reader.readexactly(length)
