"""Deaths of workers at units: counted, weighed, forgotten when something is recorded."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from pytest_django import Settings

from engine import deaths, units
from engine.errors import ClaimLost
from engine.models import ModelCall, Run, Unit
from tests.fakes import rows
from tests.fakes.claims import Time, claimed, fresh

pytestmark = pytest.mark.django_db


def test_the_dead_are_released(run: Run) -> None:
    rows.unit(run=run), rows.unit(run=run)
    mine, other = claimed(run, "dead"), claimed(run, "alive")
    assert deaths.release("dead") == 1
    assert (fresh(mine.unit).status, fresh(other.unit).status) == ("waiting", "leased")
    with pytest.raises(ClaimLost):
        units.finish(mine, {})


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
