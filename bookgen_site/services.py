"""Whether what the installation needs answers, and after how long: database, Redis, the store of files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import Error, connection

from bookgen_site.env import REDIS_URL, redis_url
from bookgen_site.lib import clock

log = structlog.get_logger(__name__)

TIMEOUT_SECONDS: Final = 2.0
QUEUE, CACHE = 0, 2  # the databases of Redis


def database() -> dict[str, Any]:
    """One question to the database."""
    return _timed(connection.vendor, _ask)


def queue() -> dict[str, Any]:
    """The broker of a team; the embedded profile has none that could be away."""
    return _timed("redis", lambda: _ping(QUEUE)) if REDIS_URL else _timed("memory", lambda: True)


def redis() -> dict[str, Any] | None:
    """Redis as the cache and the limits use it; None where there is none."""
    return _timed("redis", lambda: _ping(CACHE)) if REDIS_URL else None


def storage() -> dict[str, Any]:
    """Whether a file could be written where sources and books lie."""
    return _timed("files", _writable)


def _ask() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except Error as error:
        log.warning("database_away", error=str(error))
        return False


def _ping(number: int) -> bool:
    from redis import Redis, RedisError  # noqa: PLC0415  # half a second that only a team needs

    limits = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
    try:
        with Redis.from_url(redis_url(number), **limits) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _writable() -> bool:
    """The folder, or where it isn't made yet the one that it will be made in."""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists() and place != place.parent:
        place = place.parent
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _timed(kind: str, ask: Callable[[], bool]) -> dict[str, Any]:
    began = clock.monotonic()
    ok = ask()
    return {"kind": kind, "ok": ok, "latency_ms": round(1000 * (clock.monotonic() - began), 2)}
