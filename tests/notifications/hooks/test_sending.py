"""Webhooks on the wire: real servers on loopback that answer in every way there is."""

from __future__ import annotations

import datetime as dt
import json
import socket
import struct
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwe
from joserfc.jwk import ECKey
from pytest_django import Settings
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from bookgen_site.lib import clock
from bookgen_site.lib.crypto import unseal
from notifications import deliver
from notifications.deliver import deliver_due
from notifications.events import Question
from notifications.hooks import endpoints
from notifications.hooks.sealing import read_public_key
from notifications.models import Delivery, WebhookEndpoint
from notifications.publish import publish
from tests.fakes import rows
from tests.fakes.raw_server import Answer, RawServer, redirect
from tests.fakes.serving import Serve, serve

__all__ = ["serve"]  # a fixture

pytestmark = pytest.mark.django_db
JOB = uuid.UUID("5b7d0a5e-0000-4000-8000-000000000001")
RESET = struct.pack("ii", 1, 0)  # closing sends a reset
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"


def status(line: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {line}", "Content-Length: 0", *headers, "", ""]).encode()


class Time:
    """The injected clock; it begins now, because the receivers' package looks at the real one."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)

    def pass_by(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moment = Time()
    monkeypatch.setattr(clock, "now", lambda: moment.now)
    monkeypatch.setattr(deliver, "JITTER", 0)
    return moment


Receiver = Callable[..., tuple[RawServer, WebhookEndpoint]]


@pytest.fixture
def receiver(serve: Serve, settings: Settings) -> Receiver:
    """A server, and an endpoint that leads there."""

    def start(answer: Answer, **columns: Any) -> tuple[RawServer, WebhookEndpoint]:
        server = serve(answer)
        settings.WEBHOOK_ALLOWED_HOSTS = [*settings.WEBHOOK_ALLOWED_HOSTS, server.place]
        return server, rows.endpoint(url=f"{server.url}hook?key=hidden", **columns)

    return start


def ask(text: str = "Who was Ada?") -> None:
    publish(JOB, Question(text=text, by="editor"))


def told(request: bytes) -> tuple[dict[str, str], bytes]:
    head, _mark, body = request.partition(b"\r\n\r\n")
    lines = [line.partition(": ") for line in head.decode().split("\r\n")[1:]]
    return {name.lower(): value for name, _colon, value in lines}, body


def test_a_message_arrives_signed_and_is_sent_once(receiver: Receiver) -> None:
    server, endpoint = receiver(OK)
    ask()
    assert (deliver_due(), deliver_due()) == (1, 0)
    (request,) = server.pages
    headers, body = told(request)
    assert request.startswith(b"POST /hook?key=hidden HTTP/1.1\r\n")
    assert headers["content-type"] == "application/json"
    message = Webhook(unseal(endpoint.secret)).verify(body, headers)
    assert message["type"] == "biography.question"
    assert message["data"] == {"job_id": str(JOB), "seq": 1, "text": "Who was Ada?", "by": "editor"}
    row = Delivery.objects.get()
    assert (row.state, row.answer, headers["webhook-id"]) == ("sent", "200 fine", f"msg_{row.uid.hex}")
    assert "hidden" not in row.address
    endpoint.refresh_from_db()
    assert endpoint.last_success_at


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (OK, "sent", ""),
        (status("204 No Content"), "sent", ""),
        (status("299 Odd"), "sent", ""),
        (status("300 Choices"), "waiting", "HTTP 300"),
        (redirect("http://127.0.0.1:1/"), "waiting", "HTTP 302"),
        (status("304 Not Modified"), "waiting", "HTTP 304"),
        (status("400 Bad"), "waiting", "HTTP 400"),
        (status("404 Not Found"), "waiting", "HTTP 404"),
        (status("410 Gone"), "failed", "HTTP 410"),
        (status("429 Slow Down"), "waiting", "HTTP 429"),
        (status("500 Broken"), "waiting", "HTTP 500"),
        (status("503 Busy"), "waiting", "HTTP 503"),
        (b"", "waiting", "couldn't be read"),
        (b"nonsense\r\n\r\n", "waiting", "couldn't be read"),
        (lambda connection: connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET), "waiting", ""),
    ],
)  # fmt: skip
def test_only_2xx_is_a_success(receiver: Receiver, answer: Answer, state: str, error: str) -> None:
    _server, endpoint = receiver(answer)
    ask()
    deliver_due()
    row = Delivery.objects.get(channel="webhook")
    assert (row.state, row.attempts) == (state, 1)
    assert error in row.error
    endpoint.refresh_from_db()
    assert (endpoint.failing_since is None) == (state == "sent" or "410" in error)


def test_a_redirect_is_not_followed(receiver: Receiver, serve: Serve, settings: Settings) -> None:
    elsewhere = serve(OK)
    settings.WEBHOOK_ALLOWED_HOSTS = [elsewhere.place]
    receiver(redirect(elsewhere.url))
    ask()
    assert deliver_due() == 0
    assert elsewhere.pages == []


@pytest.mark.parametrize("kind", ["silent", "drip"])
def test_a_receiver_has_so_many_seconds_in_all(receiver: Receiver, settings: Settings, kind: str) -> None:
    def silent(connection: socket.socket) -> None:
        connection.recv(1)

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        connection.settimeout(0.05)
        for _time in range(60):
            connection.sendall(b".")
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue

    settings.WEBHOOK_SECONDS = 0.2
    receiver(silent if kind == "silent" else drip)
    ask()
    assert deliver_due() == 0
    assert "too long" in Delivery.objects.get().error


def test_the_schedule_is_that_of_the_specification(receiver: Receiver, time: Time) -> None:
    server, _endpoint = receiver(status("500 Broken"))
    ask()
    since, moments = time.now, []
    while (row := Delivery.objects.get(channel="webhook")).state == "waiting":
        time.now = row.next_at
        moments.append((time.now - since).total_seconds())
        deliver_due()
    assert moments[:5] == [0, 5, 305, 2105, 9305]
    assert [round(moment / 3600, 2) for moment in moments[5:]] == [7.58, 17.58, 31.58, 51.58, 75.58]
    assert row.state == "failed"
    ids = {told(request)[0]["webhook-id"] for request in server.pages}
    stamps = [int(told(request)[0]["webhook-timestamp"]) for request in server.pages]
    assert len(ids) == 1
    assert (len(stamps), stamps[-1] - stamps[0]) == (
        10,
        int(since.timestamp() + moments[-1]) - int(since.timestamp()),
    )


@pytest.mark.parametrize(
    ("asked", "seconds"), [("120", 120), ("3", 5), ("999999999999", 86_400), ("²", 5), ("soon", 5), ("-9", 5)]
)
def test_retry_after_is_obeyed(receiver: Receiver, time: Time, asked: str, seconds: int) -> None:
    receiver(status("503 Busy", f"Retry-After: {asked}"))
    ask()
    deliver_due()
    assert Delivery.objects.get().next_at == time.now + dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(("hours", "minutes"), [(1, 6), (100, 10)])
def test_who_has_failed_for_long_rests_longer(
    receiver: Receiver, time: Time, hours: int, minutes: int
) -> None:
    _server, _endpoint = receiver(status("503 Busy"))
    WebhookEndpoint.objects.update(failing_since=time.now - dt.timedelta(hours=hours))
    ask()
    deliver_due()
    assert Delivery.objects.get(channel="webhook").next_at == time.now + dt.timedelta(minutes=minutes)


def test_a_busy_endpoint_gets_nothing_else_meanwhile(receiver: Receiver, time: Time) -> None:
    server, _endpoint = receiver(status("429 Slow Down", "Retry-After: 60"))
    for _time in range(5):
        ask()
    deliver_due()
    assert len(server.pages) == 1
    time.pass_by(seconds=59)
    deliver_due()
    assert len(server.pages) == 1
    time.pass_by(seconds=1)
    deliver_due()
    assert len(server.pages) == 2


def test_410_switches_off_and_says_so(receiver: Receiver) -> None:
    maker = rows.person(email="maker@example.org")
    server, endpoint = receiver(status("410 Gone"), by=maker)
    ask()
    ask()
    deliver_due()
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.off_reason) == (False, "gone")
    assert len(server.pages) == 1  # the second was dropped
    assert sorted(Delivery.objects.filter(channel="webhook").values_list("state", flat=True)) == [
        "dropped",
        "failed",
    ]
    letter = Delivery.objects.get(channel="email")
    assert (letter.kind, letter.address) == ("alert", "maker@example.org")
    assert "switched off" in letter.payload["title"]
    assert "hidden" not in json.dumps(letter.payload)
    ask()
    assert Delivery.objects.filter(channel="webhook").count() == 2


def test_five_days_of_failure_switch_off_and_say_so_once(receiver: Receiver, time: Time) -> None:
    rows.person("Administrator", email="boss@example.org")
    _server, endpoint = receiver(status("500 Broken"))
    for _day in range(6):
        ask()
        deliver_due()
        time.pass_by(hours=23, minutes=59)
    endpoint.refresh_from_db()
    assert endpoint.active
    deliver_due()
    assert not WebhookEndpoint.objects.get().active
    deliver_due()
    time.pass_by(days=9)
    deliver_due()
    letters = Delivery.objects.filter(channel="email")
    assert [letter.address for letter in letters] == ["boss@example.org"]
    assert "five days" in letters[0].payload["text"]
    assert not Delivery.objects.filter(channel="webhook", state="waiting").exists()


def test_one_success_ends_the_days_of_failure(receiver: Receiver, time: Time) -> None:
    server, endpoint = receiver(status("500 Broken"))
    ask()
    deliver_due()
    time.pass_by(days=4)
    server.answer = OK
    deliver_due()
    server.answer = status("500 Broken")
    time.pass_by(days=4)
    ask()
    deliver_due()
    endpoint.refresh_from_db()
    assert endpoint.active
    assert endpoint.failing_since == time.now


def test_while_the_secret_changes_both_are_believed(receiver: Receiver, time: Time) -> None:
    server, endpoint = receiver(OK)
    old = unseal(endpoint.secret)
    new = endpoints.rotate(endpoint)
    assert new
    ask()
    deliver_due()
    headers, body = told(server.pages[0])
    for secret in (old, new):
        Webhook(secret).verify(body, headers)
    time.pass_by(hours=23, minutes=59)
    assert endpoints.keys_of(WebhookEndpoint.objects.get()) == [new, old]
    time.pass_by(minutes=1)
    assert endpoints.keys_of(WebhookEndpoint.objects.get()) == [new]


def test_an_encrypted_message_is_read_by_its_receiver_alone(receiver: Receiver) -> None:
    key = ECKey.generate_key("P-256", private=True)
    public = read_public_key(json.dumps(key.as_dict(private=False)))
    server, endpoint = receiver(OK, encryption_key=public)
    ask("A secret of Ada")
    deliver_due()
    headers, body = told(server.pages[0])
    assert headers["content-type"] == "application/jose"
    assert b"Ada" not in body
    Webhook(unseal(endpoint.secret)).verify(body, headers, json_parse=False)
    opened = jwe.decrypt_compact(body, key, algorithms=["ECDH-ES+A256KW", "A256GCM"]).plaintext
    assert json.loads(opened or b"")["data"]["text"] == "A secret of Ada"
    assert len(body) < 20_000


@pytest.mark.parametrize(
    "url", ["http://example.org/hook", "https://127.0.0.1/", "https://10.0.0.1/", "https://localhost/", "ftp://a.example/"]
)  # fmt: skip
def test_what_is_not_public_https_is_never_asked(url: str) -> None:
    rows.endpoint(url=url)
    ask()
    assert deliver_due() == 0
    assert Delivery.objects.get().error


def test_a_secret_of_another_installation_is_no_crash(receiver: Receiver, settings: Settings) -> None:
    server, _endpoint = receiver(OK)
    settings.SECRETS_KEY = "another"
    ask()
    assert deliver_due() == 0
    assert server.pages == []
    assert "SECRETS_KEY" in Delivery.objects.get().error


def test_what_a_server_answers_is_cleaned_and_cut(receiver: Receiver) -> None:
    body = b"\x00\xff\x1b[31m<script>\xe2\x80\xae" + b"word " * 3000
    receiver(b"HTTP/1.1 500 Broken\r\n\r\n" + body)
    ask()
    deliver_due()
    answer = Delivery.objects.get().answer
    assert len(answer) < 250
    assert not {"\x00", "\x1b", "\u202e"} & set(answer)
    assert answer.startswith("500 ")


def test_two_at_once_and_no_more(receiver: Receiver) -> None:
    receiver(OK)
    for _time in range(5):
        ask()
    assert len(deliver.claim_some(5)) == 2
    assert deliver.claim_some(5) == []


def test_a_signature_of_one_endpoint_says_nothing_at_another(receiver: Receiver) -> None:
    servers = [receiver(OK), receiver(OK)]
    ask()
    assert deliver_due() == 2
    headers, body = told(servers[0][0].pages[0])
    with pytest.raises(WebhookVerificationError):
        Webhook(unseal(servers[1][1].secret)).verify(body, headers)
