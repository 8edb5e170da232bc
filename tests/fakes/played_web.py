"""A web without sockets: connections are counted, and played by functions over a pair of sockets."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
from httpcore._backends.sync import SyncStream

from tests.fakes.raw_server import NOT_FOUND, Answer


class PlayedWeb(httpcore.NetworkBackend):
    """Answers every connection with what `play` makes of the request; TLS is taken as done.

    `connected` are the addresses and ports that were to be connected to, `asked` the requests.
    """

    def __init__(self, play: Callable[[bytes], Answer]) -> None:
        self.play = play
        self.connected: list[tuple[str, int]] = []
        self.asked: list[bytes] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._serve, args=(theirs,), daemon=True).start()
        return _Played(ours)

    def _serve(self, theirs: socket.socket) -> None:
        with theirs:
            try:
                request = theirs.recv(65_536)
                self.asked.append(request)
                about_rules = b" /robots.txt " in request.split(b"\r\n")[0]
                answer = self.play(request) if not about_rules else self.rules()
                theirs.sendall(answer) if isinstance(answer, bytes) else answer(theirs)
            except OSError:
                pass  # the client has hung up, as it should

    def rules(self) -> bytes:
        """What robots.txt says."""
        return NOT_FOUND


class _Played(SyncStream):
    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return self
