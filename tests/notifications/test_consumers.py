"""Live progress over the WebSocket: only for those who see the job, in order, each event once."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError
from django.test import Client
from django.urls import path
from oauth2_provider.models import AccessToken
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts import scopes, tokens
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import User
from bookgen_site.accounts.oauth import make_client
from bookgen_site.asgi import websockets
from bookgen_site.lib import clock
from notifications import consumers, rooms, sharing
from notifications.consumers import FORBIDDEN, UNKNOWN, WRONG, JobConsumer, NotificationsConsumer
from notifications.events import PhaseChange
from notifications.models import Event, SocketTicket
from notifications.publish import publish
from notifications.queries import events_after
from notifications.tasks import send_live
from notifications.tickets import give_ticket
from tests.fakes import rows

PATIENCE = 60  # seconds; machines that run tests are often busy
pytestmark = pytest.mark.django_db(transaction=True)
ROUTES = URLRouter(
    [
        path("ws/biographies/<uuid:job_id>/", JobConsumer.as_asgi()),
        path("ws/notifications/", NotificationsConsumer.as_asgi()),
    ]
)


def news(job: BiographyJob, count: int = 1) -> None:
    for _time in range(count):
        publish(job.pk, PhaseChange(phase="export", progress=95))


def client(job_id: uuid.UUID, user: User | AnonymousUser, query: str = "") -> WebsocketCommunicator:
    return at(f"/ws/biographies/{job_id}/?{query}", user)


def at(address: str, user: User | AnonymousUser) -> WebsocketCommunicator:
    communicator = WebsocketCommunicator(ROUTES, address)
    communicator.scope["user"] = user
    return communicator


async def opened(socket: WebsocketCommunicator) -> dict[str, Any]:
    """The snapshot with which every socket begins."""
    assert (await socket.connect(timeout=PATIENCE))[0]
    snapshot: dict[str, Any] = await socket.receive_json_from(timeout=PATIENCE)
    assert snapshot["kind"] == "snapshot"
    return snapshot


async def numbers(socket: WebsocketCommunicator, count: int) -> list[int]:
    return [(await socket.receive_json_from(timeout=PATIENCE))["seq"] for _time in range(count)]


@pytest.fixture
def own(editor: User) -> BiographyJob:
    return rows.job(owner=editor)


async def test_what_was_missed_comes_first_then_the_news(own: BiographyJob, editor: User) -> None:
    await database_sync_to_async(news)(own, 3)
    socket = client(own.pk, editor, "after=1")
    assert (await opened(socket))["payload"]["last_event"] == 3
    assert await numbers(socket, 2) == [2, 3]
    await database_sync_to_async(news)(own)
    await database_sync_to_async(send_live)(str(own.pk))
    assert await numbers(socket, 1) == [4]
    assert await socket.receive_nothing(timeout=0.2)
    await socket.disconnect(timeout=PATIENCE)


async def test_a_message_has_number_kind_time_and_payload(own: BiographyJob, editor: User) -> None:
    await database_sync_to_async(news)(own)
    socket = client(own.pk, editor)
    await opened(socket)
    message: dict[str, Any] = await socket.receive_json_from(timeout=PATIENCE)
    assert set(message) == {"seq", "kind", "at", "payload"}
    assert message["payload"] == {"phase": "export", "progress": 95}
    await socket.disconnect(timeout=PATIENCE)


async def test_news_arrive_without_the_channel_layer(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer's message is a hint: what it loses is found by looking."""
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    socket = client(own.pk, editor)
    await opened(socket)
    await database_sync_to_async(news)(own)
    assert await numbers(socket, 1) == [1]
    await socket.disconnect(timeout=PATIENCE)


async def test_a_foreign_job_is_closed(own: BiographyJob) -> None:
    stranger = await database_sync_to_async(rows.person)("Editor")
    for user in (stranger, AnonymousUser()):
        assert await client(own.pk, user).connect(timeout=PATIENCE) == (False, FORBIDDEN)


async def test_a_job_that_does_not_exist_looks_the_same(editor: User) -> None:
    assert await client(uuid.uuid4(), editor).connect(timeout=PATIENCE) == (False, FORBIDDEN)


