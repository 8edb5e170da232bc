"""What a reviewer does over HTTP: compare texts, close findings, send a section back, hand on a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.core import signing
from rest_framework.test import APIClient

from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, store
from notifications.models import AuditEntry
from tests.engine import standing
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


@pytest.fixture
def chapter(editor: User) -> Chapter:
    """A section whose second text waits for review."""
    job = rows.job(owner=editor, status="needs_review")
    section = rows.written(job=job)
    newer = rows.revision(
        chapter=section, text="Ada Quill was born in Oslo.", instruction="Say Oslo.", created_by=editor
    )
    Chapter.objects.filter(pk=section.pk).update(current_revision=newer)
    section.refresh_from_db()
    return section


def url(chapter: Chapter, word: str = "") -> str:
    return f"/api/v1/biographies/{chapter.job_id}/chapters/{chapter.pk}{word}"


def test_texts_are_listed_read_and_compared(api: Api, editor: User, chapter: Chapter) -> None:
    client = api(editor)
    listed = client.get(url(chapter, "/revisions")).json()["results"]
    assert [(one["number"], one["current"], one["by"]) for one in listed] == [
        (2, True, editor.username),
        (1, False, ""),
    ]
    assert "text" not in listed[0]
    assert client.get(url(chapter, "/revisions/1")).json()["text"] == "Ada Quill was born in Leith."
    assert client.get(url(chapter, "/revisions/9")).status_code == 404
    body = client.get(url(chapter, "/compare"), {"from": 1, "to": 2}).json()
    assert body == {
        "from": 1,
        "to": 2,
        "instruction": "Say Oslo.",
        "steps": [
            {"op": "equal", "text": "Ada Quill was born in "},
            {"op": "delete", "text": "Leith"},
            {"op": "insert", "text": "Oslo"},
            {"op": "equal", "text": "."},
        ],
    }
    assert client.get(url(chapter, "/compare"), {"from": 1}).json()["errors"].keys() == {"to"}
    assert client.get(url(chapter, "/compare"), {"from": 1, "to": 9}).status_code == 404


def test_citations_are_those_of_the_present_text(api: Api, editor: User, chapter: Chapter) -> None:
    for number in (1, 2, 3):
        rows.citation(revision=chapter.current_revision, number=number)
    rows.citation(revision=chapter.revisions.get(number=1), number=1)
    client = api(editor)
    page = client.get(url(chapter, "/citations"), {"limit": 2}).json()
    assert [one["number"] for one in page["results"]] == [1, 2]
    assert [one["number"] for one in client.get(page["next"]).json()["results"]] == [3]


def test_findings_are_resolved_or_dismissed_with_a_reason(api: Api, editor: User, chapter: Chapter) -> None:
    old, now = chapter.revisions.get(number=1), chapter.current_revision
    rows.finding(job=chapter.job, revision=old)
    seen = rows.finding(job=chapter.job, revision=now)
    of_the_book = rows.finding(job=chapter.job)
    client, book = api(editor), f"/api/v1/biographies/{chapter.job_id}/findings"
    assert [one["id"] for one in client.get(url(chapter, "/findings")).json()["results"]] == [seen.pk]
    told = client.get(book).json()["results"]
    assert [(one["id"], one["chapter"]) for one in told] == [(of_the_book.pk, None), (seen.pk, chapter.pk)]
    without = client.patch(f"{book}/{seen.pk}", {"status": "dismissed"})
    assert without.status_code == 409
    done = client.patch(f"{book}/{seen.pk}", {"status": "dismissed", "reason": "It is a quotation."})
    assert (done.json()["status"], done.json()["reason"]) == ("dismissed", "It is a quotation.")
    assert client.patch(f"{book}/{seen.pk}", {"status": "resolved"}).json()["code"] == "stale"
    assert client.patch(f"{book}/{of_the_book.pk}", {"status": "resolved"}).json()["status"] == "resolved"
    assert client.get(url(chapter, "/findings"), {"status": "open"}).json()["results"] == []
    foreign = rows.finding()
    assert client.patch(f"{book}/{foreign.pk}", {"status": "resolved"}).status_code == 404


def test_a_section_goes_back_with_a_reason(api: Api, editor: User, chapter: Chapter) -> None:
    client = api(editor)
    assert client.post(url(chapter, "/request-changes"), {}).json()["errors"].keys() == {"reason"}
    answer = client.post(url(chapter, "/request-changes"), {"reason": "It is dull."})
    assert (answer.status_code, answer.json()["status"]) == (200, "changes_requested")
    assert AuditEntry.objects.get(action="request_changes").after == {"reason": "It is dull."}


@pytest.fixture
def book(editor: User) -> BiographyJob:
    job = rows.job(owner=editor)
    rows.export(job=job, blob=store.put(b"a book"))
    return job


def link(client: APIClient, job: BiographyJob, **wish: int) -> str:
    """The path of a new link to the job's file."""
    export = job.exports.get()
    answer = client.post(f"/api/v1/biographies/{job.pk}/exports/{export.pk}/link", wish)
    assert answer.status_code == 201
    return str(urlsplit(answer.json()["url"]).path)


