"""Webhooks over HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from bookgen_site.accounts.models import User
from notifications.events import Question
from notifications.models import Delivery, WebhookEndpoint
from notifications.publish import publish
from tests.fakes import rows

pytestmark = pytest.mark.django_db
API = Callable[..., APIClient]
ROOT, URL = "/api/v1/webhooks", "https://example.org/hook"


def test_the_road_of_a_webhook(api: API, editor: User) -> None:
    job, client = rows.job(owner=editor), api(editor)
    made = client.post(ROOT, {"url": URL, "job_id": str(job.pk), "event_types": ["question"]})
    assert made.status_code == 201
    secret, place = made.json()["secret"], f"{ROOT}/{made.json()['id']}"
    assert secret.startswith("whsec_")
    listed = client.get(ROOT).json()["results"]
    assert [(one["id"], one["encrypted"], "secret" in one) for one in listed] == [
        (made.json()["id"], False, False)
    ]
    assert client.patch(place, {"name": "mine"}).json()["name"] == "mine"
    assert client.post(f"{place}/secret").status_code == 409
    assert client.post(f"{place}/rotate").json()["secret"] != secret
    test = client.post(f"{place}/test")
    assert (test.status_code, test.json()["type"]) == (202, "webhook.test")
    publish(job.pk, Question(text="a", by="b"))
    messages = client.get(f"{place}/messages").json()["results"]
    assert [one["type"] for one in messages] == ["biography.question", "webhook.test"]
    Delivery.objects.update(state="failed")
    assert client.get(f"{place}/messages", {"state": "sent"}).json()["results"] == []
    assert client.post(f"{place}/replay", {"messages": [messages[0]["id"]]}).json() == {"messages": 1}
    assert client.post(f"{place}/replay", {"failed_since": "2020-01-01T00:00:00Z"}).json() == {"messages": 1}
    assert client.put(f"{place}/state", {"active": 0}).json()["errors"] == {
        "active": ["Must be a valid boolean."]
    }
    assert client.put(f"{place}/state", {"active": False}).json()["off_reason"] == "person"
    assert client.post(f"{place}/test").status_code == 409
    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == 404


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("", "get", None), ("", "patch", {}), ("", "delete", None), ("/state", "put", {"active": False}),
        ("/secret", "post", None), ("/rotate", "post", None), ("/test", "post", None), ("/messages", "get", None),
        ("/replay", "post", {}),
    ],
)  # fmt: skip
def test_what_one_may_not_work_with_does_not_exist(
    api: API, editor: User, path: str, method: str, body: Any
) -> None:
    foreign = [rows.endpoint(), rows.endpoint(job_id=rows.job(owner=rows.person("Editor")).pk)]
    numbers = [*(one.pk for one in foreign), 10**30]
    for number in numbers:
        answer = getattr(api(editor), method)(f"{ROOT}/{number}{path}", body)
        assert answer.status_code == 404
        assert getattr(api(), method)(f"{ROOT}/{number}{path}", body).status_code == 401
    assert WebhookEndpoint.objects.filter(active=True).count() == 2
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "http://example.org/"}, "url"),
        ({"url": URL, "secret": "whsec_mine"}, "secret"),
        ({"url": URL, "event_types": ["gossip"]}, "event_types.0"),
        ({"url": URL, "encryption_key": "x"}, "encryption_key"),
    ],
)
def test_wrong_fields_are_named(api: API, chief: User, body: dict[str, Any], field: str) -> None:
    answer = api(chief).post(ROOT, body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_only_who_sees_all_books_makes_one_for_all(api: API, editor: User, chief: User) -> None:
    assert api(editor).post(ROOT, {"url": URL}).status_code == 403
    assert api(editor).post(ROOT, {"url": URL, "job_id": str(uuid.uuid4())}).status_code == 404
    assert api(chief).post(ROOT, {"url": URL}).status_code == 201


def test_lists_cost_the_same_however_long(api: API, chief: User) -> None:
    client = api(chief)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    endpoint = rows.endpoint()
    publish(rows.job().pk, Question(text="a", by="b"))
    paths = [ROOT, f"{ROOT}/{endpoint.pk}/messages"]
    cost(ROOT)  # the first use of a key in a minute is written down
    few = [cost(path) for path in paths]
    for _time in range(5):
        rows.endpoint()
        publish(rows.job().pk, Question(text="a", by="b"))
    assert [cost(path) for path in paths] == few
    assert max(few) <= 12
