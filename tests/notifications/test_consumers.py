"""Live progress over the WebSocket: only for those who see the job, in order, each event once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.urls import path

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from notifications import consumers
from notifications.consumers import FORBIDDEN, JobConsumer
from notifications.events import PhaseChange
from notifications.publish import publish
from notifications.tasks import send_live
from tests.fakes import rows

pytestmark = pytest.mark.django_db(transaction=True)
ROUTES = URLRouter([path("ws/biographies/<uuid:job_id>/", JobConsumer.as_asgi())])


def news(job: BiographyJob, count: int = 1) -> None:
    for _time in range(count):
        publish(job.pk, PhaseChange(phase="export", progress=95))


def client(job_id: uuid.UUID, user: User | AnonymousUser, query: str = "") -> WebsocketCommunicator:
    communicator = WebsocketCommunicator(ROUTES, f"/ws/biographies/{job_id}/?{query}")
    communicator.scope["user"] = user
    return communicator


async def numbers(socket: WebsocketCommunicator, count: int) -> list[int]:
    return [(await socket.receive_json_from(timeout=5))["seq"] for _time in range(count)]


@pytest.fixture
def own(editor: User) -> BiographyJob:
    return rows.job(owner=editor)


async def test_what_was_missed_comes_first_then_the_news(own: BiographyJob, editor: User) -> None:
    await database_sync_to_async(news)(own, 3)
    socket = client(own.pk, editor, "after=1")
    assert (await socket.connect())[0]
    assert await numbers(socket, 2) == [2, 3]
    await database_sync_to_async(news)(own)
    await database_sync_to_async(send_live)(str(own.pk))
    assert await numbers(socket, 1) == [4]
    assert await socket.receive_nothing(timeout=0.2)
    await socket.disconnect()


async def test_a_message_has_number_kind_time_and_payload(own: BiographyJob, editor: User) -> None:
    await database_sync_to_async(news)(own)
    socket = client(own.pk, editor)
    await socket.connect()
    message: dict[str, Any] = await socket.receive_json_from(timeout=5)
    assert set(message) == {"seq", "kind", "at", "payload"}
    assert message["payload"] == {"phase": "export", "progress": 95}
    await socket.disconnect()


async def test_news_arrive_without_the_channel_layer(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer's message is a hint: what it loses is found by looking."""
    monkeypatch.setattr(consumers, "POLL_SECONDS", 0.05)
    socket = client(own.pk, editor)
    await socket.connect()
    await database_sync_to_async(news)(own)
    assert await numbers(socket, 1) == [1]
    await socket.disconnect()


async def test_a_foreign_job_is_closed(own: BiographyJob) -> None:
    stranger = await database_sync_to_async(rows.person)("Editor")
    for user in (stranger, AnonymousUser()):
        assert await client(own.pk, user).connect() == (False, FORBIDDEN)


async def test_a_job_that_does_not_exist_looks_the_same(editor: User) -> None:
    assert await client(uuid.uuid4(), editor).connect() == (False, FORBIDDEN)


async def test_who_loses_the_role_loses_the_socket(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "POLL_SECONDS", 0.05)
    socket = client(own.pk, editor)
    await socket.connect()
    await database_sync_to_async(editor.groups.clear)()
    closed = await socket.receive_output(timeout=5)
    assert closed == {"type": "websocket.close", "code": FORBIDDEN} | {
        k: closed[k] for k in closed if k == "reason"
    }
    await socket.disconnect()


async def test_who_is_switched_off_loses_the_socket(
    own: BiographyJob, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "POLL_SECONDS", 0.05)
    socket = client(own.pk, editor)
    await socket.connect()
    await database_sync_to_async(User.objects.filter(pk=editor.pk).update)(is_active=False)
    assert (await socket.receive_output(timeout=5))["type"] == "websocket.close"
    await socket.disconnect()


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=" + "9" * 40, "after=%00", "after=²", "after"]
)
async def test_a_strange_number_means_from_the_beginning(own: BiographyJob, editor: User, query: str) -> None:
    await database_sync_to_async(news)(own)
    socket = client(own.pk, editor, query)
    await socket.connect()
    assert await numbers(socket, 1) == [1]
    await socket.disconnect()
