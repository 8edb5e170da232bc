"""One source, facts and checks of addresses over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from sources import checking
from sources.models import Source
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def url(job: BiographyJob, word: str) -> str:
    return f"/api/v1/biographies/{job.pk}/{word}"


def test_a_source_is_described_and_judged_anew(api: Api, editor: User) -> None:
    job, client = rows.job(owner=editor), api(editor)
    rows.judged("A long letter.", job=job)
    answer = client.patch(url(job, "sources/1"), {"title": "Letters", "date": "1861"})
    assert (answer.status_code, answer.json()["title"], answer.json()["valid"]) == (200, "Letters", None)
    assert client.patch(url(job, "sources/1"), {"valid": True}).json()["errors"].keys() == {"valid"}
    assert client.patch(url(job, "sources/9"), {"title": "x"}).status_code == 404
    assert client.get(url(job, "sources/1")).json()["date"] == "1861"


def test_a_source_leaves_a_book_that_nobody_has_started(api: Api, editor: User) -> None:
    job, client = rows.job(owner=editor), api(editor)
    rows.source(job=job)
    assert client.delete(url(job, "sources/1")).status_code == 204
    assert not Source.objects.filter(job=job).exists()
    begun = rows.job(owner=editor, status="running")
    rows.source(job=begun)
    for answer in (
        client.delete(url(begun, "sources/1")),
        client.patch(url(begun, "sources/1"), {"title": "x"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "illegal_state")


def test_facts_are_narrowed_and_the_timeline_is_in_order(api: Api, editor: User) -> None:
    job, client = rows.job(owner=editor), api(editor)
    chapter = rows.chapter(job=job)
    days = [("b", "1861-01-01"), ("a", "1838-01-01"), ("c", None)]
    told = [
        rows.fact(job=job, key=key, chapter=chapter, position=place, date_start=day, date_end=day)
        for place, (key, day) in enumerate(days)
    ]
    kept = rows.fact(job=job, key="d", kind="birth", contradicts=told[0])

    def ids(word: str, **query: str | int) -> list[int]:
        return [one["id"] for one in client.get(url(job, word), query).json()["results"]]

    assert ids("facts") == [told[1].pk, told[0].pk, told[2].pk, kept.pk]
    assert (
        ids("facts", show="reserve")
        == ids("facts", show="disputed")
        == ids("facts", kind="birth")
        == [kept.pk]
    )
    assert len(ids("facts", show="told", chapter=chapter.pk)) == 3
    assert ids("timeline") == [told[1].pk, told[0].pk]
    first = client.get(url(job, "timeline"), {"limit": 1}).json()
    assert [one["id"] for one in client.get(first["next"]).json()["results"]] == [told[0].pk]


def test_addresses_that_lead_nowhere_are_verdicts(api: Api, editor: User) -> None:
    client = api(editor)
    wish = {"urls": ["ftp://example.org/", "http://127.0.0.1/secret"], "subject": "Ada Quill"}
    answer = client.post("/api/v1/sources/validate", wish)
    assert answer.status_code == 200
    assert [(one["valid"], bool(one["reason"])) for one in answer.json()["results"]] == [(False, True)] * 2
    many = {"urls": ["https://example.org/"] * 21}
    assert client.post("/api/v1/sources/validate", many).json()["errors"].keys() == {"urls"}


def test_a_long_list_is_followed_to_its_end(api: Api, editor: User, chief: User) -> None:
    client = api(editor)
    wish = {"urls": [f"ftp://example.org/{number}" for number in range(500)]}
    begun = client.post("/api/v1/sources/validations", wish)
    assert (begun.status_code, begun.json()["total"], begun.json()["done"]) == (202, 500, 0)
    one = f"/api/v1/sources/validations/{begun.json()['check_id']}"
    checking.sweep()
    body = client.get(one).json()
    assert (body["done"], len(body["results"]), body["finished"]) == (25, 25, False)
    assert body["results"][0]["url"] == "ftp://example.org/0"
    assert len(client.get("/api/v1/sources/validations").json()["results"]) == 1
    assert api(rows.person("Editor")).get(one).status_code == 404
    assert client.post("/api/v1/sources/validations", {"urls": wish["urls"] + ["x"]}).status_code == 400
