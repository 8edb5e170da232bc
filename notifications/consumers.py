"""Live progress over the WebSocket: a snapshot of nothing but numbered events, all read from the database."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth.models import AnonymousUser

from biographies.queries import visible_to
from bookgen_site.accounts.models import User
from notifications.models import Event
from notifications.queries import events_after, group_of

POLL_SECONDS = 5.0  # the news of the channel layer are a hint, too: what it loses is found by looking
GONE, FORBIDDEN = 4404, 4403


class JobConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels ships no types
    """Sends the job's events after the number given as `?after=`, each once and in order."""

    seq = 0
    watcher: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        self.job_id = self.scope["url_route"]["kwargs"]["job_id"]
        if not await self._may_watch():
            await self.close(code=FORBIDDEN)
            return
        self.seq = _after(self.scope.get("query_string", b""))
        self.sending = asyncio.Lock()
        await self.channel_layer.group_add(group_of(str(self.job_id)), self.channel_name)
        await self.accept()
        self.watcher = asyncio.create_task(self._watch())

    async def disconnect(self, _code: int) -> None:
        if self.watcher:
            self.watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self.watcher
            await self.channel_layer.group_discard(group_of(str(self.job_id)), self.channel_name)

    async def look(self, _message: dict[str, Any]) -> None:
        """The channel layer says that there is something new."""
        await self._send_new()

    async def _watch(self) -> None:
        while True:
            await self._send_new()
            await asyncio.sleep(POLL_SECONDS)
            if not await self._may_watch():
                await self.close(code=FORBIDDEN)
                return

    async def _send_new(self) -> None:
        async with self.sending:
            for event in await database_sync_to_async(events_after)(self.job_id, self.seq):
                await self.send_json(as_message(event))
                self.seq = event.seq

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _may_watch(self) -> bool:
        user = self.scope["user"]
        if user.is_authenticated:
            # Roles as they are now; the scope's user is a lazy object, and who has left sees nothing.
            user = User.objects.filter(pk=user.pk, is_active=True).first() or AnonymousUser()
        return visible_to(user).filter(pk=self.job_id).exists()


def as_message(event: Event) -> dict[str, Any]:
    """An event as it goes over the wire."""
    return {
        "seq": event.seq,
        "kind": event.kind,
        "at": event.created_at.isoformat(),
        "payload": event.payload,
    }


def _after(query: bytes) -> int:
    value = parse_qs(query.decode("latin-1")).get("after", ["0"])[0]
    return int(value) if value.isdecimal() and len(value) < 16 else 0
