"""Threads that want the same thing at the same moment: one gets it, and nobody waits for ever."""

from __future__ import annotations

import threading

import pytest

from biographies.actions import request_changes
from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import Phase
from bookgen_site.accounts.models import User
from engine import actions, course, plans, queries, runner, units
from engine.models import Unit
from engine.phases.base import Outcome, UnitSpec
from notifications.events import PhaseChange
from notifications.models import Event
from notifications.publish import publish
from tests.fakes import rows, works
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_threads_share_out_the_units() -> None:
    run = rows.run()
    made = {rows.unit(run=run).pk for _number in range(12)}

    def take_all() -> list[int]:
        taken = []
        while claim := units.claim(run.pk, threading.current_thread().name):
            taken.append(claim.unit.pk)
        return taken

    answers = at_once([take_all] * 4)
    taken = [pk for answer in answers for pk in answer]
    assert len(taken) == len(set(taken))
    leased = set(Unit.objects.filter(status="leased").values_list("pk", flat=True))
    assert set(taken) == leased
    # A thread that lost eight races in a row went away with nothing; the sweep comes back for the rest.
    assert len(taken) + len(made - leased) == 12


def test_a_lapsed_lease_is_inherited_by_one() -> None:
    run = rows.run()
    rows.unit(run=run, status="leased", worker="dead", lease_until="2026-01-01T00:00Z", fence=4)
    won = at_once([lambda: units.claim(run.pk, "w1"), lambda: units.claim(run.pk, "w2")])
    assert sorted(claim is None for claim in won) == [False, True]
    assert Unit.objects.get().fence == 5


def test_four_workers_make_the_whole_book(started: BiographyJob, chief: User) -> None:
    """Every unit is done once, and the book is the same that one worker makes."""

    def until_it_rests() -> None:
        quiet = 0
        while quiet < 20:
            quiet = 0 if runner.look(started.pk, threading.current_thread().name) else quiet + 1
            started_status = BiographyJob.objects.values_list("status", flat=True).get(pk=started.pk)
            if started_status != "running":
                return
            threading.Event().wait(0.01)

    assert at_once([until_it_rests] * 4) == [None] * 4
    assert works.work(started) == "needs_review"
    done = Unit.objects.filter(run=works.run_of(started))
    assert set(done.values_list("status", "attempts", "fence")) == {("done", 1, 1)}
    numbers = list(Event.objects.filter(job_id=started.pk).values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_people_start_it_at_once(started: BiographyJob, chief: User) -> None:
    job = rows.with_sources(rows.job(owner=chief))
    answers = at_once([lambda: actions.start(job=job, by=chief)] * 2)
    assert sum(isinstance(answer, Exception) for answer in answers) == 1
    assert queries.active_run(job.pk)


@pytest.fixture
def slow_unit(
    started: BiographyJob, monkeypatch: pytest.MonkeyPatch
) -> tuple[threading.Event, threading.Event]:
    """A unit whose effects take their time, between an event and the record of its progress."""
    begun, go_on = threading.Event(), threading.Event()

    class Phase1:
        VITAL = True

        @staticmethod
        def work(_unit: object, _ctx: object) -> Outcome:
            def apply() -> None:
                chapter = Chapter.objects.select_for_update().get(job=started)
                Chapter.objects.filter(pk=chapter.pk).update(title="Written")
                publish(started.pk, PhaseChange(phase="source_validation", progress=0))
                begun.set()
                go_on.wait(10)

            return Outcome(apply=apply)

    rows.written(job=started)
    plans.plan(works.run_of(started), Phase.SOURCE_VALIDATION, [UnitSpec("slow")])
    monkeypatch.setitem(course.PHASES, Phase.SOURCE_VALIDATION, Phase1)
    return begun, go_on


@pytest.mark.parametrize("what", ["pause", "cancel", "request_changes"])
def test_an_action_and_a_unit_do_not_lock_each_other_out(
    started: BiographyJob, chief: User, slow_unit: tuple[threading.Event, threading.Event], what: str
) -> None:
    """All lock the job first; in another order, PostgreSQL would end one of the two as a deadlock."""
    begun, go_on = slow_unit

    def unit() -> bool:
        return runner.work_one(works.run_of(started), "w1")

    def action() -> None:
        begun.wait(10)
        threading.Timer(0.3, go_on.set).start()  # by then the action waits for a lock
        if what == "request_changes":
            request_changes(chapter=Chapter.objects.get(job=started), by=chief, reason="Too long.")
        else:
            getattr(actions, what)(job=started, by=chief)

    assert at_once([unit, action]) == [True, None]
    row = Unit.objects.get(key="slow")
    assert (row.status, row.error) == ("done", "")
