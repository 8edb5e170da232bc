"""The world around the installation: a provider, a mail server and receivers, each of which repeats what it's given."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from engine.scripted.behaviour import Behaviour
from engine.scripted.server import Provider, _error, _Handler
from tests.faults.mail import free_port


@dataclass
class Outside:
    """What came out, as bytes; secrets in headers that are meant for them (Authorization, AUTH) aren't kept."""

    prompts: list[bytes] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    messages: list[tuple[str, bytes]] = field(default_factory=list)  # by path
    logins: list[bytes] = field(default_factory=list)
    provider: str = ""
    receivers: str = ""
    smtp_port: int = 0


@contextmanager
def world() -> Iterator[Outside]:
    """Begin and end them."""
    outside = Outside()
    servers = [_provider(outside), _receivers(outside)]
    outside.provider, outside.receivers = (f"http://127.0.0.1:{one.server_address[1]}" for one in servers)
    outside.smtp_port = free_port()
    mail = Controller(
        _Mail(outside), hostname="127.0.0.1", port=outside.smtp_port, authenticator=outside_login(outside),
        auth_required=True, auth_require_tls=False, ready_timeout=30,
    )  # fmt: skip
    mail.start()
    for one in servers:
        threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield outside
    finally:
        for one in servers:
            one.shutdown()
        mail.stop()


def _provider(outside: Outside) -> ThreadingHTTPServer:
    """A scripted provider that breaks on each first try, and says then what it was sent, key included."""
    books = Provider(Behaviour(first_tries=1, kinds=("500",)))

    class Handler(_Handler):
        def _completion(self, request: Any, request_hash: str, tries: int) -> str:
            outside.prompts.append(repr(request).encode())
            return super()._completion(request, request_hash, tries)

        def _break(self, kind: str) -> None:
            self._json(int(kind), _error(int(kind), f"It is scripted so: {self.headers.as_string()}"))

    Handler.books = books
    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def _receivers(outside: Outside) -> ThreadingHTTPServer:
    """Receivers of webhooks, which take all, and chats, which refuse once and repeat what they were sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            known = any(path == self.path for path, _body in outside.messages)
            outside.messages.append((self.path, body + self.headers.as_string().encode()))
            refused = not known and "hook" not in self.path
            said = f"no: {self.path} {body.decode()}".encode() if refused else b"ok"
            self.send_response(500 if refused else 200)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_arguments: Any) -> None:
            """Nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def outside_login(outside: Outside) -> Any:
    """Who logs in to the mail server; all may."""

    def look(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        outside.logins.append(given.password)
        return AuthResult(success=True)

    return look


class _Mail:
    """Takes every letter but the first, and says why not with all that it knows."""

    def __init__(self, outside: Outside) -> None:
        self.outside, self.refused = outside, False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.refused and self.outside.logins:
            self.refused = True
            return f"451 try later, you who came with {self.outside.logins[-1].decode()}"
        self.outside.mails.append(envelope.content)
        return "250 OK"
