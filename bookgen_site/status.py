"""The state of the installation: version, database, queue, workers and the sweep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site.env import REDIS_URL, redis_url
from bookgen_site.lib import clock
from bookgen_site.openapi import documented
from bookgen_site.views import ApiView
from engine.queries import backlog
from engine.workers import alive

TIMEOUT_SECONDS = 2.0


class ServiceSerializer(serializers.Serializer[Any]):
    """A service that the installation needs: what it is, whether it answers, and after how long."""

    kind = serializers.CharField()
    ok = serializers.BooleanField()
    latency_ms = serializers.FloatField()


class SweepSerializer(serializers.Serializer[Any]):
    """What the sweep has to look after. Ready units that stay ready mean that no worker runs."""

    every_seconds = serializers.FloatField()
    units_ready = serializers.IntegerField(help_text="could be begun now")
    units_at_work = serializers.IntegerField()
    leases_lapsed = serializers.IntegerField(help_text="at work with nobody there any more")


class InstallationSerializer(serializers.Serializer[Any]):
    """The state of the installation."""

    status = serializers.ChoiceField(["ok", "degraded"])
    version = serializers.CharField()
    database = ServiceSerializer()
    queue = ServiceSerializer()
    workers_here = serializers.IntegerField(help_text="processes on this machine that can work units")
    sweep = SweepSerializer()


class StatusView(ApiView):
    """The state of the installation, for whoever may log in."""

    @documented("read_status", "Look after the installation", {200: InstallationSerializer})
    def get(self, request: Request) -> Response:  # noqa: ARG002  # the same for whoever asks
        """`degraded` when the queue is away: books go on by the sweep then, only slower to begin."""
        database, queue = _database(), _queue()
        body = {
            "status": "ok" if queue["ok"] else "degraded",
            "version": settings.VERSION,
            "database": database,
            "queue": queue,
            "workers_here": alive(),
            "sweep": {"every_seconds": settings.ENGINE_SWEEP_SECONDS, **backlog()},
        }
        return Response(InstallationSerializer(body).data)


def _database() -> dict[str, Any]:
    def ask() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())

    return _timed(connection.vendor, ask)


def _queue() -> dict[str, Any]:
    """The broker of a team; the embedded profile has none that could be away."""
    return _timed("redis", _ping) if REDIS_URL else _timed("memory", lambda: True)


def _ping() -> bool:
    import redis  # noqa: PLC0415  # half a second that only a team needs

    client = redis.Redis.from_url(
        redis_url(0), socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
    )
    try:
        with client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _timed(kind: str, ask: Callable[[], bool]) -> dict[str, Any]:
    began = clock.monotonic()
    ok = ask()
    return {"kind": kind, "ok": ok, "latency_ms": round(1000 * (clock.monotonic() - began), 2)}
