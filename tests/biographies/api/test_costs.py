"""What an answer costs doesn't grow with the rows that it tells of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from bookgen_site.accounts.models import User
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
WORDS = ("estimate", "cost", "outline", "logs", "findings", "facts", "timeline")
VERDICT = {
    **dict.fromkeys(("url", "relevance_because", "credibility_because", "title", "reason"), ""),
    **dict.fromkeys(("status_code", "relevance", "credibility")),
    "valid": True,
}


def queries(client: APIClient, url: str) -> int:
    """How many queries an answer takes; the second time, when the key's use is noted already."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists(api: Api, chief: User, editor: User) -> None:
    book = rows.job(owner=editor)
    chapter = rows.written(job=book)
    urls = ["/api/v1/biographies", "/api/v1/status"]
    urls += [
        f"/api/v1/biographies/{book.pk}/{word}"
        for word in ("chapters", "sources", "suggestions", "exports", "events")
    ]
    urls.append(f"/api/v1/biographies/{book.pk}/chapters/{chapter.pk}")
    urls += [f"/api/v1/biographies/{book.pk}/{word}" for word in WORDS]
    one = f"/api/v1/biographies/{book.pk}/chapters/{chapter.pk}"
    urls += [
        f"{one}/{word}"
        for word in ("revisions", "revisions/1", "compare?from=1&to=1", "citations", "findings")
    ]
    urls.append(f"/api/v1/biographies/{book.pk}")
    people, check, run = rows.collection(), rows.address_check(), rows.run(job=book)
    rows.collected(collection=people)
    urls += [
        "/api/v1/collections",
        f"/api/v1/collections/{people.pk}",
        f"/api/v1/collections/{people.pk}/people",
    ]
    urls += ["/api/v1/sources/validations", f"/api/v1/sources/validations/{check.pk}"]
    client = api(chief)
    before = {url: queries(client, url) for url in urls}
    for number in range(5):
        rows.job(owner=rows.person())
        rows.written(job=book)
        rows.export(job=book)
        rows.event(job_id=book.pk, seq=number + 1)
        stretch = rows.passage(source=rows.source(job=book))
        rows.source(job=book, found="finder", finder="openalex", decision="suggested")
        rows.citation(revision=chapter.current_revision, number=number + 1, passage=stretch)
        rows.finding(job=book, revision=chapter.current_revision)
        rows.unit()
        rows.fact(job=book, chapter=chapter, position=number, date_start="1838-01-01", date_end="1838-01-01")
        rows.revision(chapter=chapter, text=f"Text {number}.")
        rows.call(unit=rows.unit(run=run, status="parked", error="It is silent."), role=f"role {number}")
        rows.audit_entry(job_id=book.pk)
        rows.collected(collection=people)
        rows.collection()
        rows.checked_address(check_run=check, verdict=VERDICT)
    assert {url: queries(client, url) for url in urls} == before
    assert max(before.values()) <= 12


def test_the_status_is_cheap(api: Api, chief: User) -> None:
    """The key with its user and their roles, and one for the job with the number of its newest event."""
    assert queries(api(chief), f"/api/v1/biographies/{rows.job().pk}/status") == 2
