"""The outline before the writing: it waits for a person when the job says so, and is changed by one at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from biographies.errors import BookError, Forbidden, IllegalMove, Stale
from biographies.models import BiographyJob, Chapter
from biographies.queries import numbered_chapters
from biographies.vocabulary import JobStatus, Phase
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from engine import actions, crew
from engine import outline_actions as outline
from engine.models import PhasePlan
from notifications.models import AuditEntry
from sources.models import Fact
from tests.fakes import rows


def _outlined(owner: User, sizes: tuple[int, ...] = (3, 2, 1)) -> BiographyJob:
    """A job that rests with chapters "A", "B", … of so many facts each, one a year from 1801 on."""
    job = rows.job(owner=owner, status="paused", outline_review=True, error_message="Read it.")
    rows.run(job=job)
    year = 1801
    for name, size in zip("ABCDEF", sizes, strict=False):
        chapter = rows.chapter(job=job, title=name, target_words=100 * size)
        for position in range(size):
            day = dt.date(year, 1, 1)
            rows.fact(
                job=job, chapter=chapter, position=position, date_start=day, date_end=day, text=f"In {year}."
            )
            year += 1
    return job


def _shape(job: BiographyJob) -> list[tuple[int | None, str, int, list[str]]]:
    """Number, title, words and facts of every chapter."""
    return [
        (one.chapter_number, one.title, one.target_words, _facts(one)) for one in numbered_chapters(job.pk)
    ]


def _facts(chapter: Chapter) -> list[str]:
    told = Fact.objects.filter(chapter=chapter, position__isnull=False).order_by("position")
    assert list(told.values_list("position", flat=True)) == list(range(len(told)))
    return [one.text[3:7] for one in told]


def _chapter(job: BiographyJob, title: str) -> Chapter:
    return Chapter.objects.get(job=job, title=title)


def _version(job: BiographyJob) -> int:
    return BiographyJob.objects.values_list("version", flat=True).get(pk=job.pk)


@pytest.mark.django_db(transaction=True)
def test_the_writing_waits_for_the_outline_when_the_job_says_so(started: BiographyJob, chief: User) -> None:
    BiographyJob.objects.update(outline_review=True)
    crew.sweep_once()
    started.refresh_from_db()
    assert (started.status, started.current_phase) == (JobStatus.PAUSED, Phase.RESEARCH_PLANNING)
    assert "outline" in started.error_message
    assert numbered_chapters(started.pk).exists()
    for go_on in (actions.resume, actions.go_on):
        with pytest.raises(IllegalMove, match="approve"):
            go_on(job=started, by=chief)
    outline.approve_outline(job=started, by=chief, version=_version(started))
    crew.sweep_once()
    started.refresh_from_db()
    assert (started.status, started.error_message) == (JobStatus.NEEDS_REVIEW, "")
    assert AuditEntry.objects.get(action="approve_outline").after["chapters"] == 2


@pytest.mark.django_db(transaction=True)
def test_what_a_person_made_of_the_outline_is_what_is_written(started: BiographyJob, chief: User) -> None:
    BiographyJob.objects.update(outline_review=True)
    crew.sweep_once()
    first = numbered_chapters(started.pk)[0]
    outline.merge(chapter=first, by=chief, version=_version(started))
    outline.describe(
        chapter=first, by=chief, version=_version(started), title="All of it", synopsis="", target_words=90
    )
    outline.approve_outline(job=started, by=chief, version=_version(started))
    crew.sweep_once()
    written = list(numbered_chapters(started.pk).select_related("current_revision"))
    assert [one.title for one in written] == ["All of it"]
    told = list(Fact.objects.filter(job=started, position__isnull=False).values_list("text", flat=True))
    assert len(told) > 4
    assert all(text in written[0].content for text in told)


@pytest.mark.django_db
def test_a_plan_made_anew_must_be_approved_anew(started: BiographyJob) -> None:
    BiographyJob.objects.update(outline_review=True, outline_approved_at="2026-01-01T00:00Z")
    crew.sweep_once()
    started.refresh_from_db()
    assert started.status == JobStatus.PAUSED


@pytest.mark.django_db
def test_chapters_are_reordered(chief: User) -> None:
    job = _outlined(chief)
    outline.reorder(chapter=_chapter(job, "C"), by=chief, version=job.version, place=1)
    assert [(number, title) for number, title, *_more in _shape(job)] == [(1, "C"), (2, "A"), (3, "B")]
    outline.reorder(chapter=_chapter(job, "C"), by=chief, version=_version(job), place=99)
    assert [title for _number, title, *_more in _shape(job)] == ["A", "B", "C"]


@pytest.mark.django_db
def test_two_chapters_become_one_and_one_becomes_two(chief: User) -> None:
    job = _outlined(chief)
    outline.merge(chapter=_chapter(job, "A"), by=chief, version=job.version)
    assert _shape(job) == [(1, "A", 500, ["1801", "1802", "1803", "1804", "1805"]), (2, "C", 100, ["1806"])]
    cut = Fact.objects.get(job=job, text="In 1802.")
    outline.split(chapter=_chapter(job, "A"), by=chief, version=_version(job), fact_id=cut.pk, title="New")
    assert _shape(job) == [
        (1, "A", 100, ["1801"]),
        (2, "New", 400, ["1802", "1803", "1804", "1805"]),
        (3, "C", 100, ["1806"]),
    ]
    last = _chapter(job, "C")
    with pytest.raises(BookError, match="no chapter after"):
        outline.merge(chapter=last, by=chief, version=_version(job))
    with pytest.raises(BookError, match="after the first"):
        outline.split(
            chapter=last, by=chief, version=_version(job), fact_id=Fact.objects.get(text="In 1806.").pk
        )


@pytest.mark.django_db
def test_a_fact_moves_to_its_place_in_time(chief: User) -> None:
    job = _outlined(chief)
    outline.move_fact(
        fact=Fact.objects.get(text="In 1802."), to=_chapter(job, "B"), by=chief, version=job.version
    )
    outline.move_fact(
        fact=Fact.objects.get(text="In 1805."), to=_chapter(job, "A"), by=chief, version=_version(job)
    )
    assert [facts for *_rest, facts in _shape(job)] == [["1801", "1803", "1805"], ["1802", "1804"], ["1806"]]
    with pytest.raises(BookError, match="only fact"):
        outline.move_fact(
            fact=Fact.objects.get(text="In 1806."), to=_chapter(job, "A"), by=chief, version=_version(job)
        )
    left = Fact.objects.get(text="In 1801.")
    outline.leave_out(fact=left, chapter=_chapter(job, "A"), by=chief, version=_version(job))
    left.refresh_from_db()
    assert (left.position, left.chapter) == (None, _chapter(job, "A"))


@pytest.mark.django_db
def test_facts_and_chapters_of_other_books_are_out_of_reach(chief: User) -> None:
    job, other = _outlined(chief), _outlined(chief)
    foreign = Fact.objects.filter(job=other)[0]
    with pytest.raises(Fact.DoesNotExist):
        outline.move_fact(fact=foreign, to=_chapter(job, "A"), by=chief, version=job.version)
    with pytest.raises(BookError):
        outline.split(chapter=_chapter(job, "A"), by=chief, version=job.version, fact_id=foreign.pk)


@pytest.mark.django_db
def test_who_comes_second_is_told_and_changes_nothing(chief: User) -> None:
    job = _outlined(chief)
    seen = job.version
    outline.reorder(chapter=_chapter(job, "B"), by=chief, version=seen, place=1)
    before = _shape(job)
    with pytest.raises(Stale):
        outline.merge(chapter=_chapter(job, "A"), by=chief, version=seen)
    with pytest.raises(Stale):
        outline.approve_outline(job=job, by=chief, version=seen)
    assert _shape(job) == before


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", "   ", "\u202e"])
def test_a_chapter_keeps_a_title(chief: User, title: str) -> None:
    job = _outlined(chief)
    with pytest.raises(BookError, match="title"):
        outline.describe(
            chapter=_chapter(job, "A"),
            by=chief,
            version=job.version,
            title=title,
            synopsis="",
            target_words=1,
        )


@pytest.mark.django_db
def test_every_change_is_in_the_audit_with_before_and_after(chief: User) -> None:
    job = _outlined(chief)
    outline.describe(
        chapter=_chapter(job, "A"), by=chief, version=job.version, title="Z", synopsis="", target_words=300
    )
    entry = AuditEntry.objects.get(job_id=job.pk)
    assert (entry.actor_id, entry.before, entry.after) == (chief.pk, {"title": "A"}, {"title": "Z"})


@pytest.mark.django_db
def test_only_before_the_writing_and_only_by_those_who_work_on_it(chief: User) -> None:
    job = _outlined(chief)
    stranger = rows.person(roles.EDITOR)
    with pytest.raises(Forbidden):
        outline.merge(chapter=_chapter(job, "A"), by=stranger, version=job.version)
    BiographyJob.objects.filter(pk=job.pk).update(status="running")
    with pytest.raises(IllegalMove):
        outline.merge(chapter=_chapter(job, "A"), by=chief, version=job.version)
    BiographyJob.objects.filter(pk=job.pk).update(status="paused")
    PhasePlan.objects.create(run=job.runs.get(), phase=Phase.CHAPTER_GENERATION)
    with pytest.raises(IllegalMove):
        outline.merge(chapter=_chapter(job, "A"), by=chief, version=job.version)
    actions.resume(job=job, by=chief)  # nothing waits any more
