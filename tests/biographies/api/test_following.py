"""Following a biography over HTTP: its status with a tag, its log, its costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from biographies.actions import (
    Seen,
    approve,
    close_finding,
    create_job,
    record_findings,
    request_changes,
    touch,
)
from biographies.models import BiographyJob
from biographies.vocabulary import Severity
from bookgen_site.accounts.models import User
from bookgen_site.lib import marks
from engine import actions
from notifications import freshness
from notifications.events import ChapterReady, JobError, PhaseChange, Progress
from notifications.publish import publish
from sources.actions import record_opinions
from tests.fakes import rows
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def url(job: BiographyJob, word: str) -> str:
    return f"/api/v1/biographies/{job.pk}/{word}"


def test_nothing_is_told_again_until_something_changes(api: Api, editor: User) -> None:
    job, client = rows.job(owner=editor), api(editor)
    first = client.get(url(job, "status"))
    tag = first.headers["ETag"]
    again = client.get(url(job, "status"), headers={"If-None-Match": tag})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert (again.headers["ETag"], again.headers["Cache-Control"]) == (tag, "private, no-cache")
    assert client.get(url(job, "status"), headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    publish(job.pk, PhaseChange(phase="export", progress=95))
    changed = client.get(url(job, "status"), headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["last_event"]) == (200, 1)


@pytest.fixture
def shared_cache(settings: Settings) -> None:
    settings.SHARED_CACHE = True
    cache.clear()


def test_what_is_remembered_is_forgotten_with_the_change(
    api: Api,
    chief: User,
    shared_cache: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    job, client = rows.job(), api(chief)
    client.get(url(job, "status"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url(job, "status")).json()["progress"] == 0
    assert not [one for one in captured if "biography_jobs" in one["sql"]]
    with django_capture_on_commit_callbacks(execute=True):
        touch(job.pk, progress=40)
    assert client.get(url(job, "status")).json()["progress"] == 40
    with django_capture_on_commit_callbacks(execute=True):
        publish(job.pk, PhaseChange(phase="export", progress=95))
    assert client.get(url(job, "status")).json()["last_event"] == 1


def test_what_is_remembered_is_shown_to_nobody_else(
    api: Api, chief: User, editor: User, shared_cache: None
) -> None:
    job = rows.job()
    assert api(chief).get(url(job, "status")).status_code == 200
    assert api(editor).get(url(job, "status")).status_code == 404


def test_what_was_read_before_a_change_is_not_kept_after_it(
    shared_cache: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = rows.job()
    name = freshness.name_of(job.pk)
    mark = marks.look(name)[name].mark
    with django_capture_on_commit_callbacks(execute=True):
        freshness.changed(job.pk)
    freshness.keep(job.pk, mark, b"old")  # by a reader that was slow
    now = marks.look(name)[name]
    assert (now.value, now.mark != mark) == (None, True)
    freshness.keep(job.pk, now.mark, b"new")
    assert marks.look(name)[name].value == b"new"


def test_the_log_tells_deeds_and_events_in_one_line_of_time(
    api: Api, editor: User, fake_author: FakeAuthor
) -> None:
    job = rows.with_sources(create_job(by=editor, character="Ada Quill", min_sources=1))
    actions.start(job=job, by=editor)
    run = job.runs.get()
    publish(job.pk, Progress(phase="source_validation", progress=1, done=1, total=3))
    publish(job.pk, ChapterReady(chapter=7, title="Maps", words=1))
    publish(job.pk, JobError(severity="warning", message="No money."))
    rows.unit(run=run, status="parked", error="The sources are silent.", key="chapter-001")
    body = api(editor).get(url(job, "logs")).json()
    assert [(one["kind"], one["actor"], one["text"]) for one in body["lines"]] == [
        ("event", "", "No money."),
        ("event", "", "“Maps” has a new text: 1 word."),
        ("event", "", "source validation: 1 of 3 are done."),
        ("deed", editor.username, "started the work"),
        ("event", "", "The book was pending and is running now."),
        ("deed", editor.username, "made the biography"),
    ]
    [parked] = body["parked"]
    assert parked["reason"] == "The sources are silent."
    assert body["next"] is None


def test_the_log_goes_on_where_it_ended(api: Api, editor: User) -> None:
    job, client = rows.job(owner=editor), api(editor)
    for number in range(1, 6):
        rows.event(job_id=job.pk, seq=number, kind="error", payload={"message": f"event {number}"})
        rows.audit_entry(job_id=job.pk, action=f"deed {number}")
    told, place = [], ""
    while True:
        body = client.get(url(job, "logs"), {"limit": "3"} | ({"before": place} if place else {})).json()
        told += [one["text"] for one in body["lines"]]
        place = body["next"]
        if not place:
            break
    assert told == [f"{word} {number}" for number in (5, 4, 3, 2, 1) for word in ("deed", "event")]
    assert client.get(url(job, "logs"), {"before": "x"}).status_code == 400


def test_an_event_of_an_older_release_is_told_by_its_kind(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    rows.event(job_id=job.pk, kind="progress", payload={})
    assert api(editor).get(url(job, "logs")).json()["lines"][0]["text"] == "progress"


def test_money_is_told_by_every_heading(api: Api, editor: User) -> None:
    job = rows.job(owner=editor, budget_micros=900)
    unit = rows.unit(run=rows.run(job=job))
    rows.call(unit=unit, role="writer", status="answered", answer="x", cost_micros=70, model_served="a/b")
    rows.call(unit=unit, role="planner", reserved_micros=30)
    body = api(editor).get(url(job, "cost")).json()
    assert {name: body[name] for name in body if name.endswith("_micros")} == {
        "spent_micros": 70,
        "reserved_micros": 30,
        "budget_micros": 900,
        "cap_micros": 900,
    }
    assert [(one["of"], one["micros"]) for one in body["by_role"]] == [("writer", 70), ("planner", 0)]
    assert body["by_chapter"][0]["of"] is None
    estimate = api(editor).get(url(job, "estimate")).json()
    assert (estimate["micros"], estimate["cap_micros"]) == (0, 900)


def test_a_section_is_remembered_until_something_of_it_changes(
    api: Api,
    chief: User,
    editor: User,
    shared_cache: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    section = rows.written(job=rows.job(status="needs_review"))
    text = section.current_revision
    assert text is not None
    finding, client = rows.finding(revision=text, job=section.job), api(chief)
    other = rows.written(job=section.job, chapter_number=2)
    address = url(section.job, f"chapters/{section.pk}")
    first = client.get(address)
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert again.headers["Cache-Control"] == "private, no-store"
    assert not captured.captured_queries
    assert client.get(url(section.job, f"chapters/{other.pk}")).json()["id"] == other.pk
    assert api(editor).get(address).status_code == 404
    assert client.get(url(rows.job(), f"chapters/{section.pk}")).status_code == 404

    def told_after(deed: Callable[[], object]) -> dict[str, Any]:
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        body: dict[str, Any] = client.get(address).json()
        return body

    assert told_after(lambda: close_finding(finding=finding, by=chief))["findings"][0]["status"] == "resolved"
    seen = [Seen(check="length", severity=Severity.WARNING, message="It is long.")]
    by_check: dict[str, Any] = {"job": section.job, "revision": text, "checks": ["length"], "seen": seen}
    assert len(told_after(lambda: record_findings(**by_check))["findings"]) == 2
    citation = rows.citation(revision=text, verdict="unsupported")
    opinion = {citation.number: ("supported", "It says so.")}
    told = told_after(lambda: record_opinions(revision=text, opinions=opinion))
    assert [one["opinion_because"] for one in told["citations"]] == ["It says so."]
    assert told_after(lambda: approve(chapter=section, sha256=text.sha256, by=chief))["status"] == "approved"
    section.refresh_from_db()
    why = "Shorter."
    assert (
        told_after(lambda: request_changes(chapter=section, by=chief, reason=why))["version"]
        > section.version
    )
    assert client.get(address).headers["ETag"] != first.headers["ETag"]


@pytest.mark.once
def test_what_reads_cost(api: Api, chief: User) -> None:
    section = rows.written(job=rows.job(status="needs_review"))
    text = section.current_revision
    for number in range(1, 4):
        rows.citation(revision=text, number=number)
        rows.finding(revision=text, job=section.job)
        rows.job(character=f"Person {number}")
    client = api(chief)
    for path, most in (("", 1), (f"/{section.job_id}/chapters/{section.pk}", 3)):
        client.get(f"/api/v1/biographies{path}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api/v1/biographies{path}").status_code == 200
        about = [one["sql"] for one in captured if "api_keys" not in one["sql"]]
        assert len(about) == most, about
