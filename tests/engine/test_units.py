"""Claims in detail, with a clock that stands: order, leases to the second, pauses between attempts."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from engine import units
from engine.errors import ClaimLost
from engine.models import Run, Unit
from tests.fakes import rows
from tests.fakes.claims import NOON, Time, claimed, fresh

pytestmark = pytest.mark.django_db


def test_a_claim_takes_the_oldest_and_says_by_whom(run: Run, time: Time, settings: Settings) -> None:
    settings.ENGINE_LEASE_SECONDS = 60
    first, second = rows.unit(run=run), rows.unit(run=run)
    claim = claimed(run, "w1")
    unit = fresh(first)
    assert (claim.unit, claim.fence) == (first, 1)
    assert (unit.status, unit.worker, unit.attempts, unit.fence) == ("leased", "w1", 1, 1)
    assert unit.lease_until == NOON + dt.timedelta(seconds=60)
    assert claimed(run, "w2").unit == second
    assert units.claim(run.pk, "w3") is None


def test_nothing_is_claimed_of_an_ended_run() -> None:
    run = rows.run(status="cancelled")
    rows.unit(run=run)
    assert units.claim(run.pk, "w1") is None


def test_a_lower_rank_goes_first(run: Run) -> None:
    later, early = rows.unit(run=run, rank=101), rows.unit(run=run, rank=100)
    claim = claimed(run)
    assert claim.unit == early
    assert units.claim(run.pk, "w2") is None  # the early one is at work, not done
    units.finish(claim, {})
    assert claimed(run).unit == later


def test_a_unit_by_its_chapter_waits_for_that_one_alone(run: Run) -> None:
    mine, other = rows.chapter(job=run.job), rows.chapter(job=run.job)
    writing = rows.unit(run=run, rank=200, chapter=mine)
    rows.unit(run=run, rank=200, chapter=other)
    check = rows.unit(run=run, rank=400, chapter=mine, by_chapter=True)
    book = rows.unit(run=run, rank=401)
    claims = [claimed(run), claimed(run)]
    assert units.claim(run.pk, "w2") is None
    units.finish(claims[0], {})
    assert claims[0].unit == writing
    assert claimed(run).unit == check
    units.finish(claims[1], {})
    assert units.claim(run.pk, "w2") is None, "the book waits for the check, which is at work"
    units.finish(units.Claim(fresh(check), fresh(check).fence), {})
    assert claimed(run).unit == book


@pytest.mark.parametrize("status", ["done", "parked", "superseded"])
def test_what_has_ended_holds_nothing_up(run: Run, status: str) -> None:
    rows.unit(run=run, rank=1, status=status, error="x", result={})
    later = rows.unit(run=run, rank=2)
    assert claimed(run).unit == later


def test_another_runs_units_hold_nothing_up(run: Run) -> None:
    rows.unit(rank=1)
    later = rows.unit(run=run, rank=2)
    assert claimed(run).unit == later


def test_a_lapsed_lease_is_taken_over_and_the_sleeper_writes_nothing(
    run: Run, time: Time, settings: Settings
) -> None:
    settings.ENGINE_LEASE_SECONDS = 60
    rows.unit(run=run)
    sleeper = claimed(run, "sleeper")
    time.on(60)
    assert units.claim(run.pk, "w2") is None  # to the second
    time.on(0.1)
    heir = claimed(run, "heir")
    assert (heir.fence, heir.unit.attempts, heir.unit.deaths) == (2, 1, 1)
    with pytest.raises(ClaimLost):
        units.finish(sleeper, {"by": "sleeper"})
    assert not units.give_back(sleeper, "too late", permanent=True)
    units.renew([sleeper])
    unit = fresh(heir.unit)
    assert (unit.status, unit.worker, unit.result, unit.error) == ("leased", "heir", None, "")
    units.finish(heir, {"by": "heir"})
    with pytest.raises(ClaimLost):
        units.finish(sleeper, {"by": "sleeper"})
    assert fresh(heir.unit).result == {"by": "heir"}


def test_a_heartbeat_keeps_the_lease(run: Run, time: Time, settings: Settings) -> None:
    settings.ENGINE_LEASE_SECONDS = 60
    rows.unit(run=run)
    claim = claimed(run)
    for _beat in range(10):
        time.on(20)
        units.renew([claim])
        assert units.claim(run.pk, "w2") is None
    units.finish(claim, {"words": 9})
    unit = fresh(claim.unit)
    assert (unit.status, unit.result, unit.worker, unit.lease_until) == ("done", {"words": 9}, "", None)
    assert unit.finished_at == time.now


def test_a_unit_is_finished_once(run: Run) -> None:
    rows.unit(run=run)
    claim = claimed(run)
    units.finish(claim, {"first": 1})
    with pytest.raises(ClaimLost):
        units.finish(claim, {"second": 2})
    assert fresh(claim.unit).result == {"first": 1}


def test_what_went_wrong_is_tried_again_later_and_then_parked(
    run: Run, time: Time, settings: Settings
) -> None:
    settings.ENGINE_MAX_ATTEMPTS = 3
    rows.unit(run=run)
    waits = []
    for _attempt in range(2):
        claim = claimed(run)
        assert not units.give_back(claim, "It broke.", permanent=False)
        unit = fresh(claim.unit)
        assert (unit.status, unit.error, unit.worker) == ("waiting", "It broke.", "")
        assert unit.not_before
        waits.append(unit.not_before - time.now)
        assert units.claim(run.pk, "w1") is None
        time.now = unit.not_before
    assert waits == [dt.timedelta(seconds=2), dt.timedelta(seconds=4)]
    claim = claimed(run)
    assert units.give_back(claim, "It broke.", permanent=False)
    unit = fresh(claim.unit)
    assert (unit.status, unit.error, unit.attempts) == ("parked", "It broke.", 3)
    time.on(10**6)
    assert units.claim(run.pk, "w1") is None


def test_a_hopeless_unit_is_parked_at_once(run: Run) -> None:
    rows.unit(run=run)
    assert units.give_back(claimed(run), "", permanent=True)
    assert Unit.objects.get().error == "no reason was given"


def test_a_lease_renewed_since_it_was_seen_is_not_taken(run: Run, time: Time, settings: Settings) -> None:
    settings.ENGINE_LEASE_SECONDS = 60
    held = claimed(rows.unit(run=run).run)
    time.on(61)
    (seen,) = units.claimable(run.pk)
    units.renew([held])
    assert not units._won(seen, "w2", seen.status, seen.lease_until)
    assert fresh(held.unit).worker == "w1"
