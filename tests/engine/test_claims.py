"""Claims, fences and leases: whoever holds the newest fence may write, and nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from biographies.models import BiographyJob
from biographies.vocabulary import Phase
from engine import plans, units
from engine.errors import ClaimLost
from engine.models import Run, Unit, UnitStatus
from engine.phases.base import UnitSpec
from tests.fakes import rows
from tests.fakes.threads import at_once

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)  # long ago
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
    planned = at_once([lambda: plans.plan(run, Phase.EXPORT, specs) for _worker in range(3)])
    assert sorted(planned) == [False, False, True]
    assert Unit.objects.filter(run=run).count() == 2


def test_what_a_lost_claim_would_write_is_rolled_back_with_it(db: None) -> None:
    unit = rows.unit()
    held = units.claim(unit.run_id, "one")
    assert held is not None
    plans.supersede(Unit.objects.all())
    with pytest.raises(ClaimLost), transaction.atomic():  # noqa: PT012  # both writes are one
        BiographyJob.objects.update(error_message="written by a ghost")
        units.finish(held, {})
    assert unit.run.job.error_message == BiographyJob.objects.get().error_message == ""


def test_stale_workers_write_nothing_a_hundred_times_of_a_hundred(db: None) -> None:
    """Each way in which a worker that overslept could write to its unit, after another has taken it."""
    run = rows.run()
    plans.plan(run, Phase.CHAPTER_GENERATION, [UnitSpec(f"chapter-{number:03d}") for number in range(100)])
    slept = [units.claim(run.pk, "sleeper") for _number in range(100)]
    Unit.objects.update(lease_until=NOON)
    for _number in range(100):
        assert units.claim(run.pk, "heir") is not None
    before = list(Unit.objects.order_by("pk").values())
    for held in filter(None, slept):
        units.renew([held])
        units.hand_back(held)
        assert not units.give_back(held, "It broke.", permanent=True)
        for write in (units.require, lambda held: units.finish(held, {"by": "sleeper"})):
            with pytest.raises(ClaimLost):
                write(held)
    assert len([held for held in slept if held]) == 100
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_further_generation_replaces_the_earlier_one(db: None) -> None:
    run = rows.run()
    plans.plan(run, Phase.CHAPTER_GENERATION, [UnitSpec("chapter-001"), UnitSpec("chapter-002")])
    held = units.claim(run.pk, "one")
    assert held is not None
    again = plans.again(run, Phase.CHAPTER_GENERATION, UnitSpec("chapter-001", instruction="shorter"))
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