def test_a_link_opens_the_file_without_a_key(api: Api, editor: User, book: BiographyJob) -> None:
    path = link(api(editor), book, hours=2)
    answer = api().get(path)
    assert (answer.status_code, answer.getvalue()) == (200, b"a book")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ada-quill.docx"'
    assert AuditEntry.objects.filter(action="make_file_link", job_id=book.pk).exists()


def test_a_link_ends(api: Api, editor: User, book: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    path, now = link(api(editor), book, hours=2), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(hours=1, minutes=59))
    assert api().get(path).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(hours=2, minutes=1))
    answer = api().get(path)
    assert (answer.status_code, answer.json()["code"]) == (410, "link_expired")


def test_a_link_that_was_changed_or_closed_opens_nothing(api: Api, editor: User, book: BiographyJob) -> None:
    path = link(api(editor), book)
    forged = signing.dumps({"file": book.exports.get().pk}, salt="other")
    for wrong in (path[:-1], path + "x", "/api/v1/files/x", f"/api/v1/files/{forged}"):
        assert api().get(wrong).status_code == 404
    other = rows.job(owner=editor)
    rows.export(job=other, blob=store.put(b"another"))
    another = link(api(editor), other)
    assert api(editor).delete(f"/api/v1/biographies/{book.pk}/exports/links").status_code == 204
    assert api().get(path).status_code == 404
    assert api().get(another).status_code == 200
    assert api().get(link(api(editor), book)).status_code == 200


def test_a_link_lasts_no_longer_than_a_month(api: Api, editor: User, book: BiographyJob) -> None:
    export = book.exports.get()
    for hours in (0, 721):
        answer = api(editor).post(f"/api/v1/biographies/{book.pk}/exports/{export.pk}/link", {"hours": hours})
        assert answer.json()["errors"].keys() == {"hours"}


def test_only_known_formats_are_made(api: Api, chief: User, book: BiographyJob) -> None:
    answer = api(chief).post(f"/api/v1/biographies/{book.pk}/exports", {"formats": ["scroll"]})
    assert list(answer.json()["errors"]) == ["formats.0"]
    assert api(chief).post(f"/api/v1/biographies/{book.pk}/exports", {}).json()["code"] == "illegal_state"


def test_a_text_is_edited_under_the_condition_that_it_is_the_one_that_was_read(
    api: Api, editor: User
) -> None:
    chapter = standing.book(owner=editor)
    client, place = api(editor), url(chapter)
    read = client.get(place)
    text, tag = read.json()["revision"]["text"], {"If-Match": read.headers["ETag"]}
    assert client.patch(place, {"text": f"{text} So."}).status_code == 428
    edited = client.patch(place, {"text": f"{text} So it was.", "note": "An end."}, headers=tag)
    assert (edited.status_code, edited.json()["revision"]["origin"]) == (200, "edited")
    assert edited.json()["revision"]["instruction"] == "An end."
    assert len(edited.json()["citations"]) == len(read.json()["citations"])
    late = client.patch(place, {"text": f"{text} Or not."}, headers=tag)
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    assert chapter.revisions.count() == 2
    tag = {"If-Match": edited.headers["ETag"]}
    for wrong in ({"text": "x", "title": "y"}, {"note": "x"}):
        assert client.patch(place, wrong, headers=tag).json()["errors"].keys() == {"text"}
    nowhere = {"text": f"{text} New.[^99]", "cites": [{"mark": 99, "source": 1, "start": 0, "end": 10**6}]}
    assert client.patch(place, nowhere, headers=tag).json()["errors"].keys() == {"cites"}
    cited = {"text": f"{text} New.[^99]", "cites": [{"mark": 99, "source": 1, "start": 0, "end": 9}]}
    assert 99 in [one["number"] for one in client.patch(place, cited, headers=tag).json()["citations"]]


def test_comments_are_said_listed_and_resolved(
    api: Api, editor: User, writer: User, chapter: Chapter
) -> None:
    BiographyJob.objects.filter(pk=chapter.job_id).update(author_email=writer.email)
    client = api(editor)
    said = api(writer).post(url(chapter, "/comments"), {"text": "Is this so?", "quote": "born in Oslo"})
    assert (said.status_code, said.json()["offset"], said.json()["by"]) == (201, 14, writer.username)
    wrong = client.post(url(chapter, "/comments"), {"text": "Is this so?", "quote": "born in Rome"})
    assert wrong.json()["errors"].keys() == {"quote"}
    assert client.post(url(chapter, "/comments"), {"text": " "}).status_code == 400
    (listed,) = client.get(url(chapter, "/comments")).json()["results"]
    assert (listed["text"], listed["revision"], listed["resolved_at"]) == ("Is this so?", 2, None)
    place = url(chapter, f"/comments/{listed['id']}/resolve")
    assert client.post(place).json()["resolved_by"] == editor.username
    assert client.post(place).json()["code"] == "stale"
