"""One server with an endpoint for each way in which a receiver can answer, well or badly."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

GOOD: Final = ("ok", "created", "accepted", "late_500", "late_429", "late_503", "late_reset")
BAD: Final = ("redirect", "missing", "broken", "silent", "reset", "drip")
GONE: Final = "gone"
FAILURES_FIRST: Final = 2  # of each message, at an endpoint that gets well
_STATUS: Final = {
    "ok": 200,
    "created": 201,
    "accepted": 202,
    "redirect": 302,
    "missing": 404,
    "broken": 500,
    GONE: 410,
}


class Receivers(ThreadingHTTPServer):
    """`taken[path][id]` counts the 2xx answers, `asked` all requests, `first` is when a message came first."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, silence: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.silence = silence
        self.lock = threading.Lock()
        self.asked: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.taken: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.first: dict[tuple[str, str], float] = {}
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_about: Any) -> None:
        """Senders are killed and give up: that is what they are here for."""


class _Handler(BaseHTTPRequestHandler):
    server: Receivers

    def do_POST(self) -> None:
        path, message = self.path.strip("/"), self.headers["webhook-id"]
        self.rfile.read(int(self.headers["content-length"]))
        with self.server.lock:
            self.server.asked[path][message] += 1
            count = self.server.asked[path][message]
            self.server.first.setdefault((path, message), time.time())
        kind = path.split("-")[0]
        if kind.startswith("late_") and count > FAILURES_FIRST:
            kind = "ok"
        self._answer(path, message, kind)

    def _answer(self, path: str, message: str, kind: str) -> None:
        match kind:
            case "silent":
                time.sleep(self.server.silence)
            case "drip":
                self._drip()
            case "reset" | "late_reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "late_429" | "late_503":
                self._say(int(kind[-3:]), ("retry-after", "7"))
            case "late_500":
                self._say(500)
            case _:
                if _STATUS[kind] < 300:
                    with self.server.lock:
                        self.server.taken[path][message] += 1
                self._say(_STATUS[kind], ("location", f"http://{self.server.place}/ok"))

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n")
        for _time in range(200):
            self.wfile.write(b".")
            time.sleep(self.server.silence / 20)

    def _say(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_about: Any) -> None:
        """Say nothing."""
