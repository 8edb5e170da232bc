"""Chapters, files and sources over HTTP, on a small finished book."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from sources.extracting import MAX_BYTES
from sources.models import Source
from tests.fakes import rows, works

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def url(job: BiographyJob, *rest: object) -> str:
    return "/".join(["/api/v1/biographies", str(job.pk), *map(str, rest)])


@pytest.fixture
def written(reviewed: BiographyJob) -> BiographyJob:
    return reviewed


def test_the_list_has_everything_but_the_texts(api: Api, chief: User, written: BiographyJob) -> None:
    listed = api(chief).get(url(written, "chapters")).json()
    assert [one["kind"] for one in listed][2:5] == ["timeline", "chapter", "chapter"]
    chapter = next(one for one in listed if one["chapter_number"] == 1)
    row = Chapter.objects.get(pk=chapter["id"])
    assert row.current_revision
    assert chapter["sha256"] == row.current_revision.sha256
    assert chapter["word_count"] == row.word_count > 0
    assert not {"revision", "text"} & set(chapter)


def test_a_section_without_a_text(api: Api, chief: User) -> None:
    chapter = rows.chapter()
    body = api(chief).get(url(chapter.job, "chapters", chapter.pk)).json()
    assert (body["sha256"], body["revision"], body["citations"], body["findings"]) == ("", None, [], [])


def test_every_mark_has_its_evidence(api: Api, chief: User, written: BiographyJob) -> None:
    chapter = Chapter.objects.get(job=written, chapter_number=1)
    assert chapter.current_revision
    rows.finding(job=written, revision=chapter.current_revision, message="It is short.")
    body = api(chief).get(url(written, "chapters", chapter.pk)).json()
    assert hashlib.sha256(body["revision"]["text"].encode()).hexdigest() == body["sha256"]
    assert body["citations"]
    for citation in body["citations"]:
        assert f"[^{citation['number']}]" in body["revision"]["text"]
        source = Source.objects.get(job=written, number=citation["source"])
        assert source.text[citation["start"] : citation["end"]] == citation["quote"]
        assert (citation["verdict"], citation["source_title"]) == ("verbatim", "A Source")
    assert "It is short." in [finding["message"] for finding in body["findings"]]
    assert body["open_findings"] == len([one for one in body["findings"] if one["status"] == "open"])


def test_approving_what_was_read(api: Api, chief: User, written: BiographyJob) -> None:
    client = api(chief)
    for one in client.get(url(written, "chapters")).json():
        answer = client.post(url(written, "chapters", one["id"], "approve"), {"sha256": one["sha256"]})
        assert (answer.status_code, answer.json()["status"]) == (200, "approved")
    assert works.work(written) == "completed"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"sha256": "0" * 64}, 409, "stale"),
        ({"sha256": "0" * 63}, 400, "invalid"),
        ({"sha256": "G" * 64}, 400, "invalid"),
        ({}, 400, "invalid"),
        ({"sha256": "0" * 64, "force": True}, 400, "invalid"),
    ],
)
def test_approving_something_else(
    api: Api, chief: User, body: dict[str, Any], status: int, code: str
) -> None:
    chapter = rows.written()
    answer = api(chief).post(url(chapter.job, "chapters", chapter.pk, "approve"), body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    chapter.refresh_from_db()
    assert chapter.status == "needs_review"


def test_asking_for_another_text(api: Api, chief: User, written: BiographyJob) -> None:
    chapter = Chapter.objects.get(job=written, chapter_number=1)
    wish = {"instruction": "Begin with the harbour."}
    answer = api(chief).post(url(written, "chapters", chapter.pk, "regenerate"), wish)
    assert (answer.status_code, answer.json()["status"]) == (202, "writing")
    works.work(written)
    revision = api(chief).get(url(written, "chapters", chapter.pk)).json()["revision"]
    assert (revision["number"], revision["origin"]) == (2, "regenerated")
    assert revision["instruction"] == "Begin with the harbour."


def test_a_chapter_is_reached_through_its_own_book_only(api: Api, chief: User) -> None:
    chapter, other = rows.written(), rows.job()
    assert api(chief).get(url(chapter.job, "chapters", chapter.pk)).status_code == 200
    assert api(chief).get(url(other, "chapters", chapter.pk)).status_code == 404
    for word in ("approve", "regenerate"):
        answer = api(chief).post(url(other, "chapters", chapter.pk, word), {})
        assert answer.status_code == 404


def test_the_files_of_a_book(api: Api, chief: User, finished: BiographyJob) -> None:
    client = api(chief)
    (export,) = client.get(url(finished, "exports")).json()
    answer = client.get(url(finished, "exports", export["id"], "download"))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(data).hexdigest() == export["sha256"]
    assert len(data) == export["size"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ada-quill.docx"'
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(url(rows.job(), "exports", export["id"], "download")).status_code == 404
    store.path_of(export["sha256"]).unlink()
    lost = client.get(url(finished, "exports", export["id"], "download"))
    assert (lost.status_code, lost.json()["code"]) == (410, "file_lost")
    answer = client.post(url(finished, "export"))
    assert (answer.status_code, answer.json()["status"]) == (202, "exporting")
    assert works.work(finished) == "completed"
    assert client.get(url(finished, "exports", export["id"], "download")).status_code == 200


def test_a_name_in_any_script_is_a_file_name(api: Api, chief: User) -> None:
    row = rows.export(filename='анна "q";\r\nX: y.docx', blob=store.put(b"x"))
    answer = api(chief).get(url(row.job, "exports", row.pk, "download"))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "X" not in answer.headers


# --- sources ------------------------------------------------------------------------------------------


def test_sources_by_address_and_by_upload(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    client = api(editor)
    answer = client.post(url(job, "sources"), {"urls": ["https://example.org/1"]})
    assert (answer.status_code, [one["number"] for one in answer.json()["sources"]]) == (201, [1])
    files = [SimpleUploadedFile("a.txt", b"abc"), SimpleUploadedFile("../b.md", b"def")]
    body = {"files": files, "urls": ["https://example.org/1", "https://example.org/2"]}
    answer = client.post(url(job, "sources"), body, format="multipart")
    assert [one["number"] for one in answer.json()["sources"]] == [1, 2, 3, 4]
    listed = client.get(url(job, "sources")).json()["results"]
    assert [(one["number"], one["filename"], one["valid"]) for one in listed] == [
        (1, "", None),
        (2, "", None),
        (3, "a.txt", None),
        (4, "b.md", None),
    ]
    assert store.get(Source.objects.get(number=4).blob) == b"def"
    assert not {"text", "blob", "signature"} & set(listed[0])


def test_sources_come_in_pages(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    for _number in range(5):
        rows.source(job=job)
    client, page, seen = api(editor), f"{url(job, 'sources')}?limit=2", []
    while page:
        body = client.get(page).json()
        seen += [one["number"] for one in body["results"]]
        page = body["next"]
    assert seen == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"urls": []}, "invalid"),
        ({"urls": ["ftp://example.org"]}, "bad_source"),
        ({"urls": ["https://example.org/" + str(n) for n in range(101)]}, "invalid"),
        ({"urls": ["https://example.org"], "title": "x"}, "invalid"),
        ({"files": ["not a file"]}, "invalid"),
    ],
)
def test_what_is_no_source(api: Api, editor: User, body: dict[str, Any], code: str) -> None:
    job = rows.job(owner=editor)
    answer = api(editor).post(url(job, "sources"), body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Source.objects.exists()


def test_all_of_them_or_none(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    files = [SimpleUploadedFile("a.txt", b"abc"), SimpleUploadedFile("b.txt", bytes(MAX_BYTES + 1))]
    answer = api(editor).post(url(job, "sources"), {"files": files}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_source")
    assert "b.txt" in answer.json()["detail"]
    assert not Source.objects.exists()


def test_every_bad_file_and_address_is_named_in_one_answer(api: Api, editor: User) -> None:
    files = [SimpleUploadedFile("photo.pdf", b"\x89PNG\r\n"), SimpleUploadedFile("void.txt", b" ")]
    body = {"files": files, "urls": ["ftp://example.org"]}
    answer = api(editor).post(url(rows.job(owner=editor), "sources"), body, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_source")
    told = answer.json()["detail"]
    assert "ftp://example.org" in told
    assert "“photo.pdf”: This is an image." in told
    assert "“void.txt”: This file is empty." in told


def test_a_book_in_the_making_takes_no_more(api: Api, editor: User) -> None:
    job = rows.job(owner=editor, status="running")
    answer = api(editor).post(url(job, "sources"), {"urls": ["https://example.org"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_state")


def test_a_broken_upload(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = api(editor).post(url(job, "sources"), b"--x\r\nbroken", content_type=kind)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_draft_and_how_it_is_printed(api: Api, reviewed: BiographyJob) -> None:
    client = api(reviewed.owner)
    assert client.post(url(reviewed, "draft"), {"trim": "7x7"}).status_code == 400
    answer = client.post(url(reviewed, "draft"), {"trim": "a5", "recto": True})
    assert (answer.status_code, answer.json()["status"]) == (202, "needs_review")
    works.work(reviewed)
    (told,) = client.get(url(reviewed, "exports")).json()
    assert (told["draft"], told["options"]["trim"], told["options"]["recto"]) == (True, "a5", True)
    assert set(told["revision_hashes"].values()) == set(works.texts(reviewed).values())
