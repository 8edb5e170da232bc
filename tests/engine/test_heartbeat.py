"""The heartbeat renews what this process holds, and nothing else."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from bookgen_site.lib import clock
from engine import heartbeat, units
from engine.models import Unit
from tests.fakes import rows

SOON = dt.timedelta(seconds=1)


def claimed() -> units.Claim:
    run = rows.run()
    rows.unit(run=run)
    claim = units.claim(run.pk, "w1")
    assert claim
    return claim


@pytest.mark.django_db(transaction=True)
def test_a_held_lease_is_renewed_again_and_again(settings: Settings) -> None:
    settings.ENGINE_LEASE_SECONDS = 0.3
    claim = claimed()
    stop = threading.Event()
    real_wait = threading.Event.wait
    threading.Thread(target=heartbeat._beat, daemon=True).start()
    with heartbeat.holding(claim):
        real_wait(stop, 1.2)
        lease = Unit.objects.get(pk=claim.unit.pk).lease_until
        assert lease
        assert lease > clock.now() - SOON / 5
    real_wait(stop, 0.5)
    lease = Unit.objects.get(pk=claim.unit.pk).lease_until
    assert lease
    assert lease < clock.now()  # let go, it lapses


@pytest.mark.django_db
def test_a_unit_claimed_anew_by_the_same_process_is_kept_alive() -> None:
    """Its first worker slept through the lease; when that one lets go, the second must not lose its heartbeat."""
    first = claimed()
    second = units.Claim(first.unit, first.fence + 1)
    outer, inner = heartbeat.holding(first), heartbeat.holding(second)
    outer.__enter__()
    inner.__enter__()
    outer.__exit__(None, None, None)
    assert list(heartbeat._held.values()) == [second]
    inner.__exit__(None, None, None)
    assert heartbeat._held == {}


def test_a_database_that_is_away_does_not_end_the_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_claims: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(units, "renew", away)
    heartbeat._renew([])
