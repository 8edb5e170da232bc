"""Units as rows: superseded, tried again, planned anew."""

from __future__ import annotations

import pytest

from biographies.vocabulary import Phase
from engine import plans, units
from engine.errors import ClaimLost
from engine.models import PhasePlan, Run, Unit
from engine.phases.base import UnitSpec
from tests.fakes import rows
from tests.fakes.claims import NOON, claimed, fresh

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(("deaths", "kept"), [(0, 0), (1, 1), (3, 2), (300, 2)])
def test_a_suspect_that_is_tried_again_stays_one(run: Run, deaths: int, kept: int) -> None:
    parked = rows.unit(
        run=run, status="parked", error="It broke.", deaths=deaths, deaths_waiting=7, finished_at=NOON
    )
    plans.unpark(run)
    assert (fresh(parked).deaths, fresh(parked).deaths_waiting) == (kept, 0)


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
