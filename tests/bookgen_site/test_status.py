"""The state of the installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from rest_framework.test import APIClient

from bookgen_site import status
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
    monkeypatch.setattr(status, "REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setattr(status, "redis_url", lambda number: f"redis://127.0.0.1:1/{number}")
    body = api(editor).get("/api/v1/status").json()
    assert (body["status"], body["queue"]["ok"]) == ("degraded", False)


def test_this_process_counts_once_it_works(api: Callable[..., APIClient], editor: User) -> None:
    assert api(editor).get("/api/v1/status").json()["workers_here"] == 0
    workers.me.cache_clear()
    workers.me()
    assert api(editor).get("/api/v1/status").json()["workers_here"] == 1
    workers.me.cache_clear()


def test_strangers_learn_nothing(api: Callable[..., APIClient]) -> None:
    assert api().get("/api/v1/status").status_code == 401
