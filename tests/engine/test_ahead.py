"""Sections and checks that are made ahead of their phases' turns, while a chapter is still being written."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from biographies.actions import approve
from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import ChapterKind, Phase
from bookgen_site.accounts.models import User
from bookgen_site.lib import queue
from engine import actions, course, plans, queries, runner, units
from engine.management.watching import PhaseBars
from engine.models import OPEN_UNITS, PhasePlan, Run, Unit
from engine.phases.base import UnitSpec
from engine.units import Claim
from notifications.models import Event
from tests.fakes import works

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(started: BiographyJob) -> Claim:
    """The last chapter is held by another worker, and everything that doesn't need its text is done."""
    run = works.run_of(started)
    while not Unit.objects.filter(run=run, phase=Phase.CHAPTER_GENERATION).exists():
        course.advance(run)
        runner.work_one(run, "w1")
    last = Unit.objects.filter(run=run, phase=Phase.CHAPTER_GENERATION).order_by("id").last()
    assert last
    others = Unit.objects.filter(run=run, status="waiting").exclude(pk=last.pk)
    others.update(status="leased", worker="nobody", lease_until=run.created_at.replace(year=9999))
    claim = units.claim(run.pk, "slow")
    assert claim
    others = Unit.objects.filter(worker="nobody")
    others.update(status="waiting", worker="", lease_until=None)
    works.work(started)
    return claim


