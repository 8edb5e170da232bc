"""Units in detail, with a clock that stands: order, leases to the second, pauses between attempts, replanning."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import Any

import pytest
from pytest_django import Settings

from biographies.vocabulary import Phase
from bookgen_site.lib import clock
from engine import deaths, plans, units
from engine.errors import ClaimLost
from engine.models import ModelCall, PhasePlan, Run, Unit
from engine.phases.base import UnitSpec
from tests.fakes import rows

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def on(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moved = Time()
    monkeypatch.setattr(clock, "now", lambda: moved.now)
    return moved


@pytest.fixture
def run() -> Run:
    return rows.run()


def claimed(run: Run, worker: str = "w1") -> units.Claim:
    claim = units.claim(run.pk, worker)
    assert claim is not None
    return claim


def fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


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


def test_the_dead_are_released(run: Run) -> None:
    rows.unit(run=run), rows.unit(run=run)
    mine, other = claimed(run, "dead"), claimed(run, "alive")
    assert deaths.release("dead") == 1
    assert (fresh(mine.unit).status, fresh(other.unit).status) == ("waiting", "leased")
    with pytest.raises(ClaimLost):
        units.finish(mine, {})


def test_superseding_fences_off_whoever_is_at_it(run: Run) -> None:
    rows.unit(run=run)
    claim = claimed(run)
    assert plans.supersede(Unit.objects.filter(run=run)) == 1
    assert plans.supersede(Unit.objects.filter(run=run)) == 0
    with pytest.raises(ClaimLost):
        units.finish(claim, {})
    assert units.claim(run.pk, "w1") is None


def test_unparking_begins_from_the_first_attempt(run: Run) -> None:
    parked = rows.unit(run=run, status="parked", error="It broke.", attempts=5, finished_at=NOON)
    rows.unit(run=run, status="superseded")
    assert plans.unpark(run) == 1
    unit = fresh(parked)
    assert (unit.status, unit.attempts, unit.error, unit.finished_at) == ("waiting", 0, "", None)


def test_the_export_can_be_forgotten(run: Run) -> None:
    for phase in ("export", "quality_control"):
        rows.plan(run=run, phase=phase)
        rows.unit(run=run, phase=phase, key="docx", status="done", result={})
    plans.reopen_export(run)
    assert [plan.phase for plan in PhasePlan.objects.all()] == ["quality_control"]
    assert plans.plan(run, Phase.EXPORT, [UnitSpec("docx")])
    made = Unit.objects.filter(phase="export").order_by("id").values_list("status", "generation")
    assert list(made) == [("superseded", 0), ("waiting", 1)]


def test_replanning_forgets_what_is_open_and_keeps_what_is_done(run: Run) -> None:
    rows.plan(run=run, phase="source_validation")
    done = rows.unit(run=run, status="done", result={})
    waiting = rows.unit(run=run)
    plans.replan(run, [Phase.SOURCE_VALIDATION])
    assert (fresh(done).status, fresh(waiting).status) == ("done", "superseded")
    assert plans.plan(run, Phase.SOURCE_VALIDATION, [UnitSpec("source-0004")])


def test_a_lease_renewed_since_it_was_seen_is_not_taken(run: Run, time: Time, settings: Settings) -> None:
    settings.ENGINE_LEASE_SECONDS = 60
    held = claimed(rows.unit(run=run).run)
    time.on(61)
    (seen,) = units.claimable(run.pk)
    units.renew([held])
    assert not units._won(seen, "w2", seen.status, seen.lease_until)
    assert fresh(held.unit).worker == "w1"


def test_workers_that_die_are_no_errors_of_the_unit(run: Run, time: Time, settings: Settings) -> None:
    settings.ENGINE_LEASE_SECONDS, settings.ENGINE_MAX_ATTEMPTS = 60, 2
    rows.unit(run=run)
    claimed(run)
    deaths.release("w1")
    claimed(run, "w2")
    time.on(61)
    claim = claimed(run, "w3")
    assert (claim.unit.attempts, claim.unit.deaths) == (1, 2)
    assert not units.give_back(claim, "It broke.", permanent=False)
    unit = fresh(claim.unit)
    assert (unit.status, unit.attempts, unit.deaths) == ("waiting", 1, 2)


def test_two_deaths_make_a_suspect_unless_something_was_recorded_in_between(run: Run) -> None:
    unit = rows.unit(run=run)
    for death in range(3):
        assert not deaths.is_suspect(claimed(run).unit)
        if death == 1:
            deaths.went_on(unit.pk)
        deaths.release("w1")
    assert deaths.is_suspect(claimed(run).unit)


def test_no_number_of_killed_workers_convicts_before_the_unit_is_hopeless(run: Run) -> None:
    unit = rows.unit(run=run)
    for _death in range(3 * deaths.HOPELESS):
        claimed(run)
        deaths.release("w1")
    assert units.claim(run.pk, "w1") is None
    assert (fresh(unit).status, fresh(unit).error) == ("parked", units.DIED)


def asks(unit: Unit, purpose: str) -> ModelCall:
    """A call of the unit that is being made, in words of its own."""
    return rows.call(
        unit=unit, job=unit.run.job, status="intended", reserved_micros=9, request_hash=purpose.ljust(64, "0")
    )


def test_a_call_in_words_that_nobody_asks_any_more_makes_no_wait_of_a_later_death(run: Run) -> None:
    unit = rows.unit(run=run)
    claimed(run)
    call = asks(unit, "as an earlier version worded it")
    deaths.release("w1")
    call.refresh_from_db()
    assert (call.status, call.reserved_micros) == ("intended", 9), "it may have been billed"
    claimed(run)
    deaths.release("w1")
    call.refresh_from_db()
    assert (call.status, call.reserved_micros, call.error) == ("failed", 0, "Its worker died.")
    assert (fresh(unit).deaths, fresh(unit).deaths_waiting) == (1, 1)


def test_who_slept_right_after_a_claim_ends_no_call_of_its_successor(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = rows.unit(run=run)
    claimed(run)
    deaths.release("w1")
    won, asked = units._won, list[ModelCall]()

    def slept(*given: Any) -> bool:
        taken = won(*given)
        monkeypatch.setattr(units, "_won", won)
        deaths.release("w2")
        claimed(run, "w3")
        asked.append(asks(unit, "by the successor"))
        return taken

    monkeypatch.setattr(units, "_won", slept)
    monkeypatch.setattr(units, "_one_claims", nullcontext())  # the successor is another process
    claimed(run, "w2")
    (call,) = asked
    call.refresh_from_db()
    assert (call.status, call.reserved_micros) == ("intended", 9)


def test_a_unit_whose_every_call_is_deadly_is_a_suspect_in_the_end(run: Run) -> None:
    unit = rows.unit(run=run)
    for death in range(2 * deaths.WAITING):
        assert not deaths.is_suspect(claimed(run).unit)
        asks(unit, f"{death}.")
        deaths.release("w1")
    assert deaths.is_suspect(claimed(run).unit)


def test_a_unit_that_waited_for_a_model_is_no_suspect(run: Run, time: Time, settings: Settings) -> None:
    """Whoever waits for its turn at the provider is there whenever a process dies of something else."""
    settings.ENGINE_LEASE_SECONDS = 60
    unit = rows.unit(run=run)
    for death in range(5):
        claimed(run)
        asks(unit, f"{death}")
        deaths.release("w1")
        claimed(run, "w2")
        asks(unit, f"{death} again")
        time.on(61)
    assert (claimed(run).unit.deaths, fresh(unit).attempts, fresh(unit).deaths_waiting) == (0, 1, 10)
    deaths.release("w1")
    assert fresh(unit).deaths == 1
    deaths.went_on(unit.pk)
    assert (fresh(unit).deaths, fresh(unit).deaths_waiting) == (0, 0)
