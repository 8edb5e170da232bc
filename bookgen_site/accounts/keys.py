"""API keys: making one, and finding the one that a request carries."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, Q, TextField
from django.db.models.sql.compiler import SQLCompiler

from bookgen_site.accounts.models import ApiKey, User
from bookgen_site.accounts.scopes import EVERYTHING
from bookgen_site.lib import clock

PREFIX_LENGTH = 12
SEPARATOR = ","  # no role's name has it


class Joined(Aggregate):
    """Texts of many rows as one, in either database."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        """The same under its other name."""
        template = f"STRING_AGG(%(expressions)s, '{SEPARATOR}')"
        return self.as_sql(compiler, connection, template=template, **more)


def make_key(
    *, user: User, name: str, expires_at: dt.datetime | None = None, scopes: str = EVERYTHING
) -> tuple[ApiKey, str]:
    """A new key for this user: the row, and the key itself, which can't be shown again."""
    plain = f"bg_{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        user=user,
        name=name,
        prefix=plain[:PREFIX_LENGTH],
        digest=digest_of(plain),
        expires_at=expires_at,
        scopes=scopes,
    )
    return row, plain


def find_key(plain: str) -> ApiKey | None:
    """The valid key with this text, or None: unknown, expired, or of a user who may not log in.

    One query, the person's roles included: every request of a program begins with it.
    """
    live = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    rows = ApiKey.objects.select_related("user").filter(live, digest=digest_of(plain), user__is_active=True)
    found = list(rows.annotate(held=Joined("user__groups__name")))  # one at most: the digest is unique
    if not found:
        return None
    key = found[0]
    key.user.know_roles((key.held or "").split(SEPARATOR))
    return key


def mark_used(key: ApiKey) -> None:
    """Remember when the key was last used, to the minute: a write per request would cost too much."""
    now = clock.now()
    old = now - dt.timedelta(minutes=1)
    if key.last_used_at is None or key.last_used_at < old:
        # Compared again in the database: of many requests at once only one writes.
        stale = Q(last_used_at=None) | Q(last_used_at__lt=old)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
        key.last_used_at = now


def digest_of(plain: str) -> str:
    """What is stored of a key."""
    # The key is 32 random bytes, so a plain hash can't be guessed back; a slow one would cost every request.
    return hashlib.sha256(plain.encode()).hexdigest()
