"""A server on loopback that sends given bytes, however wrong, and remembers what it was asked."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def ok(body: bytes, *headers: bytes) -> bytes:
    """An answer with status 200 that ends with the connection."""
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: Text/HTML", *headers, b"", body])


def redirect(location: str, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    return f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


@dataclass
class RawServer:
    """Sends `robots` for /robots.txt and `answer` for all else; `pages` and `rules` are what was asked of both."""

    answer: Answer
    robots: Answer = NOT_FOUND
    pages: list[bytes] = field(default_factory=list)
    rules: list[bytes] = field(default_factory=list)
    listener: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=128)
    )

    def __post_init__(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}/"

    def _accept(self) -> None:
        while True:
            try:
                connection, _peer = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                self.reply(connection, _whole(connection))
            except OSError:
                pass  # the client has hung up, as it should

    def reply(self, connection: socket.socket, request: bytes) -> None:
        """Remember the request and send the answer to it."""
        about_rules = b" /robots.txt " in request.split(b"\r\n")[0]
        (self.rules if about_rules else self.pages).append(request)
        answer = self.robots if about_rules else self.answer
        if isinstance(answer, bytes):
            connection.sendall(answer)
            connection.shutdown(socket.SHUT_WR)
        else:
            answer(connection)


def _whole(connection: socket.socket) -> bytes:
    """A request with its body, which may come in a packet of its own; or what else came first."""
    request = connection.recv(65_536)
    head, _mark, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head)
    while length and len(body) < int(length[1]):
        more = connection.recv(65_536)
        request, body = request + more, body + more
    return request
