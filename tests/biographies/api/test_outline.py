"""The outline and what is said of chapters, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


@pytest.fixture
def planned(editor: User) -> BiographyJob:
    """A book that waits for the approval of its outline: two chapters, three facts."""
    job = rows.job(owner=editor, status="paused", outline_review=True)
    rows.run(job=job)
    one, two = (rows.chapter(job=job, title=title, target_words=500) for title in ("Leith", "Oslo"))
    rows.fact(job=job, chapter=one, position=0, date_start="1838-01-01", date_end="1838-01-01")
    rows.fact(job=job, chapter=one)
    rows.fact(job=job, chapter=two, position=0)
    return job


def url(job: BiographyJob, word: str = "outline") -> str:
    return f"/api/v1/biographies/{job.pk}/{word}"


def turned(outline: dict[str, Any]) -> dict[str, Any]:
    chapters = [
        {name: one[name] for name in ("id", "title", "synopsis", "target_words")}
        for one in outline["chapters"]
    ]
    return {"version": outline["version"], "chapters": chapters[::-1]}


def test_it_is_read_with_its_facts_in_numbers(api: Api, editor: User, planned: BiographyJob) -> None:
    body = api(editor).get(url(planned)).json()
    assert (body["waits"], body["open"], body["approved_at"]) == (True, True, None)
    first = body["chapters"][0]
    assert (first["title"], first["facts_told"], first["facts_kept"]) == ("Leith", 1, 1)
    assert (first["first_year"], body["chapters"][1]["first_year"]) == (1838, None)


def test_it_is_put_in_another_order_and_approved(api: Api, editor: User, planned: BiographyJob) -> None:
    client = api(editor)
    wish = turned(client.get(url(planned)).json())
    wish["chapters"][0] |= {"title": "Norway", "target_words": 900}
    answer = client.put(url(planned), wish)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert [(one["chapter_number"], one["title"]) for one in body["chapters"]] == [
        (1, "Norway"),
        (2, "Leith"),
    ]
    assert body["version"] == wish["version"] + 1
    entry = AuditEntry.objects.get(job_id=planned.pk, action="put_outline")
    assert [one["title"] for one in entry.before["chapters"]] == ["Leith", "Oslo"]
    assert (
        client.post(url(planned, "outline/approve"), {"version": wish["version"]}).json()["code"] == "stale"
    )
    done = client.post(url(planned, "outline/approve"), {"version": body["version"]})
    assert (done.status_code, done.json()["waits"]) == (202, False)
    assert client.put(url(planned), turned(done.json())).json()["code"] == "illegal_state"


def test_an_older_outline_changes_nothing(api: Api, editor: User, planned: BiographyJob) -> None:
    client = api(editor)
    wish = turned(client.get(url(planned)).json())
    assert client.put(url(planned), wish).status_code == 200
    assert client.put(url(planned), wish).json()["code"] == "stale"
    assert [one["title"] for one in client.get(url(planned)).json()["chapters"]] == ["Oslo", "Leith"]


def test_every_chapter_stands_in_it_once(api: Api, editor: User, planned: BiographyJob) -> None:
    client = api(editor)
    wish = turned(client.get(url(planned)).json())
    foreign = rows.chapter()
    for chapters in (
        wish["chapters"][:1],
        wish["chapters"] * 2,
        [wish["chapters"][0], wish["chapters"][1] | {"id": foreign.pk}],
    ):
        answer = client.put(url(planned), wish | {"chapters": chapters})
        assert (answer.status_code, answer.json()["errors"].keys()) == (400, {"chapters"})
    nameless = [wish["chapters"][0] | {"title": "\u200b"}, wish["chapters"][1]]
    assert client.put(url(planned), wish | {"chapters": nameless}).status_code == 409
    assert not AuditEntry.objects.filter(action="put_outline").exists()


def test_a_chapter_is_changed_by_who_has_read_it(api: Api, editor: User, planned: BiographyJob) -> None:
    client = api(editor)
    chapter = planned.chapters.get(chapter_number=1)
    one = url(planned, f"chapters/{chapter.pk}")
    missing = client.patch(one, {"title": "Harbour"})
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    tag = {"If-Match": client.get(one).headers["ETag"]}
    changed = client.patch(one, {"title": "Harbour"}, headers=tag)
    assert (changed.status_code, changed.json()["title"], changed.json()["target_words"]) == (
        200,
        "Harbour",
        500,
    )
    stale = client.patch(one, {"title": "Late"}, headers=tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    fresh = {"If-Match": changed.headers["ETag"]}
    assert client.patch(one, {"synopsis": "Childhood."}, headers=fresh).json()["synopsis"] == "Childhood."
    assert Chapter.objects.get(pk=chapter.pk).title == "Harbour"
