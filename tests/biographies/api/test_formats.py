"""The formats of a book over the API: asked for, refused when there is no such, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from engine.models import Unit
from tests.fakes import rows

pytestmark = pytest.mark.django_db

Clients = Callable[..., APIClient]
WHOLE = {"status": "completed", "progress": 100, "completed_at": "2026-01-01T00:00Z"}


@pytest.fixture
def approved(chief: User) -> BiographyJob:
    """A finished book without a file."""
    job = rows.job(owner=chief, **WHOLE)
    rows.written(job=job, status="approved")
    rows.run(job=job, status="done")
    return job


def test_formats_are_asked_for_and_kept(api: Clients, chief: User, approved: BiographyJob) -> None:
    answer = api(chief).post(
        f"/api/v1/biographies/{approved.pk}/export",
        {"formats": ["pdf", "docx"], "trim": "5x8"},
        format="json",
    )
    assert (answer.status_code, answer.data["status"]) == (202, "exporting")
    approved.refresh_from_db()
    assert (approved.export_formats, approved.export_options["trim"]) == (["docx", "pdf"], "5x8")


@pytest.mark.parametrize("formats", [["exe"], [], "pdf"])
def test_other_formats_are_refused(
    api: Clients, chief: User, approved: BiographyJob, formats: object
) -> None:
    answer = api(chief).post(f"/api/v1/biographies/{approved.pk}/export", {"formats": formats}, format="json")
    assert answer.status_code == 400
    approved.refresh_from_db()
    assert approved.status == "completed"


def test_a_draft_in_some_formats_makes_a_unit_of_each(api: Clients, chief: User) -> None:
    job = rows.job(owner=chief, status="needs_review")
    rows.written(job=job)
    rows.run(job=job)
    answer = api(chief).post(
        f"/api/v1/biographies/{job.pk}/draft", {"formats": ["md", "epub"]}, format="json"
    )
    assert answer.status_code == 202
    keys = Unit.objects.filter(run__job=job).order_by("id").values_list("key", flat=True)
    assert list(keys) == ["draft-epub", "draft-md"]