async def test_who_loses_the_role_loses_the_socket(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    socket = client(own.pk, editor)
    await opened(socket)
    await database_sync_to_async(editor.groups.clear)()
    closed = await socket.receive_output(timeout=PATIENCE)
    assert closed == {"type": "websocket.close", "code": FORBIDDEN} | {
        k: closed[k] for k in closed if k == "reason"
    }
    await socket.disconnect(timeout=PATIENCE)


async def test_who_is_switched_off_loses_the_socket(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    socket = client(own.pk, editor)
    await opened(socket)
    await database_sync_to_async(User.objects.filter(pk=editor.pk).update)(is_active=False)
    assert (await socket.receive_output(timeout=PATIENCE))["type"] == "websocket.close"
    await socket.disconnect(timeout=PATIENCE)


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=" + "9" * 40, "after=%00", "after=²", "after"]
)
async def test_a_strange_number_means_from_the_beginning(own: BiographyJob, editor: User, query: str) -> None:
    await database_sync_to_async(news)(own)
    socket = client(own.pk, editor, query)
    await opened(socket)
    assert await numbers(socket, 1) == [1]
    await socket.disconnect(timeout=PATIENCE)


async def test_the_snapshot_says_where_the_job_stands(own: BiographyJob, editor: User) -> None:
    snapshot = await opened(client(own.pk, editor, "after=7"))
    assert snapshot["seq"] == 7
    assert snapshot["payload"] == {
        "character": own.character,
        "status": "pending",
        "progress": 0.0,
        "current_phase": "",
        "error_message": "",
        "last_event": 0,
    }


async def test_a_long_absence_is_told_in_one_go(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "BATCH", 3)
    await database_sync_to_async(news)(own, 8)
    socket = client(own.pk, editor)
    await opened(socket)
    assert await numbers(socket, 8) == list(range(1, 9))
    await socket.disconnect(timeout=PATIENCE)


async def test_the_other_address_names_the_job_in_its_query(own: BiographyJob, editor: User) -> None:
    await database_sync_to_async(news)(own)
    socket = at(f"/ws/notifications/?job_id={own.pk}&after=0", editor)
    await opened(socket)
    assert await numbers(socket, 1) == [1]
    await socket.disconnect(timeout=PATIENCE)
    for query in ("", "job_id=", "job_id=7"):
        assert await at(f"/ws/notifications/?{query}", editor).connect(timeout=PATIENCE) == (False, WRONG)


async def test_a_ticket_opens_one_socket_and_no_second(own: BiographyJob, editor: User) -> None:
    ticket, _until = await database_sync_to_async(give_ticket)(by=editor)
    query = f"ticket={ticket}"
    await opened(client(own.pk, AnonymousUser(), query))
    assert await client(own.pk, AnonymousUser(), query).connect(timeout=PATIENCE) == (False, UNKNOWN)
    # A wrong ticket isn't mended by a good session: whoever sends one means it.
    assert await client(own.pk, editor, query).connect(timeout=PATIENCE) == (False, UNKNOWN)


async def test_a_ticket_ends_after_half_a_minute(own: BiographyJob, editor: User) -> None:
    ticket, until = await database_sync_to_async(give_ticket)(by=editor)
    assert dt.timedelta(seconds=29) < until - clock.now() <= dt.timedelta(seconds=30)
    rows_of = SocketTicket.objects.all()
    await database_sync_to_async(rows_of.update)(expires_at=clock.now())
    assert await client(own.pk, AnonymousUser(), f"ticket={ticket}").connect(timeout=PATIENCE) == (
        False,
        UNKNOWN,
    )


async def test_a_ticket_shows_no_foreign_job(own: BiographyJob) -> None:
    stranger = await database_sync_to_async(rows.person)("Editor")
    ticket, _until = await database_sync_to_async(give_ticket)(by=stranger)
    assert await client(own.pk, AnonymousUser(), f"ticket={ticket}").connect(timeout=PATIENCE) == (
        False,
        FORBIDDEN,
    )


async def test_a_key_that_is_taken_away_takes_its_sockets_with_it(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    key, _plain = await database_sync_to_async(make_key)(user=editor, name="script")
    ticket, _until = await database_sync_to_async(give_ticket)(by=editor, asked_with=key)
    socket = client(own.pk, AnonymousUser(), f"ticket={ticket}")
    await opened(socket)
    await database_sync_to_async(key.delete)()
    assert (await socket.receive_output(timeout=PATIENCE))["type"] == "websocket.close"
    await socket.disconnect(timeout=PATIENCE)


@pytest.mark.parametrize("kind", ["jwt", "oauth"])
async def test_a_token_that_is_revoked_takes_its_sockets_and_tickets_with_it(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    bearer, revoke = await database_sync_to_async(logged_in if kind == "jwt" else permitted)(editor)
    used, unused = [await database_sync_to_async(ticket_for)(bearer) for _time in range(2)]
    socket = client(own.pk, AnonymousUser(), f"ticket={used}")
    await opened(socket)
    await database_sync_to_async(revoke)()
    assert (await socket.receive_output(timeout=PATIENCE))["type"] == "websocket.close"
    await socket.disconnect(timeout=PATIENCE)
    late = client(own.pk, AnonymousUser(), f"ticket={unused}")
    assert await late.connect(timeout=PATIENCE) == (False, FORBIDDEN)


@pytest.mark.parametrize("end", ["log out", "another password"])
async def test_a_session_that_ends_takes_its_sockets_and_tickets_with_it(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    browser, other = Client(), Client()
    for one in (browser, other):
        await database_sync_to_async(one.force_login)(editor)
    used, unused, others = [
        await database_sync_to_async(partial(ticket_by_session, one))() for one in (browser, browser, other)
    ]
    by_cookie = client(own.pk, editor)
    by_cookie.scope["session"] = browser.session
    sockets = [by_cookie, client(own.pk, AnonymousUser(), f"ticket={used}")]
    for socket in sockets:
        await opened(socket)
    ends = {"log out": browser.logout, "another password": lambda: change_password(editor)}
    await database_sync_to_async(ends[end])()
    for socket in sockets:
        assert (await socket.receive_output(timeout=PATIENCE))["type"] == "websocket.close"
        await socket.disconnect(timeout=PATIENCE)
    late = client(own.pk, AnonymousUser(), f"ticket={unused}")
    assert await late.connect(timeout=PATIENCE) == (False, FORBIDDEN)
    still = client(own.pk, AnonymousUser(), f"ticket={others}")
    assert (await still.connect(timeout=PATIENCE))[0] is (end == "log out")
    await still.disconnect(timeout=PATIENCE)


def ticket_by_session(browser: Client) -> str:
    ticket: str = browser.post("/api/v1/ws-ticket", content_type="application/json").json()["ticket"]
    return ticket


def change_password(user: User) -> None:
    user.set_password("another long password")
    user.save()


def logged_in(user: User) -> tuple[str, Callable[[], object]]:
    """A token of a login, and how it ends."""
    pair = tokens.open_family(user=user)
    return pair.access, lambda: tokens.revoke(pair.refresh)


def permitted(user: User) -> tuple[str, Callable[[], object]]:
    """A token of OAuth 2.0, and how it ends."""
    made, secret = make_client(user=user, name="a program", scopes=scopes.READ)
    asked = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": secret}
    form = "application/x-www-form-urlencoded"
    answer = Client().post("/api/v1/oauth/token", urlencode(asked), content_type=form)
    return answer.json()["access_token"], lambda: AccessToken.objects.all().delete()


def ticket_for(bearer: str) -> str:
    ticket: str = APIClient(HTTP_AUTHORIZATION=f"Bearer {bearer}").post("/api/v1/ws-ticket").json()["ticket"]
    return ticket


async def test_what_a_client_says_is_passed_over(own: BiographyJob, editor: User) -> None:
    socket = client(own.pk, editor)
    await opened(socket)
    for said in ({"text_data": "no JSON"}, {"text_data": '{"after": 0}'}, {"bytes_data": b"\xff"}):
        await socket.send_to(**said)
    await database_sync_to_async(news)(own)
    await database_sync_to_async(send_live)(str(own.pk))
    assert await numbers(socket, 1) == [1]
    await socket.disconnect(timeout=PATIENCE)


async def test_an_address_that_is_no_socket_is_refused_like_any_other() -> None:
    for address in ("/ws/nothing/", "/ws/biographies/7/", "/"):
        socket = WebsocketCommunicator(websockets, address)
        assert (await socket.connect(timeout=PATIENCE))[0] is False


async def test_a_layer_that_is_away_costs_only_time(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_arguments: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    monkeypatch.setattr(InMemoryChannelLayer, "group_add", away)
    socket = client(own.pk, editor)
    await opened(socket)
    await database_sync_to_async(news)(own)
    assert await numbers(socket, 1) == [1]
    await socket.disconnect(timeout=PATIENCE)


async def test_a_line_that_breaks_at_its_start_leaves_no_room_behind(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: object, **_named: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(JobConsumer, "send_json", broken)
    socket = client(own.pk, editor)
    await socket.connect(timeout=PATIENCE)  # it is accepted, and what is said next fails
    with pytest.raises(ConnectionError):
        await socket.wait(timeout=PATIENCE)
    assert not rooms._rooms.get(asyncio.get_running_loop(), {})


async def test_a_look_at_rights_that_failed_is_made_up_for_soon(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, sees = list[float](), consumers.Watcher.sees

    def once_broken(who: consumers.Watcher, job_id: uuid.UUID) -> dict[str, Any] | None:
        looks.append(time.monotonic())
        if len(looks) == 2:
            raise InterfaceError
        return sees(who, job_id)

    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 2.0)
    monkeypatch.setattr(consumers, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(consumers, "_first_pause", lambda: 0.0)
    monkeypatch.setattr(consumers.Watcher, "sees", once_broken)
    socket = client(own.pk, editor)
    await opened(socket)
    async with asyncio.timeout(PATIENCE):
        while len(looks) < 3:  # noqa: ASYNC110  # another thread counts them
            await asyncio.sleep(0.01)
    assert looks[2] - looks[1] < 1.0
    await socket.disconnect(timeout=PATIENCE)


async def test_who_comes_after_events_were_forgotten_hears_what_follows(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    await database_sync_to_async(news)(own, 3)
    first = client(own.pk, editor)
    await opened(first)
    assert await numbers(first, 3) == [1, 2, 3]
    await database_sync_to_async(Event.objects.filter(job_id=own.pk).delete)()
    reads: list[int] = []

    def counted(job_id: uuid.UUID, seq: int, most: int) -> list[Event]:
        reads.append(seq)
        return events_after(job_id, seq, most)

    monkeypatch.setattr(sharing, "events_after", counted)
    late = client(own.pk, editor)
    await opened(late)
    await asyncio.sleep(0.4)
    assert len(reads) < 20, "the room looks eight times; who can't enter it would ask without a pause"
    await database_sync_to_async(news)(own)
    assert await numbers(late, 1) == [4]
    for socket in (first, late):
        await socket.disconnect(timeout=PATIENCE)


async def test_whose_right_can_not_be_asked_for_is_shown_out(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise InterfaceError("connection already closed")

    for name in ("RIGHTS_SECONDS", "AGAIN_SECONDS"):
        monkeypatch.setattr(consumers, name, 0.01)
    socket = client(own.pk, editor)
    await opened(socket)
    monkeypatch.setattr(consumers.Watcher, "sees", broken)
    closed = await socket.receive_output(timeout=PATIENCE)
    assert (closed["type"], closed["code"]) == ("websocket.close", consumers.LATER)
    await socket.disconnect(timeout=PATIENCE)


async def test_every_watcher_hears_everything_once_though_hints_are_lost(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short form of `python -m tests.faults.sockets`: of ten hints three are dropped, and two come twice."""
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.05)
    sockets = [client(own.pk, editor) for _number in range(6)]
    for socket in sockets:
        await opened(socket)
    for number in range(30):
        await database_sync_to_async(news)(own)
        for _time in range((0, 1, 1, 2, 1, 0, 1, 2, 1, 0)[number % 10]):
            await database_sync_to_async(send_live)(str(own.pk))
    for socket in sockets:
        assert await numbers(socket, 30) == list(range(1, 31))
        assert await socket.receive_nothing(timeout=0.15)
        await socket.disconnect(timeout=PATIENCE)


async def test_a_thousand_watchers_are_not_asked_for_their_rights_all_at_one_moment() -> None:
    pauses = [consumers._first_pause() for _socket in range(1_000)]
    assert len(set(pauses)) > 900
    assert max(pauses) <= consumers.RIGHTS_SECONDS
