"""What is written once is never changed: the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests.fakes import rows

CHANGES: list[tuple[Callable[[], models.Model], str, Any]] = [
    (rows.revision, "text", "She was born in Oslo."),
    (rows.revision, "sha256", "0" * 64),
    (rows.revision, "number", 7),
    (rows.revision, "origin", "edited"),
    (rows.revision, "paragraphs", [2]),
    (rows.approval, "revision_sha256", "0" * 64),
    (rows.approval, "by_name", "somebody else"),
    (rows.approval, "manner", "together"),
    (rows.event, "payload", {"progress": 100}),
    (rows.event, "seq", 9),
    (rows.event, "kind", "completion"),
    (rows.audit_entry, "actor", "nobody"),
    (rows.audit_entry, "action", "nothing"),
    (rows.audit_entry, "after", {"sha256": "x"}),
    (rows.audit_entry, "target", "another chapter"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "column", "value"), CHANGES, ids=lambda value: str(value)[:20])
def test_a_frozen_column_stays(make: Callable[[], models.Model], column: str, value: Any) -> None:
    row = make()
    before = getattr(row, column)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**{column: value})
    row.refresh_from_db()
    assert getattr(row, column) == before


@pytest.mark.django_db
def test_plain_sql_is_refused_too() -> None:
    row = rows.revision()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE chapter_revisions SET text = 'x' WHERE id = %s", [row.pk])


@pytest.mark.django_db
def test_a_book_can_still_be_deleted() -> None:
    approval = rows.approval()
    approval.revision.chapter.job.delete()
    assert not type(approval).objects.filter(pk=approval.pk).exists()


@pytest.mark.django_db
def test_a_person_can_leave_and_the_approval_keeps_the_name() -> None:
    leaver = rows.person()
    approval = rows.approval(by=leaver, by_name=leaver.username)
    leaver.delete()
    approval.refresh_from_db()
    assert (approval.by, approval.by_name) == (None, leaver.username)
