"""The formats of a book on the desk: a box for each, and a list of what is there and what is being made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from biographies.exports.formats import FORMATS
from bookgen_site.accounts.models import User
from tests.fakes import rows

pytestmark = pytest.mark.once

Login = Callable[[User], Client]
WHOLE = {"status": "completed", "progress": 100, "completed_at": "2026-01-01T00:00Z"}


def test_formats_are_chosen_and_made(chief: User, as_user: Login) -> None:
    job = rows.job(owner=chief, **WHOLE)
    rows.written(job=job, status="approved")
    rows.run(job=job, status="done")
    desk = as_user(chief)
    page = desk.get(reverse("desk:exports", args=[job.pk])).content.decode()
    assert [page.count(f'name="formats" value="{name}"') for name in FORMATS] == [1] * len(FORMATS)
    assert page.count('name="formats" value="docx" checked') == 1
    sent = {"formats": ["md", "pdf"], "trim": "6x9", "notes": "footnotes"}
    desk.post(reverse("desk:do", args=[job.pk, "export"]), sent)
    job.refresh_from_db()
    assert (job.status, job.export_formats) == ("exporting", ["pdf", "md"])


def test_none_chosen_is_refused_and_nothing_begins(chief: User, as_user: Login) -> None:
    job = rows.job(owner=chief, **WHOLE)
    rows.written(job=job, status="approved")
    rows.run(job=job, status="done")
    sent = {"trim": "6x9", "notes": "footnotes"}
    answer = as_user(chief).post(reverse("desk:do", args=[job.pk, "export"]), sent, follow=True)
    assert "Choose one of: docx" in answer.content.decode()
    job.refresh_from_db()
    assert job.status == "completed"


def test_files_and_what_is_being_made_are_listed(chief: User, as_user: Login) -> None:
    job = rows.job(owner=chief, status="exporting")
    rows.export(job=job, format="kdp", filename="ada-quill-kdp.zip", size=2048)
    run = rows.run(job=job)
    rows.unit(run=run, phase="export", key="epub")
    page = as_user(chief).get(reverse("desk:exports", args=[job.pk])).content.decode()
    for words in (
        "ada-quill-kdp.zip",
        "For Kindle Direct Publishing (ZIP)",
        "2.0\xa0KB",
        "EPUB, for e-book readers",
        "being made",
    ):
        assert words in page
