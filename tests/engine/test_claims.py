"""Claims, fences and leases: whoever holds the newest fence may write, and nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import transaction

from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus, Phase
from bookgen_site.lib import clock
from engine import units
from engine.errors import ClaimLost
from engine.models import Run, Unit, UnitStatus
from engine.phases.base import UnitSpec
from tests.fakes import rows
from tests.fakes.threads import at_once

PAST = dt.timedelta(hours=-1)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_wins_a_unit() -> None:
    run = rows.unit().run
    claims = at_once([lambda: units.claim(run.pk, "one"), lambda: units.claim(run.pk, "two")])
    assert sorted(claim is None for claim in claims) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_phase_is_planned_once_by_whoever_comes_first() -> None:
    run = rows.run()
    specs = [UnitSpec("a"), UnitSpec("b")]
    planned = at_once([lambda: units.plan(run, Phase.EXPORT, specs) for _worker in range(3)])
    assert sorted(planned) == [False, False, True]
    assert Unit.objects.filter(run=run).count() == 2


def test_a_worker_that_slept_through_its_lease_writes_nothing(db: None) -> None:
    unit = rows.unit()
    sleeper = units.claim(unit.run_id, "sleeper")
    assert sleeper is not None
    Unit.objects.update(lease_until=clock.now() + PAST)
    other = units.claim(unit.run_id, "other")
    assert other is not None
    with pytest.raises(ClaimLost):
        units.finish(sleeper, {"late": True})
    units.finish(other, {"late": False})
    unit.refresh_from_db()
    assert (unit.status, unit.result, unit.attempts) == (UnitStatus.DONE, {"late": False}, 2)


def test_what_a_lost_claim_would_write_is_rolled_back_with_it(db: None) -> None:
    unit = rows.unit()
    held = units.claim(unit.run_id, "one")
    assert held is not None
    units.supersede(Unit.objects.all())
    with pytest.raises(ClaimLost), transaction.atomic():
        BiographyJob.objects.update(error_message="written by a ghost")
        units.finish(held, {})
    assert unit.run.job.error_message == BiographyJob.objects.get().error_message == ""


def test_the_heartbeat_keeps_a_lease_alive_but_cannot_take_it_back(db: None) -> None:
    held = units.claim(rows.unit().run_id, "one")
    assert held is not None
    Unit.objects.update(lease_until=clock.now() + PAST)
    units.renew([held])
    assert units.claim(held.unit.run_id, "two") is None
    units.release("one")
    units.renew([held])
    assert Unit.objects.get().lease_until is None


def test_a_unit_waits_for_all_of_lower_rank(db: None) -> None:
    run = rows.run()
    units.plan(run, Phase.RESEARCH_PLANNING, [UnitSpec("facts"), UnitSpec("outline", wave=1)])
    first = units.claim(run.pk, "one")
    assert first is not None
    assert first.unit.key == "facts"
    assert units.claim(run.pk, "two") is None
    units.finish(first, {})
    second = units.claim(run.pk, "two")
    assert second is not None
    assert second.unit.key == "outline"


@pytest.mark.parametrize("status", [JobStatus.PAUSED, JobStatus.NEEDS_REVIEW, JobStatus.FAILED])
def test_nothing_is_claimed_of_a_job_that_is_not_at_work(db: None, status: JobStatus) -> None:
    run = rows.run(job=rows.job(status=status))
    rows.unit(run=run)
    assert units.claim(run.pk, "one") is None


def test_a_failed_unit_comes_back_later_and_is_parked_at_last(db: None) -> None:
    unit = rows.unit()
    for attempt in range(1, settings.ENGINE_MAX_ATTEMPTS + 1):
        Unit.objects.update(not_before=None)
        held = units.claim(unit.run_id, "one")
        assert held is not None
        parked = units.give_back(held, f"attempt {attempt} went wrong", permanent=False)
        assert units.claim(unit.run_id, "one") is None
    unit.refresh_from_db()
    assert parked
    assert (unit.status, unit.error) == (
        UnitStatus.PARKED,
        f"attempt {settings.ENGINE_MAX_ATTEMPTS} went wrong",
    )


def test_a_unit_that_kills_its_workers_is_parked(db: None) -> None:
    unit = rows.unit()
    for _death in range(settings.ENGINE_MAX_ATTEMPTS):
        assert units.claim(unit.run_id, "victim") is not None
        units.release("victim")
    assert units.claim(unit.run_id, "survivor") is None
    unit.refresh_from_db()
    assert (unit.status, bool(unit.error)) == (UnitStatus.PARKED, True)


def test_a_person_who_asks_again_gets_all_attempts_again(db: None) -> None:
    unit = rows.unit(status=UnitStatus.PARKED, error="it failed", attempts=5)
    assert units.unpark(unit.run) == 1
    assert units.claim(unit.run_id, "one") is not None


def test_a_further_generation_replaces_the_earlier_one(db: None) -> None:
    run = rows.run()
    units.plan(run, Phase.CHAPTER_GENERATION, [UnitSpec("chapter-001"), UnitSpec("chapter-002")])
    held = units.claim(run.pk, "one")
    assert held is not None
    again = units.again(run, Phase.CHAPTER_GENERATION, UnitSpec("chapter-001", instruction="shorter"))
    with pytest.raises(ClaimLost):
        units.finish(held, {})
    statuses = dict(Unit.objects.filter(run=run).values_list("pk", "status"))
    assert (again.generation, statuses[again.pk], statuses[held.unit.pk]) == (1, "waiting", "superseded")
    assert Unit.objects.get(key="chapter-002").status == UnitStatus.WAITING


def test_one_job_has_one_active_run(db: None) -> None:
    run = rows.run()
    assert Run.objects.filter(job=run.job, status="active").count() == 1
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Run.objects.create(job=run.job)
