"""Biographies over HTTP: order, list, follow, steer."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import User
from engine.models import Run
from notifications.models import AuditEntry, Event
from sources.models import Source
from tests.fakes import rows
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db
URL = "/api/v1/biographies"
Api = Callable[..., APIClient]


def test_an_order_with_sources_starts(api: Api, editor: User, fake_author: FakeAuthor) -> None:
    sources = ["https://example.org/1", "https://example.org/2"]
    answer = api(editor).post(URL, {"character": "Ada Quill", "wanted_chapters": 3, "sources": sources})
    body = answer.json()
    assert answer.status_code == 202
    assert (body["character"], body["status"], body["owner"]) == ("Ada Quill", "running", editor.username)
    job = BiographyJob.objects.get(pk=body["job_id"])
    assert (job.wanted_chapters, job.owner) == (3, editor)
    assert list(Source.objects.filter(job=job).values_list("url", flat=True)) == sources
    assert Run.objects.filter(job=job, status="active").exists()


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({}, "pending"),
        ({"sources": []}, "pending"),
        ({"sources": ["https://a.example"], "start": False}, "pending"),
    ],
)
def test_an_order_waits_when_there_is_nothing_to_read_yet(
    api: Api, editor: User, wish: dict[str, Any], status: str
) -> None:
    body = api(editor).post(URL, {"character": "Ada Quill", **wish}).json()
    assert body["status"] == status


def test_an_order_that_cannot_start_leaves_nothing_behind(api: Api, editor: User) -> None:
    answer = api(editor).post(URL, {"character": "Ada Quill", "start": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "cannot_start")
    wrong = {"character": "Ada Quill", "sources": ["https://example.org/1", "ftp://example.org"]}
    answer = api(editor).post(URL, wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_source")
    model = {"character": "Ada Quill", "sources": ["https://example.org/1"], "author": "model"}
    assert api(editor).post(URL, model).json()["code"] == "cannot_start"
    for table in (BiographyJob, Source, Run, Event, AuditEntry):
        assert not table.objects.exists()


BAD = [
    ({}, "character"),
    ({"character": ""}, "character"),
    ({"character": "\u200b"}, "character"),
    ({"character": "x" * 256}, "character"),
    ({"character": ["A"]}, "character"),
    ({"character": "A", "wanted_chapters": 0}, "wanted_chapters"),
    ({"character": "A", "wanted_chapters": "many"}, "wanted_chapters"),
    ({"character": "A", "wanted_words": 10**30}, "wanted_words"),
    ({"character": "A", "language": "tlh"}, "language"),
    ({"character": "A", "mode": "psychic"}, "mode"),
    ({"character": "A", "author_email": "nobody"}, "author_email"),
    ({"character": "A", "sources": "https://example.org"}, "sources"),
    ({"character": "A", "sources": ["https://example.org/"] * 201}, "sources"),
    ({"character": "A", "start": "perhaps"}, "start"),
    ({"character": "A", "status": "completed"}, "status"),
    ({"character": "A", "owner": 1}, "owner"),
    ({"character": "A", "budget_micros": -1}, "budget_micros"),
    ({"character": "A", "spent_micros": 0}, "spent_micros"),
    ({"character": "A", "nonsense": 1}, "nonsense"),
]


@pytest.mark.parametrize(("body", "field"), BAD, ids=lambda value: json.dumps(value)[:40])
def test_wrong_settings_are_named(api: Api, editor: User, body: dict[str, Any], field: str) -> None:
    answer = api(editor).post(URL, body)
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [field]
    assert not BiographyJob.objects.exists()


def test_the_list_is_filtered(api: Api, editor: User) -> None:
    rows.job(owner=editor, character="Ada Quill", status="paused")
    rows.job(owner=editor, character="Bo Reed", description="She knew Ada Quill.")
    rows.job(owner=editor, character="100% Cy")
    client = api(editor)

    def names(**query: str) -> list[str]:
        return [one["character"] for one in client.get(URL, query).json()["results"]]

    assert names() == ["100% Cy", "Bo Reed", "Ada Quill"]
    assert names(status="paused") == ["Ada Quill"]
    assert names(text="quill") == ["Bo Reed", "Ada Quill"]
    assert names(text="quill", status="pending") == ["Bo Reed"]
    assert names(text="%") == ["100% Cy"]
    assert names(text="nobody") == []
    assert client.get(URL, {"unknown": "parameter"}).json()["errors"].keys() == {"unknown"}
    assert client.get(URL, {"status": "napping"}).json()["errors"].keys() == {"status"}
    assert client.get(URL, {"text": "a\x00b"}).status_code == 400


def test_the_status_tells_of_news(api: Api, editor: User, fake_author: FakeAuthor) -> None:
    job = rows.with_sources(rows.job(owner=editor))
    client, url = api(editor), f"{URL}/{job.pk}"
    assert client.get(f"{url}/status").json()["last_event"] == 0
    answer = client.post(f"{url}/start")
    assert (answer.status_code, answer.json()["status"], answer.json()["last_event"]) == (202, "running", 1)
    assert client.get(f"{url}/status").json() == answer.json()
    told = client.get(f"{url}/events").json()
    assert told["last"] == 1
    assert told["events"][0]["kind"] == "status_change"
    assert told["events"][0]["payload"] == {"before": "pending", "status": "running", "reason": ""}
    assert client.get(f"{url}/events", {"after": 1}).json() == {"events": [], "last": 1}


@pytest.mark.parametrize("after", ["x", "-1", "1.5", str(2**63), "9" * 400, ""])
def test_a_strange_number_of_an_event(api: Api, editor: User, after: str) -> None:
    job = rows.job(owner=editor)
    answer = api(editor).get(f"{URL}/{job.pk}/events", {"after": after})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["after"]


def test_a_job_is_steered(api: Api, editor: User, fake_author: FakeAuthor) -> None:
    job = rows.with_sources(rows.job(owner=editor))
    client = api(editor)
    for word, status in (
        ("start", "running"),
        ("pause", "paused"),
        ("resume", "running"),
        ("cancel", "cancelled"),
    ):
        answer = client.post(f"{URL}/{job.pk}/{word}")
        assert (answer.status_code, answer.json()["status"]) == (202, status)
    for word in ("start", "pause", "resume", "cancel", "export"):
        answer = client.post(f"{URL}/{job.pk}/{word}")
        assert answer.status_code == (403 if word == "export" else 409)
    entries = AuditEntry.objects.filter(job_id=job.pk).order_by("id")
    assert list(entries.values_list("action", "actor")) == [
        (word, editor.username) for word in ("start", "pause", "resume", "cancel")
    ]


@pytest.mark.parametrize("step", ["start", "pause", "resume", "cancel", "retry", "archive", "unarchive"])
def test_a_step_takes_no_fields(api: Api, editor: User, step: str) -> None:
    job = rows.job(owner=editor)
    answer = api(editor).post(f"{URL}/{job.pk}/{step}", {"at": "noon"})
    assert (answer.status_code, answer.json()["errors"]) == (400, {"at": ["There is no such field."]})
    assert api(editor).post(f"{URL}/{job.pk}/{step}", [1]).status_code == 400
    assert api(editor).post(f"{URL}/{job.pk}/{step}", {}).status_code in {202, 409}
    # Who may not know of the book isn't told of fields.
    assert api(rows.person("Editor")).post(f"{URL}/{job.pk}/{step}", {}).status_code == 404


def test_a_session_needs_the_token_against_forgery(editor: User) -> None:
    job = rows.job(owner=editor)
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.get(f"{URL}/{job.pk}").status_code == 200
    answer = client.post(f"{URL}/{job.pk}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    job.refresh_from_db()
    assert job.status == "pending"


def test_both_ways_to_carry_a_key(api: Api, editor: User) -> None:
    _row, plain = make_key(user=editor, name="script")
    for headers in (
        {"Authorization": f"Api-Key {plain}"},
        {"Authorization": f"api-key  {plain}"},
        {"X-API-Key": plain},
    ):
        assert APIClient().get(URL, headers=headers).status_code == 200
    for headers in ({"Authorization": "Api-Key"}, {"Authorization": f"Api-Key {plain}x"}, {"X-API-Key": ""}):
        answer = APIClient().get(URL, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Api-Key"


def test_a_job_that_is_not_there(api: Api, editor: User) -> None:
    for word in ("", "/status", "/chapters", "/sources", "/exports", "/events"):
        assert api(editor).get(f"{URL}/{uuid.uuid4()}{word}").json()["code"] == "not_found"


def test_the_minimum_of_sources_may_be_left_to_the_mode(api: Api, editor: User) -> None:
    wishes = {"min_sources": None, "target_sources": 60, "accepts_found": True, "citation_style": "apa"}
    body = api(editor).post(URL, {"character": "Ada Quill", "mode": "hybrid", **wishes}).json()
    assert {name: body[name] for name in wishes} == wishes
    read = api(editor).get(f"{URL}/{body['job_id']}").json()["source_counts"]
    assert (read["needed"], read["valid"], read["enough"]) == (40, 0, False)
    assert "hybrid" in read["because"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("min_sources", 0), ("min_sources", "ten"), ("target_sources", 1001), ("citation_style", "mla")],
)
def test_wrong_wishes_for_sources(api: Api, editor: User, field: str, wrong: object) -> None:
    answer = api(editor).post(URL, {"character": "Ada Quill", field: wrong})
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_a_biography_counts_its_sources_openly(api: Api, editor: User) -> None:
    job = rows.with_sources(rows.job(owner=editor, min_sources=5))
    rows.source(job=job, valid=False, rejected_because="Gone.", status_code=404)
    rows.source(job=job)
    rows.source(job=job, found="finder", decision="suggested")
    assert api(editor).get(f"{URL}/{job.pk}").json()["source_counts"] == {
        "needed": 5,
        "because": "The job itself says so.",
        "valid": 3,
        "waiting": 1,
        "suggested": 1,
        "rejected": {"not_fetched": 1},
        "enough": False,
    }


def test_an_order_that_nobody_can_write_is_refused_at_once(
    api: Api, editor: User, settings: Settings
) -> None:
    settings.MODEL_CONFIGURED = False
    at_once = api(editor).post(URL, {"character": "Ada Quill", "author": "model"})
    assert not BiographyJob.objects.exists()
    job = rows.job(owner=editor, author="model")
    at_the_start = api(editor).post(f"{URL}/{job.pk}/start")
    assert at_once.status_code == at_the_start.status_code == 409
    assert "OPENROUTER_API_KEY" in at_once.json()["detail"]
    assert at_once.json()["detail"] == at_the_start.json()["detail"]
