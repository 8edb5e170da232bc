"""A thousand WebSocket clients in a process of their own, so cheap that they aren't what is measured.

    python -m tests.bench.listeners <port> <path> <events>  < tickets, one a line

One epoll for all of them: a message's moment is that at which the kernel said that it is there, before anything is read
of it. Says `open` once each has its snapshot, then a line for every message: its number, and the moment on the clock
that all processes of a machine share.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import sys
import time
from dataclasses import dataclass, field
from typing import Final

from tests.faults.socket_client import PING, PONG, TEXT

PATIENCE: Final = 60.0  # seconds without any message
MOST: Final = 1 << 16  # bytes of one reading


@dataclass(slots=True)
class Client:
    """One open socket, and what came of a frame that isn't whole yet."""

    line: socket.socket
    rest: bytes = b""

    def texts(self) -> list[bytes]:
        """Read what is there; pings are answered."""
        read = self.line.recv(MOST)
        if not read:
            raise ConnectionResetError
        found, data = [], self.rest + read
        while frame := _frame(data):
            kind, payload, data = frame
            if kind == PING:
                self.line.sendall(bytes([0x80 | PONG, 0x80 | len(payload)]) + bytes(4) + payload)
            elif kind == TEXT:
                found.append(payload)
        self.rest = data
        return found


@dataclass
class Crowd:
    """All of them, and what they heard: a moment and a text each."""

    poll: select.epoll = field(default_factory=select.epoll)
    clients: dict[int, Client] = field(default_factory=dict)
    heard: list[tuple[float, bytes]] = field(default_factory=list)

    def add(self, port: int, path: str) -> None:
        """Shake hands; raises ConnectionRefusedError when the server says no."""
        line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        head = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        )
        line.sendall(f"{head}Sec-WebSocket-Key: {'A' * 22}==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        told = b""
        while b"\r\n\r\n" not in told:
            told += line.recv(MOST) or b"\r\n\r\n"
        head_of_answer, rest = told.split(b"\r\n\r\n", 1)
        if not head_of_answer.startswith(b"HTTP/1.1 101"):
            raise ConnectionRefusedError(head_of_answer)
        self.clients[line.fileno()] = Client(line, rest)
        self.poll.register(line, select.EPOLLIN)

    def hear(self, seconds: float) -> bool:
        """What there is now, or within these seconds; whether there was something."""
        ready = self.poll.poll(seconds)
        at = time.monotonic()
        for number, _kind in ready:
            self.heard += [(at, text) for text in self.clients[number].texts()]
        return bool(ready)

    def hear_until(self, messages: int) -> None:
        """Until so many have come; raises TimeoutError."""
        while len(self.heard) < messages:
            if not self.hear(PATIENCE):
                raise TimeoutError(f"{len(self.heard)} of {messages} messages came")


def _frame(data: bytes) -> tuple[int, bytes, bytes] | None:
    """The first frame's kind and content, and what follows it; None while it isn't whole."""
    if len(data) < 2:
        return None
    length, begin = data[1] & 0x7F, 2
    if length >= 126:
        begin = 4 if length == 126 else 10
        if len(data) < begin:
            return None
        (length,) = struct.unpack_from(">H" if begin == 4 else ">Q", data, 2)
    if len(data) < begin + length:
        return None
    return data[0] & 0x0F, data[begin : begin + length], data[begin + length :]


def main(port: int, path: str, events: int) -> None:
    """Open one for each ticket, and hear so many events with each of them."""
    crowd = Crowd()
    for ticket in sys.stdin:
        crowd.add(port, f"{path}?after=0&ticket={ticket.strip()}")
        crowd.hear(0)
    crowd.hear_until(len(crowd.clients))
    sys.stdout.write("open\n")
    sys.stdout.flush()
    crowd.hear_until(len(crowd.clients) * (1 + events))
    for at, text in crowd.heard:
        message = json.loads(text)
        if message["kind"] != "snapshot":
            sys.stdout.write(f"{message['seq']} {at:.6f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
