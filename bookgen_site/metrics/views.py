"""Metrics for people and programs: JSON for whoever looks after all books, and Prometheus's own format."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.vocabulary import JobStatus
from bookgen_site.accounts import scopes
from bookgen_site.accounts.permissions import SeesAllJobs
from bookgen_site.health import asked_by_machines
from bookgen_site.lib import clock
from bookgen_site.lib.clients import address_of
from bookgen_site.lib.memory import recall, remember
from bookgen_site.metrics.figures import Figures, measured
from bookgen_site.metrics.percentiles import of_buckets, of_values
from bookgen_site.metrics.registry import Everything, response_buckets
from bookgen_site.openapi import documented
from bookgen_site.problems import plain, problem
from bookgen_site.representing import row_as
from bookgen_site.strict import NoQuestion
from bookgen_site.views import ApiView

KEPT_SECONDS: Final = 300
CACHE_KEY: Final = "metrics"
ENDED: Final = frozenset({JobStatus.COMPLETED.value, JobStatus.FAILED.value, JobStatus.CANCELLED.value})


class JobCountsSerializer(serializers.Serializer[Any]):
    """How many biographies there are."""

    active = serializers.IntegerField(help_text="neither completed nor failed nor cancelled")
    completed = serializers.IntegerField()
    failed = serializers.IntegerField()
    by_status = serializers.DictField(child=serializers.IntegerField())


class TimesSerializer(serializers.Serializer[Any]):
    """Times in seconds; null where nothing was measured yet."""

    count = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    p50 = serializers.FloatField(allow_null=True)
    p95 = serializers.FloatField(allow_null=True)
    p99 = serializers.FloatField(allow_null=True)


class MoneySerializer(serializers.Serializer[Any]):
    """What model calls have cost, in millionths of a dollar."""

    spent_micros = serializers.IntegerField()
    spent_today_micros = serializers.IntegerField(help_text="since midnight UTC")


class MetricsSerializer(serializers.Serializer[Any]):
    """How the installation is doing."""

    measured_at = serializers.DateTimeField(help_text="they are measured every five minutes at most")
    jobs = JobCountsSerializer()
    generation_seconds = TimesSerializer(help_text="of books: from the start to the last check before review")
    response_seconds = TimesSerializer(help_text="of answers over HTTP, since the processes started")
    queue_length = serializers.IntegerField(help_text="units that could be begun now")
    units_at_work = serializers.IntegerField()
    money = MoneySerializer()


class MetricsView(ApiView):
    """Figures of all books."""

    permission_classes = (*ApiView.permission_classes, SeesAllJobs)
    scopes = {"GET": scopes.ADMIN}

    @documented("read_metrics", "Read the figures of the installation", {200: MetricsSerializer})
    def get(self, request: Request) -> Response:
        """For Chief editors and Administrators; a key needs the scope `admin`."""
        self.asked(NoQuestion, request)
        told = recall(CACHE_KEY)
        if told is None:
            told = row_as(MetricsSerializer, _as_json(measured()))
            remember(CACHE_KEY, told, KEPT_SECONDS)
        return Response(told)


def _as_json(figures: Figures) -> dict[str, Any]:
    jobs = figures.jobs
    return {
        "measured_at": clock.now(),
        "jobs": {
            "active": sum(number for status, number in jobs.items() if status not in ENDED),
            "completed": jobs.get(JobStatus.COMPLETED, 0),
            "failed": jobs.get(JobStatus.FAILED, 0),
            "by_status": jobs,
        },
        "generation_seconds": _times_of_books(figures.generation),
        "response_seconds": _times_of_answers(),
        "queue_length": figures.units_ready,
        "units_at_work": figures.units_at_work,
        "money": {
            "spent_micros": figures.spent_micros,
            "spent_today_micros": figures.spent_today_micros,
        },
    }


def _times_of_books(seconds: list[float]) -> dict[str, float | None]:
    mean = sum(seconds) / len(seconds) if seconds else None
    shares = {name: of_values(seconds, share) for name, share in SHARES.items()}
    return {"count": len(seconds), "mean": mean, **shares}


def _times_of_answers() -> dict[str, float | None]:
    buckets, count, total = response_buckets()
    shares = {name: of_buckets(buckets, share) for name, share in SHARES.items()}
    return {"count": int(count), "mean": total / count if count else None, **shares}


SHARES: Final = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@asked_by_machines
def prometheus(request: HttpRequest) -> HttpResponse:
    """`/metrics` for Prometheus: with the token of METRICS_TOKEN, or from an address of METRICS_ALLOWED."""
    if not _may_scrape(request):
        return plain(problem(403, "permission_denied", _("You may not do this.")))
    registry = CollectorRegistry()
    registry.register(Everything())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_scrape(request: HttpRequest) -> bool:
    carried = request.headers.get("Authorization", "").partition(" ")[2].strip()
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(carried.encode(), token.encode()):
        return True
    try:
        address = ipaddress.ip_address(address_of(request.META))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(place, strict=False) for place in settings.METRICS_ALLOWED)
