"""Files of a book: for those who may see it, as downloads, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from biographies.actions import record_export
from biographies.models import BiographyJob, Export
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from tests.biographies.admin.makers import book

pytestmark = pytest.mark.once

Login = Callable[[User], Client]


def _export(job: BiographyJob) -> Export:
    blob = store.put(b"the book")
    return record_export(job=job, blob=blob, format="docx", filename="ada é.docx", size=8, words=2)


def _url(export: Export) -> str:
    return reverse("desk:export", args=[export.job_id, export.pk])


def test_the_file_comes_as_a_download(editor: User, as_user: Login) -> None:
    answer = as_user(editor).get(_url(_export(book(editor))))
    assert b"".join(answer.streaming_content) == b"the book"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_foreign_file_is_not_found(editor: User, other_editor: User, author: User, as_user: Login) -> None:
    export = _export(book(editor))
    mine = book(other_editor)
    assert as_user(other_editor).get(_url(export)).status_code == 404
    assert as_user(other_editor).get(reverse("desk:export", args=[mine.pk, export.pk])).status_code == 404
    assert as_user(author).get(_url(export)).status_code == 404


def test_a_lost_or_damaged_file_is_a_message(editor: User, as_user: Login) -> None:
    export = _export(book(editor))
    Path(store.path_of(export.blob)).write_bytes(b"the boot")
    page = as_user(editor).get(_url(export), follow=True)
    assert page.status_code == 200
    assert "missing or damaged" in page.content.decode()


def test_how_a_book_is_printed_is_asked_for_and_kept(chief: User, as_user: Login) -> None:
    job = book(chief, status="needs_review")
    page = as_user(chief).get(reverse("desk:book", args=[job.pk])).content.decode()
    assert 'name="trim"' in page
    wish: dict[str, Any] = {"trim": "5x8", "formats": ["docx"], "notes": "endnotes", "recto": "on"}
    answer = as_user(chief).post(reverse("desk:do", args=[job.pk, "draft"]), wish, follow=True)
    assert "The draft is being printed." in answer.content.decode()
    job.refresh_from_db()
    assert (job.export_options["trim"], job.export_options["recto"]) == ("5x8", True)
    answer = as_user(chief).post(
        reverse("desk:do", args=[job.pk, "draft"]), wish | {"trim": "x"}, follow=True
    )
    assert "Choose one of" in answer.content.decode()
