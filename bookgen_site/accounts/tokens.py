"""JSON Web Tokens: a short one for access, and one for refreshing that can be used once.

All tokens that follow from one login are a family, which is a row. A refresh token that comes a second time has
been copied, by whomever: the whole family ends, access tokens included. It also ends with the password.
"""

from __future__ import annotations

import uuid
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from bookgen_site.accounts import scopes as words
from bookgen_site.accounts.models import TokenFamily, User
from bookgen_site.lib import clock

ACCESS_SECONDS: Final = int(settings.JWT_ACCESS_LIFETIME.total_seconds())
FAMILY_CLAIM: Final = "fam"


class Pair(NamedTuple):
    """A token for access and the one to get the next pair with."""

    access: str
    refresh: str
    scope: str


class Refused(Exception):
    """The token is not ours, has expired, was used before, or its family has ended."""


@transaction.atomic
def open_family(*, user: User, scopes: str = words.EVERYTHING) -> Pair:
    """The first pair after a login; what has expired of this person is tidied away."""
    now = clock.now()
    TokenFamily.objects.filter(user=user, expires_at__lt=now).delete()
    family = TokenFamily(
        user=user,
        scopes=scopes,
        auth_hash=user.get_session_auth_hash(),
        expires_at=now + settings.JWT_REFRESH_LIFETIME,
    )
    pair, jti = _pair(family)
    family.current = jti
    family.save(force_insert=True)
    return pair


def refresh(token: str) -> Pair:
    """The next pair, once: of two that come with the same token one wins, and the other ends the family."""
    presented = _read(token)
    family = live_family(presented)
    pair, jti = _pair(family)
    ends = clock.now() + settings.JWT_REFRESH_LIFETIME
    # Compare-and-set: the row count says whether this token was the current one.
    mine = TokenFamily.objects.filter(pk=family.pk, current=presented["jti"], revoked_at=None)
    if not mine.update(current=jti, expires_at=ends):
        _end(family.pk)
        raise Refused
    return pair


def revoke(token: str) -> None:
    """End the family of this refresh token: a logout."""
    _end(live_family(_read(token)).pk)


def live_family(token: AccessToken | RefreshToken) -> TokenFamily:
    """The family of a token whose signature is right, with its person; raises Refused when it has ended."""
    try:
        pk = uuid.UUID(str(token.get(FAMILY_CLAIM)))
    except ValueError as error:
        raise Refused from error
    family = living(pk)
    if family is None:
        raise Refused
    return family


def living(family: uuid.UUID) -> TokenFamily | None:
    """The family with its person, unless it has ended, the password has changed or the person may not log in."""
    rows = TokenFamily.objects.select_related("user").filter(
        pk=family, revoked_at=None, expires_at__gt=clock.now()
    )
    row = rows.filter(user__is_active=True).first()
    return row if row and row.auth_hash == row.user.get_session_auth_hash() else None


def _read(token: str) -> RefreshToken:
    try:
        return RefreshToken(token)  # type: ignore[arg-type]  # its signature says Token and means the text
    except TokenError as error:
        raise Refused from error


def _end(family: uuid.UUID) -> None:
    TokenFamily.objects.filter(pk=family, revoked_at=None).update(revoked_at=clock.now())


def _pair(family: TokenFamily) -> tuple[Pair, str]:
    refreshing = RefreshToken()
    refreshing[FAMILY_CLAIM] = str(family.pk)
    access = AccessToken()
    access[FAMILY_CLAIM] = str(family.pk)
    return Pair(str(access), str(refreshing), family.scopes), str(refreshing["jti"])
