"""Found sources over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from sources.models import Source
from tests.fakes import rows
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


@pytest.fixture
def job(editor: User) -> BiographyJob:
    """A paused job with an own source (1) and two suggestions (2, 3)."""
    made = rows.job(owner=editor, status="paused", mode="hybrid")
    rows.judged("own", job=made)
    for text in ("two", "three"):
        rows.judged(
            text,
            job=made,
            found="finder",
            finder="openalex",
            found_because="An open work.",
            decision="suggested",
        )
    return made


def url(job: BiographyJob, *more: object) -> str:
    return "/".join(["/api/v1/biographies", str(job.pk), "suggestions", *map(str, more)])


def decisions(job: BiographyJob) -> list[str]:
    return list(Source.objects.filter(job=job).order_by("number").values_list("decision", flat=True))


def test_suggestions_are_read_with_their_reasons(api: Api, editor: User, job: BiographyJob) -> None:
    found = api(editor).get(url(job)).json()["results"]
    assert [(one["number"], one["decision"], one["finder"]) for one in found] == [
        (2, "suggested", "openalex"),
        (3, "suggested", "openalex"),
    ]
    assert found[0]["found_because"] == "An open work."
    assert "text" not in found[0]


def test_the_list_is_narrowed(api: Api, editor: User, job: BiographyJob) -> None:
    client = api(editor)
    client.patch(url(job, 2), {"decision": "declined"})
    for decision, numbers in (("suggested", [3]), ("declined", [2]), ("accepted", [])):
        answer = client.get(url(job), {"decision": decision}).json()
        assert [one["number"] for one in answer["results"]] == numbers
    assert client.get(url(job), {"decision": "perhaps"}).status_code == 400


def test_one_is_decided(api: Api, editor: User, job: BiographyJob) -> None:
    answer = api(editor).patch(url(job, 2), {"decision": "accepted"})
    assert (answer.status_code, answer.json()["decision"]) == (200, "accepted")
    assert decisions(job) == ["accepted", "accepted", "suggested"]
    assert AuditEntry.objects.get(job_id=job.pk).actor == editor.username


def test_several_are_decided_by_their_numbers(api: Api, editor: User, job: BiographyJob) -> None:
    answer = api(editor).patch(url(job), {"decision": "declined", "numbers": [2, 3]})
    assert [one["decision"] for one in answer.json()["results"]] == ["declined", "declined"]
    assert decisions(job) == ["accepted", "declined", "declined"]


@pytest.mark.parametrize(
    ("number", "status", "code"), [(1, 404, "not_found"), (99, 404, "not_found"), (4, 409, "illegal_state")]
)
@pytest.mark.parametrize("decision", ["accepted", "declined"])
def test_all_are_decided_or_none(
    api: Api, editor: User, job: BiographyJob, decision: str, number: int, status: int, code: str
) -> None:
    """An own source (1), one that isn't there (99), and one that can't be used (4), among one that can."""
    more = {"found": "finder", "finder": "openalex", "decision": "suggested"}
    rows.source(job=job, valid=False, rejected_because="gone", **more)
    before = decisions(job)
    answer = api(editor).patch(url(job), {"decision": decision, "numbers": [2, number]})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert f" {number} " in answer.json()["detail"]
    assert decisions(job) == before
    assert not AuditEntry.objects.filter(job_id=job.pk).exists()


def test_one_that_cannot_be_used_is_not_decided(api: Api, editor: User, job: BiographyJob) -> None:
    more = {"found": "finder", "finder": "openalex", "decision": "suggested"}
    rows.source(job=job, valid=False, rejected_because="gone", **more)
    assert api(editor).patch(url(job, 4), {"decision": "accepted"}).status_code == 409


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "decision"),
    ({"decision": "suggested", "numbers": [2]}, "decision"),
    ({"decision": "accepted"}, "numbers"),
    ({"decision": "accepted", "numbers": "2"}, "numbers"),
    ({"decision": "accepted", "numbers": []}, "numbers"),
    ({"decision": "accepted", "numbers": [0]}, "numbers"),
    ({"decision": "accepted", "numbers": [10**12]}, "numbers"),
    ({"decision": "accepted", "numbers": [2], "by": "me"}, "by"),
]


@pytest.mark.parametrize(("body", "field"), BAD, ids=str)
def test_wrong_wishes_are_named(
    api: Api, editor: User, job: BiographyJob, body: dict[str, Any], field: str
) -> None:
    answer = api(editor).patch(url(job), body)
    assert answer.status_code == 400
    assert {name.split(".")[0] for name in answer.json()["errors"]} >= {field}
    assert decisions(job) == ["accepted", "suggested", "suggested"]


@pytest.mark.parametrize("number", [1, 99])
def test_only_found_ones_can_be_decided(api: Api, editor: User, job: BiographyJob, number: int) -> None:
    assert api(editor).patch(url(job, number), {"decision": "declined"}).status_code == 404


def test_a_foreign_editor_sees_and_decides_nothing(api: Api, job: BiographyJob) -> None:
    client = api(rows.person(roles.EDITOR))
    assert client.get(url(job)).status_code == 404
    assert client.patch(url(job, 2), {"decision": "accepted"}).status_code == 404
    assert client.patch(url(job), {"decision": "accepted", "numbers": [2, 3]}).status_code == 404
    assert decisions(job) == ["accepted", "suggested", "suggested"]


def test_while_the_search_goes_on_nothing_is_decided(api: Api, editor: User, job: BiographyJob) -> None:
    BiographyJob.objects.update(status="running")
    answer = api(editor).patch(url(job, 2), {"decision": "accepted"})
    assert answer.status_code == 409


def test_an_automatic_order_starts_without_sources(api: Api, editor: User, fake_author: FakeAuthor) -> None:
    wish = {"character": "Ada Quill", "mode": "automatic", "target_sources": 12, "accepts_found": True}
    body = api(editor).post("/api/v1/biographies", wish).json()
    assert (body["status"], body["target_sources"], body["accepts_found"]) == ("running", 12, True)
