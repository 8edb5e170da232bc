"""The state of the installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site import services
from bookgen_site.accounts.models import User
from bookgen_site.env import REDIS_URL
from bookgen_site.lib import clock
from engine import workers
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_what_it_tells(api: Callable[..., APIClient], editor: User) -> None:
    run = rows.run()
    rows.unit(run=run)
    rows.unit(run=run, status="leased", worker="w", lease_until=clock.now() + dt.timedelta(minutes=1))
    rows.unit(run=run, status="leased", worker="w", lease_until=clock.now() - dt.timedelta(minutes=1))
    body = api(editor).get("/api/v1/status").json()
    assert body["status"] == "ok"
    assert body["database"]["kind"] == connection.vendor
    assert body["database"]["ok"]
    assert body["database"]["latency_ms"] >= 0
    assert body["queue"]["kind"] == ("redis" if REDIS_URL else "memory")
    assert body["sweep"]["units_ready"] == 2  # the waiting one, and the one whose worker has gone
    assert (body["sweep"]["units_at_work"], body["sweep"]["leases_lapsed"]) == (2, 1)


def test_a_queue_that_is_away(
    api: Callable[..., APIClient], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setattr(services, "redis_url", lambda number: f"redis://127.0.0.1:1/{number}")
    body = api(editor).get("/api/v1/status").json()
    assert (body["status"], body["queue"]["ok"], body["redis"]["ok"]) == ("degraded", False, False)
    ready = api().get("/health/ready")
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "5")
    assert ready.json()["code"] == "unavailable"
    assert "redis" in ready.json()["detail"]


def test_this_process_counts_once_it_works(api: Callable[..., APIClient], editor: User) -> None:
    assert api(editor).get("/api/v1/status").json()["workers_here"] == 0
    workers.me.cache_clear()
    workers.me()
    assert api(editor).get("/api/v1/status").json()["workers_here"] == 1
    workers.me.cache_clear()


def test_strangers_learn_whether_it_is_well_and_nothing_else(api: Callable[..., APIClient]) -> None:
    assert api().get("/api/v1/status").json() == {"status": "ok"}
    assert api().get("/health/ready").json() == {"status": "ready"}


def test_a_store_that_cannot_be_written(
    api: Callable[..., APIClient], editor: User, settings: Settings, tmp_path: Path
) -> None:
    place = tmp_path / "a file"
    place.write_bytes(b"")
    settings.MEDIA_ROOT = str(place)
    assert api(editor).get("/api/v1/status").json()["storage"]["ok"] is False
    assert api().get("/health/ready").status_code == 503


def test_a_database_that_is_away(api: Callable[..., APIClient], monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to 10.0.0.7 refused: password of bookgen")

    monkeypatch.setattr("django.db.connection.cursor", away)
    assert api().get("/health").status_code == 200
    ready = api().get("/health/ready")
    assert (ready.status_code, "database" in ready.json()["detail"]) == (503, True)
    answer = APIClient(HTTP_X_API_KEY="bg_any").get("/api/v1/biographies")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "password" not in answer.content.decode()


def test_providers_and_workers_elsewhere(api: Callable[..., APIClient], editor: User) -> None:
    soon = clock.now() + dt.timedelta(minutes=1)
    rows.provider(endpoint="https://a.example", error="a body of the provider")
    rows.provider(endpoint="https://b.example", open_until=soon)
    rows.call(status="answered", answer="x", latency_ms=700)
    rows.unit(status="leased", worker="other.machine", lease_until=soon)
    answer = api(editor).get("/api/v1/status")
    body = answer.json()
    assert [(one["endpoint"], one["ok"], one["latency_ms"]) for one in body["providers"]] == [
        ("https://a.example", True, 700),
        ("https://b.example", False, 700),
    ]
    assert body["workers_seen"] == 1
    assert "a body of the provider" not in answer.content.decode()


@pytest.mark.once
@pytest.mark.parametrize("path", ["/health", "/health/ready", "/metrics"])
def test_who_sends_something_to_where_machines_ask_is_told_as_in_the_api(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path, "x", content_type="text/plain")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert (answer.headers["Allow"], answer.headers["Content-Type"]) == (
        "GET, HEAD",
        "application/problem+json",
    )
    assert client.head("/health").status_code == 200
