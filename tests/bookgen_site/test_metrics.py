"""Figures of the installation, as JSON for people and in Prometheus's format for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site import checks
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.metrics.percentiles import of_buckets, of_values
from bookgen_site.metrics.timing import SECONDS
from engine.models import Run
from tests.fakes import rows

Api = Callable[..., APIClient]
URL = "/api/v1/metrics"


@pytest.fixture(autouse=True)
def no_memory() -> None:
    cache.clear()
    SECONDS.clear()


def book(seconds: float, **columns: Any) -> None:
    """A run whose last check ended so long after it began."""
    run = rows.run(job=rows.job(**columns))
    Run.objects.filter(pk=run.pk).update(created_at=clock.now() - dt.timedelta(seconds=1000))
    run.refresh_from_db()
    ended = run.created_at + dt.timedelta(seconds=seconds)
    rows.unit(run=run, phase="quality_control", key="book", status="done", result={}, finished_at=ended)


@pytest.mark.django_db
def test_what_they_tell(api: Api, chief: User) -> None:
    for seconds in (10, 20, 30, 100):
        book(seconds, status="running")
    rows.job(status="completed", progress=100, completed_at=clock.now())
    rows.job(status="failed")
    rows.job(status="cancelled")
    rows.call(status="answered", answer="x", cost_micros=1500)
    client = api(chief)
    client.get("/api/v1/nothing")
    body = client.get(URL).json()
    jobs = body["jobs"]
    assert (jobs["completed"], jobs["failed"], jobs["by_status"]["cancelled"]) == (1, 1, 1)
    assert jobs["active"] == sum(jobs["by_status"].values()) - 3
    assert body["generation_seconds"] == {"count": 4, "mean": 40, "p50": 20, "p95": 100, "p99": 100}
    assert body["money"] == {"spent_micros": 1500, "spent_today_micros": 1500}
    assert body["response_seconds"]["count"] == 1
    assert 0 < body["response_seconds"]["p50"] < 10


@pytest.mark.django_db
def test_they_are_measured_every_five_minutes(
    api: Api, chief: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = api(chief)
    with django_assert_max_num_queries(12):
        first = client.get(URL).json()
    rows.job(status="failed")
    assert client.get(URL).json() == first
    cache.clear()
    assert client.get(URL).json()["jobs"]["failed"] == 1


@pytest.mark.django_db
def test_nothing_to_measure(api: Api, chief: User) -> None:
    body = api(chief).get(URL).json()
    nothing = {"count": 0, "mean": None, "p50": None, "p95": None, "p99": None}
    assert (body["generation_seconds"], body["response_seconds"]) == (nothing, nothing)


def scraped(**headers: str) -> Any:
    return Client().get("/metrics", headers=headers)


@pytest.mark.django_db
def test_prometheus_reads_them(settings: Settings) -> None:
    settings.METRICS_TOKEN = "a token of Prometheus"
    rows.job(status="failed")
    Client().get("/health")
    Client().get("/api/v1/biographies/11111111-1111-1111-1111-111111111111")
    answer = scraped(Authorization="Bearer a token of Prometheus")
    assert answer.headers["Content-Type"].startswith("text/plain")
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }
    assert found["bookgen_jobs", "failed"] == 1
    assert found["bookgen_units_ready",] == 0
    assert found["bookgen_http_request_seconds_count", "200", "GET", "health"] == 1
    # The pattern, not the address: a label for each book would be one too many.
    route = "api/v1/biographies/<uuid:job_id>"
    assert found["bookgen_http_request_seconds_count", "401", "GET", route] == 1


@pytest.mark.django_db
def test_who_may_scrape(settings: Settings) -> None:
    assert scraped().status_code == 403
    assert scraped(Authorization="Bearer ").status_code == 403
    settings.METRICS_TOKEN = "right"
    assert scraped(Authorization="Bearer wrong").status_code == 403
    assert scraped(Authorization="Bearer right").status_code == 200
    settings.METRICS_TOKEN = ""
    settings.METRICS_ALLOWED = ["10.1.0.0/16"]
    assert scraped().status_code == 403
    assert Client(REMOTE_ADDR="10.1.2.3").get("/metrics").status_code == 200
    assert scraped(**{"X-Forwarded-For": "10.1.2.3"}).status_code == 403


def test_percentiles_of_values() -> None:
    assert of_values([], 0.5) is None
    assert of_values([7], 0.99) == 7
    assert [of_values([4, 1, 3, 2], share) for share in (0.0, 0.25, 0.26, 0.5, 1.0)] == [1, 1, 2, 2, 4]


@pytest.mark.parametrize(
    ("share", "expected"), [(0.25, 0.5), (0.5, 1.0), (0.75, 1.5), (0.9, 1.8), (1.0, 2.0)]
)
def test_percentiles_of_buckets(share: float, expected: float) -> None:
    assert of_buckets([(1.0, 5), (2.0, 10), (float("inf"), 10)], share) == pytest.approx(expected)


def test_percentiles_at_the_ends_of_buckets() -> None:
    assert of_buckets([], 0.5) is None
    assert of_buckets([(1.0, 0), (float("inf"), 0)], 0.5) is None
    assert of_buckets([(1.0, 1), (float("inf"), 10)], 0.9) == 1.0


@pytest.mark.parametrize(
    ("setting", "wrong", "told"),
    [
        ("METRICS_ALLOWED", ["10.0.0.1", "everybody"], "bookgen.E007"),
        ("TRUSTED_PROXIES", -1, "bookgen.E008"),
        ("RATE_LIMIT_PER_MINUTE", -1, "bookgen.E008"),
        ("RATE_LIMIT_PER_KEY", -1, "bookgen.E008"),
    ],
)
def test_settings_that_make_no_sense(settings: Settings, setting: str, wrong: Any, told: str) -> None:
    assert [*checks.places_of_metrics(), *checks.numbers_of_the_api()] == []
    setattr(settings, setting, wrong)
    found = [*checks.places_of_metrics(), *checks.numbers_of_the_api()]
    assert [one.id for one in found] == [told]
