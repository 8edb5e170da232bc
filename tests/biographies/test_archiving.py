"""Books that rest can be archived: read, but not changed, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from biographies.actions import approve, close_finding
from biographies.archiving import archive, unarchive
from biographies.author_comments import comment_by_link
from biographies.budgets import change_budget
from biographies.comments import comment, resolve_comment
from biographies.details import change_details, change_settings
from biographies.errors import Forbidden, IllegalMove
from biographies.models import BiographyJob
from biographies.states import move_job
from biographies.talking import answer_editor, ask_author
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from engine import actions
from engine.watching import books
from notifications.models import AuditEntry
from sources.actions import add_source, change_source
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
URL = "/api/v1/biographies"


def archived(by: User, **columns: object) -> BiographyJob:
    job = rows.job(**{"owner": by, "status": "failed", **columns})
    archive(job=job, by=by)
    job.refresh_from_db()
    return job


def test_in_and_out(chief: User) -> None:
    job = archived(chief)
    since = job.archived_at
    assert since is not None
    archive(job=job, by=chief)  # twice is once
    job.refresh_from_db()
    assert job.archived_at == since
    unarchive(job=job, by=chief)
    job.refresh_from_db()
    assert job.archived_at is None
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "archive",
        "unarchive",
    ]


def test_nobody_changes_what_it_says_of_itself_or_talks_about_it(chief: User) -> None:
    job = rows.job(owner=chief, status="failed", shares_chapters=True, author_email="zoe@example.org")
    text = rows.revision(chapter=rows.chapter(job=job))
    link, said = rows.author_link(job_id=job.pk), rows.comment(revision=text)
    empty = rows.job(owner=chief, status="failed")
    source = rows.source(job=empty)
    for one in (job, empty):
        archive(job=one, by=chief)
    deeds: list[Callable[[], object]] = [
        lambda: change_settings(job=job, by=chief, author_name="Zoe"),
        lambda: change_details(job=job, by=chief, author_name="Zoe"),
        lambda: change_budget(job=job, by=chief, micros=1),
        lambda: comment(revision=text, by=chief, text="Really?"),
        lambda: resolve_comment(comment=said, by=chief),
        lambda: ask_author(job=job, by=chief, text="Really?"),
        lambda: add_source(job=empty, by=chief, url="https://example.org/1"),
        lambda: change_source(source=source, by=chief, title="Letters"),
    ]
    text.chapter.refresh_from_db()
    for fresh in (job, empty):
        fresh.refresh_from_db()
    before = AuditEntry.objects.count()
    for number, deed in enumerate(deeds):
        text = type(text).objects.get(pk=text.pk)  # as each request reads it
        said = type(said).objects.get(pk=said.pk)
        with pytest.raises(IllegalMove, match="in the archive"):
            deed()
        assert AuditEntry.objects.count() == before, number
    comment_by_link(link=link, revision=text, text="Really?")  # an author's words are never lost
    answer_editor(link=link, text="Really.")
    for one in (job, empty):
        unarchive(job=one, by=chief)
        one.refresh_from_db()
    for deed in deeds:
        text = type(text).objects.get(pk=text.pk)
        said = type(said).objects.get(pk=said.pk)
        deed()


@pytest.mark.parametrize("status", ["pending", "running", "paused", "needs_review", "exporting"])
def test_what_is_in_work_stays_out(chief: User, status: str) -> None:
    job = rows.job(owner=chief, status=status)
    with pytest.raises(IllegalMove):
        archive(job=job, by=chief)
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by another way
        BiographyJob.objects.filter(pk=job.pk).update(archived_at=clock.now())


def test_who_does_not_work_on_it(editor: User, writer: User, chief: User) -> None:
    job = rows.job(owner=chief, status="failed", author_email=writer.email)
    for person in (editor, writer):
        with pytest.raises(Forbidden):
            archive(job=job, by=person)


def test_nothing_moves_it(chief: User) -> None:
    job = archived(chief)
    assert not move_job(job.pk, JobStatus.RUNNING)
    for act in (actions.retry, actions.cancel, actions.export):
        with pytest.raises(IllegalMove, match="in the archive"):
            act(job=job, by=chief)
    section = rows.written(job=job)
    text = section.current_revision
    assert text is not None
    with pytest.raises(IllegalMove, match="in the archive"):
        approve(chapter=section, sha256=text.sha256, by=chief)
    with pytest.raises(IllegalMove, match="in the archive"):
        close_finding(finding=rows.finding(job=job), by=chief)
    unarchive(job=job, by=chief)
    actions.cancel(job=job, by=chief)


def test_lists_leave_it_out_unless_asked(api: Api, chief: User) -> None:
    job, other = archived(chief), rows.job(owner=chief)
    client = api(chief)

    def ids(question: str = "") -> set[str]:
        return {row["job_id"] for row in client.get(f"{URL}{question}").json()["results"]}

    assert ids() == {str(other.pk)}
    assert ids("?archived=true") == {str(job.pk)}
    assert client.get(f"{URL}/{job.pk}").json()["archived_at"]


def test_over_http(api: Api, chief: User) -> None:
    job = rows.job(owner=chief, status="cancelled")
    client = api(chief)
    assert client.post(f"{URL}/{job.pk}/archive").status_code == 202
    assert client.post(f"{URL}/{job.pk}/retry").json()["code"] == "illegal_state"
    assert client.post(f"{URL}/{job.pk}/unarchive").status_code == 202
    job.refresh_from_db()
    assert job.archived_at is None


def test_on_the_desk(client: Client, chief: User) -> None:
    chief.is_staff = True
    chief.save()
    client.force_login(chief)
    job = rows.job(owner=chief, status="failed", character="Zenobia Quill")
    assert client.post(f"/admin/books/{job.pk}/do/archive/").status_code == 302
    page = client.get(f"/admin/books/{job.pk}/").content.decode()
    assert 'id="archived"' in page
    assert 'id="do-unarchive"' in page
    assert 'id="do-retry"' not in page
    names = [
        client.get(f"/admin/biographies/biographyjob/{question}").content.decode()
        for question in ("", "?archived=yes")
    ]
    assert ["Zenobia Quill" in text for text in names] == [False, True]
    assert "Zenobia Quill" not in client.get("/admin/").content.decode()


def test_its_failure_is_no_alert_any_more(chief: User) -> None:
    rows.job(owner=chief, status="failed")
    archived(chief)
    assert len(books.failed()) == 1


def test_the_desk_says_so(chief: User, client: Client) -> None:
    chief.is_staff = True
    chief.save()
    client.force_login(chief)
    job = archived(chief, author_email="zoe@example.org")
    section = rows.chapter(job=job)
    text = rows.revision(chapter=section)
    section.current_revision = text
    section.save()
    before = AuditEntry.objects.count()
    said = {"text": "Really?", "budget": "3", "revision": str(text.number)}
    for address in (
        reverse("desk:author-do", args=[job.pk, "ask"]),
        reverse("desk:budget", args=[job.pk]),
        reverse("desk:comment", args=[job.pk, section.pk]),
    ):
        answer = client.post(address, said, follow=True)
        assert (answer.status_code, "in the archive" in answer.content.decode()) == (200, True), address
    form = reverse("admin:biographies_biographyjob_change", args=[job.pk])
    sent = {"author_name": "Another", "description": "Another", "shared_with": []}
    assert client.post(form, sent, follow=True).status_code == 200
    assert AuditEntry.objects.count() == before
    job.shares_chapters = True
    job.save()
    client.post(reverse("desk:author-do", args=[job.pk, "share"]), {})  # who sees it isn't what it says
    job.refresh_from_db()
    assert not job.shares_chapters
