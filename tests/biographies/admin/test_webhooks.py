"""Webhooks on the desk: made, tried, mended, and shown to nobody else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bookgen_site.accounts.models import User
from bookgen_site.lib.crypto import unseal
from bookgen_site.lib.text import clean_text
from notifications.events import Question
from notifications.models import Delivery, WebhookEndpoint
from notifications.publish import publish
from tests.fakes import rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Login = Callable[[User], Client]
LIST, URL = "/admin/books/webhooks/", "https://example.org/hook"
HOSTILE = Path(__file__).parents[2] / "data" / "hostile_texts.jsonl"


def page(endpoint: WebhookEndpoint) -> str:
    return reverse("desk:webhook", args=[endpoint.pk])


def do(client: Client, endpoint: WebhookEndpoint, name: str) -> str:
    answer = client.post(reverse("desk:do-webhook", args=[endpoint.pk, name]), follow=True)
    return str(answer.content.decode())


def test_making_one_shows_the_secret_once(as_user: Login, editor: User) -> None:
    job, client = rows.job(owner=editor), as_user(editor)
    made = client.post(LIST, {"job": str(job.pk), "url": URL, "event_types": ["question"]}, follow=True)
    endpoint = WebhookEndpoint.objects.get()
    secret = unseal(endpoint.secret)
    assert secret.replace("+", "&#x2B;") in made.content.decode() or secret in made.content.decode()
    assert "whsec_" not in client.get(page(endpoint)).content.decode()
    assert (endpoint.job_id, endpoint.event_types) == (job.pk, ["question"])


def test_an_editor_chooses_among_the_own_books(as_user: Login, editor: User) -> None:
    foreign = rows.job(owner=rows.person("Editor"))
    client = as_user(editor)
    for job in (str(foreign.pk), "", "x"):
        client.post(LIST, {"job": job, "url": URL})
    assert not WebhookEndpoint.objects.exists()
    assert str(foreign.pk) not in client.get(LIST).content.decode()


def test_what_makes_no_sense_is_said_at_its_field(as_user: Login, chief: User) -> None:
    answer = as_user(chief).post(LIST, {"job": "", "url": "http://example.org/", "encryption_key": "x"})
    assert "https://, so that nobody reads along" in answer.content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_all_that_can_be_done(as_user: Login, chief: User) -> None:
    client, endpoint = as_user(chief), rows.endpoint()
    assert "whsec_" in do(client, endpoint, "reveal")
    assert "whsec_" not in do(client, endpoint, "reveal")
    assert "whsec_" in do(client, endpoint, "rotate")
    assert "webhook.test" in do(client, endpoint, "test")
    do(client, endpoint, "off")
    assert not WebhookEndpoint.objects.get().active
    do(client, endpoint, "on")
    assert WebhookEndpoint.objects.get().active
    changed = {"name": "Other", "url": f"{URL}2", "event_types": ["completion"]}
    client.post(reverse("desk:change-webhook", args=[endpoint.pk]), changed)
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.url, endpoint.event_types) == ("Other", f"{URL}2", ["completion"])
    do(client, endpoint, "delete")
    assert not WebhookEndpoint.objects.exists()


def test_messages_are_sent_again_from_the_list(as_user: Login, chief: User) -> None:
    endpoint = rows.endpoint()
    for _time in range(3):
        publish(rows.job().pk, Question(text="a", by="b"))
    Delivery.objects.update(state="failed", error="HTTP 500")
    first = Delivery.objects.order_by("id")[0]
    url = reverse("desk:replay-webhook", args=[endpoint.pk])
    as_user(chief).post(url, {"message": [str(first.pk), "²", "-1", "9" * 40]})
    assert list(Delivery.objects.order_by("id").values_list("state", flat=True)) == [
        "waiting",
        "failed",
        "failed",
    ]
    as_user(chief).post(url, {"failed": "1"})
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}


def test_nobody_else_gets_in(as_user: Login, editor: User, author: User) -> None:
    endpoint = rows.endpoint(job_id=rows.job(owner=rows.person("Editor")).pk)
    paths = [
        page(endpoint),
        *(reverse("desk:do-webhook", args=[endpoint.pk, name]) for name in ("off", "delete", "x")),
    ]
    paths += [reverse(f"desk:{name}", args=[endpoint.pk]) for name in ("change-webhook", "replay-webhook")]
    for path in paths:
        assert as_user(editor).post(path, {"url": URL}).status_code == 404
        assert Client().post(path).status_code == 302
    assert as_user(editor).get(reverse("desk:do-webhook", args=[endpoint.pk, "off"])).status_code == 405
    assert WebhookEndpoint.objects.get().active


def test_hostile_answers_and_names_are_text(as_user: Login, chief: User) -> None:
    texts = [json.loads(line).get("text") for line in HOSTILE.read_text().split("\n") if line]
    endpoint = rows.endpoint(name="<script>alert(1)</script>")
    for text in [*(one for one in texts if isinstance(one, str)), "<img src=x onerror=alert(1)>"][-40:]:
        row = rows.delivery(
            channel="webhook", target_id=endpoint.pk, lane=endpoint.lane, payload={"type": "a"}
        )
        Delivery.objects.filter(pk=row.pk).update(state="failed", answer=clean_text(text)[:500])
    answer = as_user(chief).get(page(endpoint))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<img src=x" not in shown
    assert not re.search(r"<script>alert|\son\w+=", shown.replace("onerror", "on-error"))
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_pages_cost_few_queries(
    as_user: Login, chief: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_user(chief)
    endpoint = rows.endpoint()
    for _time in range(6):
        publish(rows.job().pk, Question(text="a", by="b"))
        rows.endpoint(job_id=rows.job().pk)
    for path in (LIST, page(endpoint)):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
    assert client.get("/admin/notifications/alert/").status_code == 200


def test_alerts_are_for_who_sees_all_books(as_user: Login, editor: User, chief: User) -> None:
    rows.alert(title="The disk of x is nearly full")
    assert as_user(editor).get("/admin/notifications/alert/").status_code == 403
    assert "nearly full" in as_user(chief).get("/admin/notifications/alert/").content.decode()