def _outlined(job: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The job's run at the moment when the outline is stored, and its chapters' units aren't made yet."""
    run = works.run_of(job)
    while not Chapter.objects.filter(job=job).exists():
        course.advance(run)
        with monkeypatch.context() as alone:
            alone.setattr(runner, "advance", lambda _run: None)
            assert runner.work_one(run, "w1")
    return run


def _open_keys(job: BiographyJob) -> set[str]:
    return {unit.key for unit in Unit.objects.filter(run=works.run_of(job), status__in=OPEN_UNITS)}


def _end(job: BiographyJob, claim: Claim) -> str:
    units.hand_back(claim)
    return works.work(job)


def test_what_needs_no_chapter_is_done_while_one_is_written(started: BiographyJob, held: Claim) -> None:
    its_check = f"section-{held.unit.chapter_id}"
    bibliography = Chapter.objects.get(job=started, kind=ChapterKind.BIBLIOGRAPHY).pk
    assert _open_keys(started) == {
        *(held.unit.key, its_check, "bibliography", f"section-{bibliography}", "book")
    }
    turns = PhasePlan.objects.filter(run=held.unit.run).values_list("phase", flat=True)
    assert set(turns) == {"source_validation", "research_planning", "chapter_generation"}
    assert started.current_phase == "chapter_generation"
    assert queries.generation_seconds() == [], "the book has taken no time yet"
    checks = Unit.objects.filter(run=held.unit.run, phase=Phase.QUALITY_CONTROL)
    left_out = checks.exclude(key="book").get(chapter=None)
    assert left_out.result == {"no_text": True}
    assert not Chapter.objects.filter(job=started, kind=ChapterKind.GLOSSARY).exists()


def test_the_phases_are_told_in_their_order_and_the_bar_never_goes_back(
    started: BiographyJob, held: Claim
) -> None:
    before = started.progress
    assert 15 < before < 95
    assert _end(started, held) == "needs_review"
    rows = Event.objects.filter(job_id=started.pk, kind__in=["phase_change", "progress"]).order_by("seq")
    told = [event.payload["progress"] for event in rows]
    assert told == sorted(told)
    ended = [(event.payload["phase"], event.payload["done"]) for event in rows if event.kind == "progress"]
    assert len(ended) == len(set(ended)) == Unit.objects.filter(run=held.unit.run).count(), (
        "each unit is told once"
    )
    begun = [event.payload["phase"] for event in rows if event.kind == "phase_change"]
    assert begun == [phase.value for phase in Phase][:-1]
    assert (started.progress, started.current_phase) == (95, "quality_control")
    every = list(Unit.objects.filter(run=held.unit.run).values_list("phase", "key", "generation"))
    assert len(every) == len({(phase, key) for phase, key, _generation in every})
    assert {generation for _phase, _key, generation in every} == {0}
    assert len(queries.generation_seconds()) == 1


def test_what_is_made_again_has_its_place(started: BiographyJob, chief: User, held: Claim) -> None:
    _end(started, held)
    last = Chapter.objects.get(job=started, kind=ChapterKind.BIBLIOGRAPHY)
    before = Unit.objects.get(phase=Phase.SPECIAL_SECTIONS, chapter=last)
    actions.regenerate(chapter=last, by=chief)
    after = Unit.objects.get(phase=Phase.SPECIAL_SECTIONS, chapter=last, status="waiting")
    assert (after.rank, after.by_chapter) == (before.rank, before.by_chapter) == (301, False)
    assert works.work(started) == "needs_review"
    Unit.objects.filter(run=held.unit.run, phase=Phase.SPECIAL_SECTIONS).delete()
    assert queries.standing(held.unit.run_id).progress == 95, "a finished phase without units fills its part"
    actions.regenerate(chapter=Chapter.objects.get(job=started, chapter_number=1), by=chief)
    now = queries.standing(held.unit.run_id)
    assert now.phase == Phase.CHAPTER_GENERATION, "there the run stands again"
    assert now.units[now.phase] == (1, 2)
    assert 60 < now.progress < 95


def test_phases_that_were_done_before_their_turn_end_at_once(
    started: BiographyJob, held: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two threads one may take the last units of all before the other has told that the chapters are done."""
    with monkeypatch.context() as late:
        late.setattr(runner, "advance", lambda _run: None)
        _end(started, held)
        assert not _open_keys(started)
    course.advance(held.unit.run)
    started.refresh_from_db()
    assert started.status == "needs_review"


def test_a_chapter_that_is_parked_is_checked_when_it_has_been_tried_again(
    started: BiographyJob, chief: User, held: Claim
) -> None:
    units.give_back(held, "It broke.", permanent=True)
    assert works.work(started) == "needs_review"
    check = Unit.objects.filter(phase=Phase.QUALITY_CONTROL, chapter=held.unit.chapter)
    assert [unit.result for unit in check.all()] == [{"no_text": True}]
    actions.retry(job=started, by=chief)
    assert works.work(started) == "needs_review"
    assert [unit.status for unit in check.order_by("id")] == ["superseded", "done"]
    newest = check.latest("id")
    assert newest.result
    assert "checks" in newest.result


def test_a_text_that_is_asked_for_again_meanwhile_is_checked_anew(
    started: BiographyJob, chief: User, held: Claim
) -> None:
    first = Chapter.objects.get(job=started, chapter_number=1)
    check = Unit.objects.filter(phase=Phase.QUALITY_CONTROL, chapter=first).order_by("id")
    book = Unit.objects.filter(phase=Phase.QUALITY_CONTROL, key="book").order_by("id")
    assert [unit.status for unit in check.all()] == ["done"]
    actions.regenerate(chapter=first, by=chief)
    assert [unit.status for unit in check.all()] == ["superseded", "waiting"]
    works.work(started)
    assert [unit.status for unit in check.all()] == ["superseded", "done"], "it waits for no other chapter"
    assert [unit.status for unit in book.all()] == ["superseded", "waiting"]
    assert _end(started, held) == "needs_review"
    assert [unit.status for unit in book.all()] == ["superseded", "done"]


def test_all_that_can_be_begun_wakes_threads(started: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of two chapters has more to do than these."""
    run, hints = _outlined(started, monkeypatch), list[object]()
    monkeypatch.setattr(queue, "put", lambda *told: hints.append(told))
    course.advance(run)
    assert hints.count(("engine.look", started.pk)) == course.HINTS


def test_the_bars_of_a_console_show_what_is_done_ahead(started: BiographyJob, held: Claim) -> None:
    bars = PhaseBars(Console(file=StringIO()))
    bars.update(started.pk)
    sections = bars.progress.tasks[list(Phase).index(Phase.SPECIAL_SECTIONS)]
    assert 0 < sections.completed < (sections.total or 0)


def test_what_was_not_made_ahead_is_made_at_its_turn(started: BiographyJob, held: Claim) -> None:
    """A book that was being written when this version was installed has no units ahead."""
    Unit.objects.filter(run=held.unit.run, phase__in=["special_sections", "quality_control"]).delete()
    assert _end(started, held) == "needs_review"
    keys = set(Unit.objects.filter(run=held.unit.run, status="done").values_list("key", flat=True))
    assert {"timeline", "bibliography", "book", f"section-{held.unit.chapter_id}"} <= keys


def test_what_is_missing_is_what_has_no_unit_that_counts(started: BiographyJob) -> None:
    run, specs = works.run_of(started), [UnitSpec("a"), UnitSpec("b")]
    assert plans.missing(run, Phase.EXPORT, specs) == specs
    plans.plan_ahead(run, Phase.EXPORT, specs[:1])
    assert plans.missing(run, Phase.EXPORT, specs) == specs[1:]
    assert plans.is_made(run, Phase.EXPORT)
    plans.reopen_export(run)
    assert plans.missing(run, Phase.EXPORT, specs) == specs


def test_a_text_whose_check_could_not_be_made_leaves_only_after_it(
    started: BiographyJob, chief: User, held: Claim
) -> None:
    """Approved while other chapters were written, with a check that was parked: the approval doesn't hold."""
    first = Chapter.objects.get(job=started, chapter_number=1)
    check = Unit.objects.filter(phase=Phase.QUALITY_CONTROL, chapter=first)
    check.update(status="parked", error="It broke.", result=None)
    assert first.current_revision
    approve(chapter=first, sha256=first.current_revision.sha256, by=chief)
    assert _end(started, held) == "needs_review"
    first.refresh_from_db()
    assert (first.status, first.parked_reason) == ("parked", "It broke.")
    actions.retry(job=started, by=chief)
    assert works.work(started) == "needs_review"
    first.refresh_from_db()
    assert (first.status, first.parked_reason) == ("needs_review", "")
    assert [unit.status for unit in check] == ["done"]


def test_a_section_asked_for_before_its_unit_was_made_has_one(
    started: BiographyJob, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the outline's end and the planning of the chapters, sections are there and their units aren't."""
    run = _outlined(started, monkeypatch)
    assert not plans.is_made(run, Phase.CHAPTER_GENERATION)
    actions.regenerate(chapter=Chapter.objects.get(job=started, kind=ChapterKind.PROLOGUE), by=chief)
    assert works.work(started) == "needs_review"
    assert [unit.generation for unit in works.units(started, "special_sections", key="prologue")] == [0]
