"""Tickets that open one WebSocket: for clients that carry a key, which no browser or library puts into a handshake.

A ticket is good once and for half a minute, so that what an address leaves behind in a log opens nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final

from bookgen_site.accounts.models import ApiKey, TokenFamily, User
from bookgen_site.accounts.oauth import ClientToken
from bookgen_site.lib import clock
from notifications.models import SocketTicket

LASTS: Final = dt.timedelta(seconds=30)


def give_ticket(
    *, by: User, asked_with: object = None, session_key: str | None = None
) -> tuple[str, dt.datetime]:
    """A ticket in this person's name, and when it ends.

    `asked_with` is the key or token, `session_key` the login on the desk, by which it is asked for: it ends with that.
    """
    now = clock.now()
    SocketTicket.objects.filter(expires_at__lt=now).delete()
    plain = secrets.token_urlsafe(32)
    row = SocketTicket.objects.create(
        digest=_digest(plain),
        user_id=by.pk,
        api_key_id=asked_with.pk if isinstance(asked_with, ApiKey) else None,
        family_id=asked_with.pk if isinstance(asked_with, TokenFamily) else None,
        client_token_id=asked_with.pk if isinstance(asked_with, ClientToken) else None,
        session_key=session_key or "",
        expires_at=now + LASTS,
    )
    return plain, row.expires_at


def take_ticket(plain: str) -> SocketTicket | None:
    """The ticket, which nobody can take again; None when there is none, or its time is over.

    Of two who take it at once, the deleted row tells which was first.
    """
    row = SocketTicket.objects.filter(digest=_digest(plain), expires_at__gt=clock.now()).first()
    if row is None:
        return None
    deleted, _by_model = SocketTicket.objects.filter(pk=row.pk).delete()
    return row if deleted else None


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
