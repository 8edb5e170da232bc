"""Webhooks as people handle them: who may do what, secrets shown once, the book and its endpoint agree."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from pytest_django import Settings

from biographies import webhooks
from biographies.actions import create_job, delete_job
from biographies.errors import BadWish, BookError, Forbidden, IllegalMove
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.lib.crypto import unseal
from notifications.events import Question
from notifications.models import AuditEntry, Delivery, WebhookEndpoint
from notifications.publish import publish
from tests.fakes import rows
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db
URL = "https://example.org/hook?key=hidden"


def test_a_book_brings_its_webhook_along(editor: User) -> None:
    job = create_job(by=editor, character="Ada Quill", webhook_url=URL)
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.job_id, endpoint.url, endpoint.created_by) == (job.pk, URL, editor)
    secret = webhooks.reveal_secret(endpoint=endpoint, by=editor)
    assert secret == unseal(endpoint.secret)
    with pytest.raises(IllegalMove, match="shown already"):
        webhooks.reveal_secret(endpoint=endpoint, by=editor)
    delete_job(job=job, by=editor)
    assert not WebhookEndpoint.objects.exists()


def test_book_and_endpoint_say_the_same(editor: User) -> None:
    job = rows.job(owner=editor)
    for url in (URL, "https://example.org/other", ""):
        webhooks.set_job_webhook(job=job, by=editor, url=url)
        job.refresh_from_db()
        assert [job.webhook_url] == [*WebhookEndpoint.objects.values_list("url", flat=True), ""][:1]
    endpoint, _secret = webhooks.make_endpoint(by=editor, job=job, url=URL)
    webhooks.change_endpoint(endpoint=endpoint, by=editor, url="https://example.org/third")
    job.refresh_from_db()
    assert job.webhook_url == "https://example.org/third"
    webhooks.delete_endpoint(endpoint=endpoint, by=editor)
    job.refresh_from_db()
    assert job.webhook_url == ""


def test_a_book_has_one(editor: User) -> None:
    job = rows.job(owner=editor)
    webhooks.make_endpoint(by=editor, job=job, url=URL)
    with pytest.raises(IllegalMove, match="already"):
        webhooks.make_endpoint(by=editor, job=job, url=URL)


def test_no_secret_in_the_database_or_the_audit(chief: User) -> None:
    endpoint, secret = webhooks.make_endpoint(by=chief, url=URL)
    other = webhooks.rotate_secret(endpoint=endpoint, by=chief)
    endpoint.refresh_from_db()
    kept = str(endpoint.__dict__) + json.dumps(
        [[row.before, row.after, row.target] for row in AuditEntry.objects.all()]
    )
    for word in (secret, other, secret.removeprefix("whsec_")):
        assert word not in kept
    assert "hidden" not in json.dumps([row.after for row in AuditEntry.objects.all()])
    assert secret != other


def deeds(endpoint: WebhookEndpoint, by: User) -> list[Any]:
    given: dict[str, Any] = {"endpoint": endpoint, "by": by}
    return [
        lambda: webhooks.change_endpoint(**given, name="a"),
        lambda: webhooks.switch(**given, on=False),
        lambda: webhooks.reveal_secret(**given),
        lambda: webhooks.rotate_secret(**given),
        lambda: webhooks.send_test(**given),
        lambda: webhooks.replay(**given),
        lambda: webhooks.delete_endpoint(**given),
    ]


def test_who_may_not_work_on_the_book_may_do_nothing(editor: User, writer: User) -> None:
    job = rows.job(owner=rows.person("Editor"), author_email=writer.email)
    endpoints = [rows.endpoint(job_id=job.pk), rows.endpoint()]
    for by in (editor, writer):
        assert not webhooks.workable_endpoints(by).exists()
        for endpoint in endpoints:
            for deed in deeds(endpoint, by):
                with pytest.raises(Forbidden):
                    deed()
        for where in (job, None):
            with pytest.raises(Forbidden):
                webhooks.make_endpoint(by=by, job=where, url=URL)


def test_who_sees_all_books_may(chief: User) -> None:
    endpoint = rows.endpoint(job_id=rows.job().pk)
    for deed in deeds(endpoint, chief)[2:]:
        deed()
    assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://example.org/"),
        ("url", "https://127.0.0.1/"),
        ("url", "https://metadata.internal/"),
        ("url", "https://user:word@example.org/"),
        ("url", "javascript:alert(1)"),
        ("url", ""),
        ("name", "a" * 101),
        ("event_types", ["progress", "gossip"]),
        ("encryption_key", "hello"),
    ],
)
def test_what_makes_no_sense_is_refused(chief: User, field: str, value: Any) -> None:
    with pytest.raises(BadWish) as refusal:
        webhooks.make_endpoint(by=chief, **({"url": URL} | {field: value}))
    assert refusal.value.field == field
    assert not WebhookEndpoint.objects.exists()


def test_a_host_of_the_house_may_be_allowed(chief: User, settings: Settings) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = ["hooks.lan:8080"]
    webhooks.make_endpoint(by=chief, url="http://hooks.lan:8080/in")
    with pytest.raises(BadWish):
        webhooks.make_endpoint(by=chief, url="http://hooks.lan:8081/in")


def test_so_many_for_all_books_and_no_more(chief: User) -> None:
    WebhookEndpoint.objects.bulk_create(
        WebhookEndpoint(url=URL, secret="s") for _time in range(webhooks.MOST)
    )
    with pytest.raises(IllegalMove):
        webhooks.make_endpoint(by=chief, url=URL)


def test_some_or_all_that_failed_are_sent_again(chief: User) -> None:
    endpoint, other = rows.endpoint(), rows.endpoint()
    job = rows.job()
    for _time in range(4):
        publish(job.pk, Question(text="a", by="b"))
    ended = {"sent_at": clock.now(), "attempts": 3, "error": "x"}
    states = ["sent", "failed", "dropped", "waiting"]
    for target in (endpoint, other):
        for row, state in zip(
            Delivery.objects.filter(target_id=target.pk).order_by("id"), states, strict=True
        ):
            Delivery.objects.filter(pk=row.pk).update(state=state, **ended)
    mine = Delivery.objects.filter(target_id=endpoint.pk).order_by("id")
    uids = list(mine.values_list("uid", flat=True))
    now = clock.now()
    assert webhooks.replay(endpoint=endpoint, by=chief, failed_since=now + dt.timedelta(hours=1)) == 0
    assert webhooks.replay(endpoint=endpoint, by=chief, failed_since=now - dt.timedelta(hours=1)) == 2
    assert list(mine.values_list("state", "attempts")) == [
        ("sent", 3),
        ("waiting", 0),
        ("waiting", 0),
        ("waiting", 3),
    ]
    foreign = list(Delivery.objects.filter(target_id=other.pk).values_list("pk", flat=True))
    assert (
        webhooks.replay(endpoint=endpoint, by=chief, numbers=[*mine.values_list("pk", flat=True), *foreign])
        == 1
    )
    assert list(mine.values_list("uid", flat=True)) == uids
    assert sorted(Delivery.objects.filter(target_id=other.pk).values_list("state", flat=True)) == sorted(
        states
    )


def test_switched_on_again_it_has_five_new_days(chief: User) -> None:
    endpoint = rows.endpoint()
    WebhookEndpoint.objects.update(
        failing_since=clock.now() - dt.timedelta(days=5), active=False, off_reason="failing"
    )
    endpoint.refresh_from_db()
    webhooks.switch(endpoint=endpoint, by=chief, on=True)
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.off_reason, endpoint.failing_since) == (True, "", None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rotate_or_reveal_at_once_each_secret_works() -> None:
    chief = rows.person("Chief editor")
    endpoint = rows.endpoint()
    answers = at_once([lambda: webhooks.rotate_secret(endpoint=endpoint, by=chief)] * 3)
    assert sorted(isinstance(answer, str) for answer in answers) == [False, False, True]
    assert all(isinstance(answer, str | BookError) for answer in answers)
    other = rows.endpoint()
    answers = at_once([lambda: webhooks.reveal_secret(endpoint=other, by=chief)] * 3)
    assert sorted(isinstance(answer, str) for answer in answers) == [False, False, True]
