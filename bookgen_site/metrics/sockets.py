"""WebSockets, counted where they come in: how many are open, how they began, and how much is sent through them."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from prometheus_client import Counter, Gauge

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

OPEN: Final = Gauge("bookgen_websockets_open", "WebSockets that are open now", multiprocess_mode="livesum")
BEGUN: Final = Counter("bookgen_websockets_total", "WebSockets that were asked for", ("outcome",))
SENT: Final = Counter("bookgen_websocket_messages_total", "Messages sent through WebSockets")


class Counted:
    """Stands around what serves WebSockets, and gives each an id for its log lines."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        structlog.contextvars.bind_contextvars(socket=uuid.uuid4().hex)
        seen = _Seen(send)
        try:
            await self.app(scope, receive, seen)
        finally:
            seen.end()


class _Seen:
    """Passes messages on, and counts them."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._open = False

    async def __call__(self, message: Message) -> None:
        await self._send(message)
        if message["type"] == "websocket.accept":
            self._open = True
            OPEN.inc()
            BEGUN.labels("accepted").inc()
        elif message["type"] == "websocket.send":
            SENT.inc()
        elif message["type"] == "websocket.close" and not self._open:
            BEGUN.labels("refused").inc()

    def end(self) -> None:
        """The socket is gone, however it went."""
        if self._open:
            self._open = False
            OPEN.dec()
