"""A book is deleted wholly: rows, what was told of it, its files; the audit keeps deeds without words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from pytest_django import Settings

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from bookgen_site.lib.mail_files import path_of
from engine.deleting import delete_book
from notifications.letters.mailing import message_id
from notifications.models import AuditEntry, Delivery, Event
from notifications.publish import audit
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Commits = Callable[..., Any]
NAME = "Zenobia Quillfeather"


def put(data: bytes, *, age: float = 10**6) -> str:
    digest = store.put(data)
    os.utime(store.path_of(digest), (0, 0) if age else None)
    return digest


@pytest.fixture
def book(chief: User) -> BiographyJob:
    """A failed book with a row of everything that names its person."""
    job = rows.job(owner=chief, status="failed", character=NAME, author_email="quillfeather@example.org")
    rows.written(job=job, title=f"The Youth of {NAME}")
    rows.source(job=job, title=NAME, blob=put(b"her letters"))
    rows.export(job=job, blob=store.put(b"her book"), filename=f"{NAME}.docx")
    rows.event(job_id=job.pk, payload={"reason": NAME})
    rows.delivery(job_id=job.pk, address="quillfeather@example.org", payload={"character": NAME})
    rows.author_link(job_id=job.pk, name=NAME)
    rows.alert(job_id=job.pk, title=f"The book about {NAME} has failed")
    rows.suppressed(address="quillfeather@example.org", scope=str(job.pk))
    audit(by=chief, action="create_job", target=NAME, job_id=job.pk, after={"character": NAME})
    audit(by=None, action="write_to_author", target=NAME, job_id=job.pk, name=NAME)
    audit(by=None, action="start", target=NAME, job_id=job.pk)
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(BiographyJob),
        object_id=str(job.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )
    return job


def everything() -> str:
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_row_speaks_of_it_any_more(
    book: BiographyJob, chief: User, django_capture_on_commit_callbacks: Commits
) -> None:
    job_id = book.pk
    times = list(AuditEntry.objects.filter(job_id=job_id).order_by("id").values_list("at", flat=True))
    assert everything().lower().count("quillfeather") > 10
    with django_capture_on_commit_callbacks(execute=True):
        delete_book(job=book, by=chief)
    assert "quillfeather" not in everything().lower()
    kept = list(AuditEntry.objects.filter(job_id=job_id).order_by("id"))
    assert [(row.action, row.actor) for row in kept] == [
        ("create_job", chief.username),
        ("write_to_author", ""),
        ("start", "engine"),
        ("delete_job", chief.username),
    ]
    assert [row.at for row in kept[:3]] == times
    assert all((row.target, row.after) == ("", {}) for row in kept)
    assert not Event.objects.filter(job_id=job_id).exists()


def test_its_files_go_at_once_but_not_those_of_others(
    book: BiographyJob, chief: User, django_capture_on_commit_callbacks: Commits
) -> None:
    own, shared, fresh, printed = (
        put(b"her letters"),
        put(b"a public page"),
        store.put(b"somebody may be sending this very file now"),
        store.put(b"her book"),
    )
    for number, blob in enumerate((shared, fresh), 50):
        rows.source(job=book, blob=blob, number=number, url=f"https://example.org/{number}")
    rows.source(blob=shared)
    with django_capture_on_commit_callbacks(execute=True):
        delete_book(job=book, by=chief)
    assert [store.path_of(one).exists() for one in (own, shared, fresh, printed)] == [
        False,
        True,
        True,
        False,
    ]


def test_nothing_is_removed_when_the_deletion_is_not_carried_out(book: BiographyJob, chief: User) -> None:
    delete_book(job=book, by=chief)  # and its transaction never ends
    assert store.path_of(put(b"her book")).exists()


def test_its_mail_in_files_goes_too(
    book: BiographyJob,
    chief: User,
    settings: Settings,
    tmp_path: Any,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    letter = Delivery.objects.get(job_id=book.pk)
    Delivery.objects.filter(pk=letter.pk).update(turn=1)
    files = []
    for letter.turn in (0, 1):
        files.append(path_of(message_id(letter)))
        files[-1].write_text(NAME)
    other = tmp_path / "other.eml"
    other.write_text("x")
    with django_capture_on_commit_callbacks(execute=True):
        delete_book(job=book, by=chief)
    assert [file.exists() for file in (*files, other)] == [False, False, True]


@pytest.mark.parametrize(("role", "offered"), [("chief", True), ("editor", False)])
def test_the_button_is_for_who_sees_all_books(
    request: pytest.FixtureRequest, client: Client, role: str, offered: bool
) -> None:
    user = request.getfixturevalue(role)
    user.is_staff = True
    user.save()
    client.force_login(user)
    job = rows.job(owner=user, status="completed", progress=100, completed_at="2026-01-01T00:00Z")
    page = client.get(f"/admin/books/{job.pk}/").content.decode()
    assert ('id="confirm-delete"' in page) is offered
    if offered:
        answer = client.post(f"/admin/books/{job.pk}/do/delete/")
        assert answer.headers["Location"] == "/admin/biographies/biographyjob/"
        assert not BiographyJob.objects.exists()


def test_the_audit_of_other_books_stays_as_it_is(book: BiographyJob, chief: User) -> None:
    audit(by=chief, action="create_job", target="Ada Quill", after={"character": "Ada Quill"})
    before = AuditEntry.objects.get(target="Ada Quill")
    delete_book(job=book, by=chief)
    assert json.dumps(AuditEntry.objects.get(pk=before.pk).after) == '{"character": "Ada Quill"}'
