"""The state of the installation: version, services, workers and the sweep. Strangers learn whether it's well."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site import services
from bookgen_site.accounts.permissions import HasScope
from bookgen_site.openapi import documented
from bookgen_site.strict import NoQuestion
from bookgen_site.views import ApiView
from engine.queries import backlog, providers, workers_seen
from engine.workers import alive


class ServiceSerializer(serializers.Serializer[Any]):
    """A service that the installation needs: what it is, whether it answers, and after how long."""

    kind = serializers.CharField()
    ok = serializers.BooleanField()
    latency_ms = serializers.FloatField()


class ProviderSerializer(serializers.Serializer[Any]):
    """An endpoint for language models: whether it may be asked now, and the median of the newest answers' times."""

    endpoint = serializers.CharField()
    ok = serializers.BooleanField(help_text="false: it asked for a pause, or failed too often lately")
    latency_ms = serializers.FloatField(allow_null=True)


class SweepSerializer(serializers.Serializer[Any]):
    """What the sweep has to look after. Ready units that stay ready mean that no worker runs."""

    every_seconds = serializers.FloatField()
    units_ready = serializers.IntegerField(help_text="could be begun now")
    units_at_work = serializers.IntegerField()
    leases_lapsed = serializers.IntegerField(help_text="at work with nobody there any more")


class InstallationSerializer(serializers.Serializer[Any]):
    """The state of the installation. Without a key there is nothing but `status`."""

    status = serializers.ChoiceField(["ok", "degraded"])
    version = serializers.CharField(required=False)
    database = ServiceSerializer(required=False)
    queue = ServiceSerializer(required=False)
    redis = ServiceSerializer(required=False, allow_null=True, help_text="null: this profile has none")
    storage = ServiceSerializer(required=False)
    providers = ProviderSerializer(many=True, required=False)
    workers_here = serializers.IntegerField(
        required=False, help_text="processes on this machine that can work units"
    )
    workers_seen = serializers.IntegerField(
        required=False, help_text="processes on all machines that hold a unit now"
    )
    sweep = SweepSerializer(required=False)


class StatusView(ApiView):
    """The state of the installation."""

    permission_classes = (AllowAny, HasScope)

    @documented("read_status", "Look after the installation", {200: InstallationSerializer})
    def get(self, request: Request) -> Response:
        """`degraded` when something is away. With the queue away books go on by the sweep, only slower to begin."""
        self.asked(NoQuestion, request)
        found = {
            "database": services.database(),
            "queue": services.queue(),
            "redis": services.redis(),
            "storage": services.storage(),
        }
        well = all(service["ok"] for service in found.values() if service)
        body: dict[str, Any] = {"status": "ok" if well else "degraded"}
        if request.user.is_authenticated:
            body |= found | _work()
        return Response(body)


def _work() -> dict[str, Any]:
    return {
        "version": settings.VERSION,
        "providers": providers(),
        "workers_here": alive(),
        "workers_seen": len(workers_seen()),
        "sweep": {"every_seconds": settings.ENGINE_SWEEP_SECONDS, **backlog()},
    }
