"""Nothing leaves without a person: approval of exactly one text."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction

from biographies.actions import Seen, approve, close_finding, record_findings, request_changes
from biographies.errors import BookError, Forbidden, IllegalMove, Stale
from biographies.models import Approval, Chapter
from biographies.vocabulary import Severity
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from tests.fakes import rows
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db


def sha(chapter: Chapter) -> str:
    assert chapter.current_revision
    return chapter.current_revision.sha256


def test_an_approval_names_the_text_and_the_person(chief: User) -> None:
    chapter = rows.written()
    approval = approve(chapter=chapter, sha256=sha(chapter), by=chief)
    chapter.refresh_from_db()
    assert chapter.status == "approved"
    assert (approval.revision, approval.revision_sha256) == (chapter.current_revision, sha(chapter))
    assert (approval.by, approval.by_name) == (chief, chief.username)
    entry = AuditEntry.objects.get(action="approve")
    after = {"sha256": sha(chapter), "manner": "single"}
    assert (entry.actor_id, entry.job_id, entry.after) == (chief.pk, chapter.job_id, after)


def test_a_text_that_has_changed_meanwhile_is_not_approved(chief: User) -> None:
    chapter = rows.written()
    read = sha(chapter)
    newer = rows.revision(chapter=chapter, text="Another text.")
    Chapter.objects.filter(pk=chapter.pk).update(current_revision=newer)
    with pytest.raises(Stale):
        approve(chapter=chapter, sha256=read, by=chief)
    assert not Approval.objects.exists()


def test_a_chapter_without_a_text_is_not_approved(chief: User) -> None:
    with pytest.raises(Stale):
        approve(chapter=rows.chapter(), sha256="0" * 64, by=chief)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.AUTHOR])
def test_who_may_not_approve(role: str) -> None:
    chapter = rows.written()
    with pytest.raises(Forbidden):
        approve(chapter=chapter, sha256=sha(chapter), by=rows.person(role))
    assert not Approval.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_open_error_blocks_and_a_closed_one_does_not(chief: User) -> None:
    chapter = rows.written()
    error = rows.finding(job=chapter.job, revision=chapter.current_revision, severity="error")
    with pytest.raises(BookError, match="open errors"):
        approve(chapter=chapter, sha256=sha(chapter), by=chief)
    close_finding(finding=error, by=chief, dismiss=True, reason="It is a title.")
    approve(chapter=chapter, sha256=sha(chapter), by=chief)
    chapter.refresh_from_db()
    assert chapter.status == "approved"


@pytest.mark.parametrize(("severity", "status"), [("error", "needs_review"), ("warning", "approved")])
def test_an_error_that_is_seen_after_the_approval_takes_it_back(
    chief: User, severity: str, status: str
) -> None:
    """Who is quick approves before the checks have come to the text."""
    chapter = rows.written()
    approve(chapter=chapter, sha256=sha(chapter), by=chief)
    seen = [Seen("citations", Severity(severity), "No source says so.")]
    record_findings(job=chapter.job, revision=chapter.current_revision, checks=["citations"], seen=seen)
    chapter.refresh_from_db()
    assert chapter.status == status
    if severity == "error":
        with pytest.raises(BookError, match="open errors"):
            approve(chapter=chapter, sha256=sha(chapter), by=chief)


@pytest.mark.django_db(transaction=True)
def test_an_approval_waits_for_an_error_that_is_being_written_down(chief: User) -> None:
    chapter, seen = rows.written(), threading.Event()

    def found() -> None:
        error = Seen("citations", Severity.ERROR, "No source says so.")
        with transaction.atomic():
            record_findings(
                job=chapter.job, revision=chapter.current_revision, checks=["citations"], seen=[error]
            )
            seen.set()
            time.sleep(0.3)

    def approved() -> None:
        assert seen.wait(10)
        approve(chapter=chapter, sha256=sha(chapter), by=chief)

    nothing, refusal = at_once([found, approved])
    assert nothing is None
    assert isinstance(refusal, BookError)
    chapter.refresh_from_db()
    assert chapter.status == "needs_review"


def test_a_warning_does_not_block_nor_does_an_error_of_an_older_text(chief: User) -> None:
    chapter = rows.written()
    rows.finding(job=chapter.job, revision=chapter.current_revision, severity="warning")
    rows.finding(job=chapter.job, revision=rows.revision(chapter=chapter), severity="error")
    approve(chapter=chapter, sha256=sha(chapter), by=chief)
    chapter.refresh_from_db()
    assert chapter.status == "approved"


def test_twice_is_refused(chief: User) -> None:
    chapter = rows.written()
    approve(chapter=chapter, sha256=sha(chapter), by=chief)
    with pytest.raises(IllegalMove):
        approve(chapter=chapter, sha256=sha(chapter), by=chief)
    assert Approval.objects.count() == 1


def test_approved_again_after_changes_were_requested(chief: User) -> None:
    chapter = rows.written()
    approve(chapter=chapter, sha256=sha(chapter), by=chief)
    request_changes(chapter=chapter, by=chief, reason="Too long.")
    assert Chapter.objects.get(pk=chapter.pk).status == "changes_requested"


def test_an_author_requests_no_changes(writer: User) -> None:
    with pytest.raises(Forbidden):
        request_changes(chapter=rows.written(), by=writer, reason="I look old.")


def test_a_finding_is_closed_once_and_with_a_reason(chief: User) -> None:
    finding = rows.finding()
    with pytest.raises(BookError, match="Say why"):
        close_finding(finding=finding, by=chief, dismiss=True, reason=" \u200b ")
    close_finding(finding=finding, by=chief)
    with pytest.raises(Stale):
        close_finding(finding=finding, by=chief)
    assert AuditEntry.objects.filter(action="close_finding").count() == 1
