"""Alerts: told once when a trouble begins, once when it is over, by every road that is set up."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from pytest_django import Settings

from bookgen_site.lib import clock
from notifications import alerts
from notifications.alerts import Trouble, reconcile
from notifications.deliver import deliver_due
from notifications.models import Alert, AlertSeverity, Delivery
from tests.fakes import rows
from tests.fakes.serving import Serve, serve
from tests.fakes.threads import at_once

__all__ = ["serve"]  # a fixture
ACCEPTED = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"


class Time:
    now = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)

    def pass_by(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Time:
    moment = Time()
    monkeypatch.setattr(clock, "now", lambda: moment.now)
    settings.ALERT_EMAILS = ["ops@example.org"]
    return moment


def trouble(of: str = "a", **columns: Any) -> Trouble:
    facts = {
        "watch": "circuit",
        "of": of,
        "severity": AlertSeverity.CRITICAL,
        "title": f"{of} is away",
        "text": "503",
    }
    return Trouble(**(facts | columns))


def told() -> list[str]:
    return [row.payload["title"] for row in Delivery.objects.order_by("id")]


@pytest.mark.django_db
def test_a_trouble_is_told_once_and_its_end_once(time: Time) -> None:
    for _round in range(3):
        reconcile([trouble()], ["circuit"])
        time.pass_by(minutes=1)
    assert told() == ["a is away"]
    time.pass_by(minutes=10)
    for _round in range(3):
        reconcile([], ["circuit"])
    assert told() == ["a is away", "Over: a is away"]
    alert = Alert.objects.get()
    assert (alert.state, alert.resolved_at) == ("resolved", time.now)


@pytest.mark.django_db
def test_what_comes_and_goes_is_one_trouble(time: Time) -> None:
    for seen in [[trouble()], [], [trouble()], [], [trouble()]]:
        reconcile(seen, ["circuit"])
        time.pass_by(minutes=2)
    assert told() == ["a is away"]


@pytest.mark.django_db
def test_the_same_trouble_later_is_a_new_one(time: Time) -> None:
    for seen in [[trouble()], [], [trouble()]]:
        reconcile(seen, ["circuit"])
        time.pass_by(minutes=6)
    assert told() == ["a is away", "Over: a is away", "a is away"]
    assert Alert.objects.count() == 2


@pytest.mark.django_db
def test_a_watch_ends_only_its_own(time: Time) -> None:
    """Another machine's disk, or a watch that broke this time."""
    reconcile([trouble(), trouble(watch="disk@there", of="media")], ["circuit", "disk@there"])
    time.pass_by(minutes=9)
    reconcile([], ["disk@here", "circuit"])
    assert told()[2:] == ["Over: a is away"]


@pytest.mark.django_db
def test_old_troubles_are_no_news_but_their_end_is_seen(time: Time) -> None:
    reconcile([trouble(since=time.now - dt.timedelta(days=8))], ["circuit"])
    assert told() == []
    began = trouble(since=time.now - dt.timedelta(days=6))
    for _round in range(3):
        reconcile([began], ["circuit"])
        time.pass_by(days=1)
    assert told() == ["a is away"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once(settings: Settings) -> None:
    settings.ALERT_EMAILS = ["ops@example.org"]
    at_once([lambda: reconcile([trouble()], ["circuit"])] * 4)
    assert told() == ["a is away"]
    Alert.objects.update(seen_at=clock.now() - dt.timedelta(minutes=6))
    at_once([lambda: reconcile([], ["circuit"])] * 4)
    assert told() == ["a is away", "Over: a is away"]


@pytest.mark.django_db
def test_administrators_are_told_where_nobody_is_named(settings: Settings) -> None:
    settings.ALERT_EMAILS = []
    rows.person("Administrator", email="a@example.org")
    rows.person("Administrator", email="gone@example.org", is_active=False)
    rows.person("Administrator")
    rows.person("Chief editor", email="c@example.org")
    rows.person(email="first@example.org", is_superuser=True)  # a team's first login, by `createsuperuser`
    reconcile([trouble()], ["circuit"])
    assert {row.address for row in Delivery.objects.all()} == {"a@example.org", "first@example.org"}
    assert alerts.operators() == ["a@example.org", "first@example.org"]


@pytest.mark.django_db
def test_the_letter_is_written(time: Time, mailoutbox: list[Any]) -> None:
    reconcile([trouble(title="<b>Disk</b>\r\nBcc: x@example.org", path="/admin/")], ["circuit"])
    assert deliver_due() == 1
    (mail,) = mailoutbox
    assert mail.subject == "<b>Disk</b> Bcc: x@example.org"
    assert mail.recipients() == ["ops@example.org"]
    assert "503" in mail.body


@pytest.fixture
def chats(serve: Serve, settings: Settings, time: Time) -> dict[str, Any]:
    """A server for each service."""
    servers = {name: serve(ACCEPTED) for name in ("slack", "discord", "pagerduty")}
    settings.ALERT_EMAILS = ["ops@example.org"]
    settings.ALERT_SLACK_URL = f"{servers['slack'].url}services/secret"
    settings.ALERT_DISCORD_URL = f"{servers['discord'].url}api/webhooks/secret"
    settings.ALERT_PAGERDUTY_KEY = "key"
    settings.ALERT_PAGERDUTY_URL = f"{servers['pagerduty'].url}v2/enqueue"
    return servers


def sent(server: Any) -> list[Any]:
    return [json.loads(request.partition(b"\r\n\r\n")[2]) for request in server.pages]


@pytest.mark.django_db
def test_all_services_hear_of_both(chats: dict[str, Any], time: Time) -> None:
    reconcile([trouble()], ["circuit"])
    assert deliver_due() == 4
    time.pass_by(minutes=6)
    reconcile([], ["circuit"])
    assert deliver_due() == 4
    assert [one["event_action"] for one in sent(chats["pagerduty"])] == ["trigger", "resolve"]
    assert [one["embeds"][0]["title"] for one in sent(chats["discord"])] == ["a is away", r"Over\: a is away"]
    assert [one["text"] for one in sent(chats["slack"])] == ["🔴 a is away", "🟢 Over: a is away"]
    assert b"POST /services/secret " in chats["slack"].pages[0]
    assert not Delivery.objects.filter(address__contains="secret").exists()


@pytest.mark.django_db
def test_an_alert_that_is_late_never_comes_after_its_recovery(chats: dict[str, Any], time: Time) -> None:
    """Else it would open an incident that nobody closes."""
    chats["pagerduty"].answer = BUSY
    reconcile([trouble()], ["circuit"])
    deliver_due()
    time.pass_by(minutes=6)
    reconcile([], ["circuit"])
    chats["pagerduty"].answer = ACCEPTED
    time.pass_by(minutes=6)
    deliver_due()
    assert [one["event_action"] for one in sent(chats["pagerduty"])] == [
        "trigger",
        "resolve",
    ]  # the first was refused
    late = Delivery.objects.get(address="pagerduty", kind="alert")
    assert (late.state, late.attempts) == ("dropped", 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "failed"),
        (b"HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", "failed"),
        (b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "waiting"),
        (BUSY, "waiting"),
        (b"", "waiting"),
    ],
)
def test_what_a_service_refuses_is_shown(chats: dict[str, Any], answer: bytes, state: str) -> None:
    chats["slack"].answer = answer
    reconcile([trouble()], ["circuit"])
    assert deliver_due() == 3
    row = Delivery.objects.get(address="slack")
    assert row.state == state
    assert row.error
    assert "secret" not in row.error + row.answer
