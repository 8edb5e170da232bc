"""Which pages may open a WebSocket: those of this very site, by scheme, host and port."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


class SameOrigin:
    """Denies a WebSocket whose Origin isn't the address the browser asked, or one that the settings trust.

    Clients that are no browsers send no Origin; they carry no cookies of the site either, so they pass
    here and are authenticated by the consumer.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        origin = headers.get(b"origin", "")
        if origin and not is_own(origin, headers.get(b"host", ""), secure=_secure(scope, headers)):
            await WebsocketDenier()(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_own(origin: str, host: str, *, secure: bool) -> bool:
    """Whether `origin` is this site as the browser asked for it (`host` is the Host header)."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    # An origin is scheme, host and port; whatever has more than that was written by no browser.
    if origin.lower() != f"{parts.scheme}://{parts.netloc.lower()}" or "@" in parts.netloc:
        return False
    if parts.scheme != ("https" if secure else "http"):
        return False
    default = 443 if secure else 80
    return bool(host) and (parts.hostname, port or default) == _host_and_port(host, default)


def _host_and_port(host: str, default: int) -> tuple[str | None, int]:
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname, parts.port or default
    except ValueError:
        return None, default


def _secure(scope: Scope, headers: dict[bytes, str]) -> bool:
    behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None
    if behind_proxy and headers.get(b"x-forwarded-proto") == "https":
        return True
    return scope.get("scheme") in {"https", "wss"}
