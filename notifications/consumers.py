"""Live progress over the WebSocket: a snapshot, then nothing but numbered events, all read from the database."""

from __future__ import annotations

import asyncio
import random
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from biographies.queries import visible_to, with_last_event
from bookgen_site.accounts import oauth, tokens
from bookgen_site.accounts.models import ApiKey, User
from bookgen_site.accounts.sessions import session_holds
from bookgen_site.lib import clock
from notifications import rooms
from notifications.models import SocketTicket
from notifications.sharing import Told, shared_reads
from notifications.tickets import take_ticket

log = structlog.get_logger(__name__)

RIGHTS_SECONDS = 30.0  # until somebody who may no longer watch is found, at the most
AGAIN_SECONDS = 5.0  # until a database that was away is asked again
MOST_FAILURES: Final = 10  # looks in a row that failed: then nobody knows any more who may watch
WRONG, UNKNOWN, FORBIDDEN, LATER = 4400, 4401, 4403, 1013
SHOWN: Final = ("character", "status", "progress", "current_phase", "error_message", "last_event")

Asked = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is behind a socket; what they may see is asked anew at every look."""

    user_id: int
    api_key_id: int | None = None
    family_id: uuid.UUID | None = None
    client_token_id: int | None = None
    session_key: str = ""  # of a login on the desk
    tied_to: str = ""  # what the person's sessions agree with

    def sees(self, job_id: uuid.UUID) -> dict[str, Any] | None:
        """Where the job stands; None for whom it doesn't exist: no role, switched off, or what let them in ended."""
        user = User.objects.filter(pk=self.user_id, is_active=True).first()
        if user is None or not self._session_holds(user) or not (self._key_holds() and self._tokens_hold()):
            return None
        job = with_last_event(visible_to(user).filter(pk=job_id)).first()
        return {name: getattr(job, name) for name in SHOWN} if job else None

    def _session_holds(self, user: User) -> bool:
        if self.tied_to and not constant_time_compare(self.tied_to, user.get_session_auth_hash()):
            return False
        return not self.session_key or session_holds(self.session_key, user)

    def _key_holds(self) -> bool:
        if self.api_key_id is None:
            return True
        live = Q(expires_at=None) | Q(expires_at__gt=clock.now())
        return ApiKey.objects.filter(live, pk=self.api_key_id).exists()

    def _tokens_hold(self) -> bool:
        if self.client_token_id is not None and not oauth.is_live(self.client_token_id):
            return False
        return self.family_id is None or tokens.living(self.family_id) is not None


class JobConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels ships no types
    """Sends where the job stands, then its events after the number given as `?after=`, each once and in order.

    Who is behind it says a ticket (`?ticket=`), or the session's cookie.
    """

    watcher: asyncio.Task[None] | None = None
    room: rooms.Room | None = None

    async def connect(self) -> None:
        asked = parse_qs(self.scope.get("query_string", b"").decode("latin-1"))
        refusal = await self._ask_in(asked)
        if refusal:
            await self.close(code=refusal)
            return
        snapshot = await self._seen()
        if snapshot is None:
            await self.close(code=FORBIDDEN)
            return
        self.room = room = await rooms.come(self.job_id)
        try:
            await self.accept()
            await self.send_json(
                {"seq": self.seq, "kind": "snapshot", "at": clock.now().isoformat(), "payload": snapshot}
            )
        except BaseException:  # whoever asked has gone meanwhile: nobody else will say so
            await self._leave()
            raise
        self.watcher = asyncio.create_task(self._watch(room))

    async def _ask_in(self, asked: Asked) -> int:
        """Find out who watches which job from where; returns the code of a refusal, or 0."""
        job_id = self._wanted_job(asked)
        if job_id is None:
            return WRONG
        structlog.contextvars.bind_contextvars(job_id=str(job_id))
        self.job_id, self.seq = job_id, _after(asked)
        session_key = getattr(self.scope.get("session"), "session_key", None) or ""
        by = database_sync_to_async(_who)
        who = await by(self.scope.get("user"), session_key, asked.get("ticket", []))
        if who is None:
            return UNKNOWN if "ticket" in asked else FORBIDDEN
        self.who = who
        return 0

    def _wanted_job(self, _asked: Asked) -> uuid.UUID | None:
        job_id: uuid.UUID = self.scope["url_route"]["kwargs"]["job_id"]
        return job_id

    async def receive(self, **_said: object) -> None:
        """Nothing is asked of clients: what they say isn't read, be it JSON or not."""

    async def disconnect(self, _code: int) -> None:
        try:
            if self.watcher:
                self.watcher.cancel()
                with suppress(asyncio.CancelledError):
                    await self.watcher
        finally:
            await self._leave()

    async def _leave(self) -> None:
        room, self.room = self.room, None
        if room:
            room.leave(self)
            await rooms.go(room)

    async def hear(self, told: Told) -> None:
        """One event from the room, or from a read of one's own."""
        if told.seq > self.seq:
            await self.send(text_data=told.text)
            self.seq = told.seq

    async def _watch(self, room: rooms.Room) -> None:
        """Read what was missed, go among the others, and be asked from time to time for the right to be there."""
        failures, pause = 0, _first_pause()
        while failures < MOST_FAILURES:
            try:
                if not room.holds(self):
                    await self._enter(room)
                await asyncio.sleep(pause)
                pause = RIGHTS_SECONDS
                if await self._seen() is None:
                    await self.close(code=FORBIDDEN)
                    return
                failures = 0
            except Exception as error:  # noqa: BLE001  # else they would be told for ever, and never asked again
                log.warning("rights_not_known", error=f"{type(error).__name__}: {error}")
                failures, pause = failures + 1, 0.0  # the look that failed is made up for as soon as may be
                await asyncio.sleep(AGAIN_SECONDS)
        await self.close(code=LATER)

    async def _enter(self, room: rooms.Room) -> None:
        async with asyncio.timeout(RIGHTS_SECONDS):  # then it is a look that failed
            await room.begun()
        while not room.enter(self):
            told_before = room.told  # before the read: what is committed during it must not be passed over
            found = await shared_reads().after(self.job_id, self.seq, rooms.BATCH)
            for told in found:
                await self.hear(told)
            if not found:  # what those in the room were told is forgotten by now
                self.seq = max(self.seq, told_before)

    async def _seen(self) -> dict[str, Any] | None:
        seen: dict[str, Any] | None = await database_sync_to_async(self.who.sees)(self.job_id)
        return seen


class NotificationsConsumer(JobConsumer):
    """The same under another address, with the job as `?job_id=`."""

    def _wanted_job(self, asked: Asked) -> uuid.UUID | None:
        try:
            return uuid.UUID(asked["job_id"][0])
        except (KeyError, ValueError):
            return None


def _who(user: User | AnonymousUser | None, session_key: str, tickets: list[str]) -> Watcher | None:
    """By the ticket, if there is one, and otherwise by the session."""
    if tickets:
        ticket = take_ticket(tickets[0])
        return _by_ticket(ticket) if ticket else None
    if user is None or not user.is_authenticated or not user.pk:
        return None
    return Watcher(user.pk, session_key=session_key, tied_to=user.get_session_auth_hash())


def _by_ticket(ticket: SocketTicket) -> Watcher:
    return Watcher(
        ticket.user_id,
        api_key_id=ticket.api_key_id,
        family_id=ticket.family_id,
        client_token_id=ticket.client_token_id,
        session_key=ticket.session_key,
    )


def _first_pause() -> float:
    """Until somebody's rights are asked anew: not of all at one moment, even of those who came at one."""
    return random.uniform(0, RIGHTS_SECONDS)  # noqa: S311  # nosec B311  # no secret


def _after(asked: Asked) -> int:
    value = asked.get("after", ["0"])[0]
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else 0
