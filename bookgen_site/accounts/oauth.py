"""OAuth 2.0 client credentials (RFC 6749, section 4.4): which scopes a client has, and whose its tokens are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import AccessToken
from oauth2_provider.scopes import SettingsScopes

from bookgen_site.accounts import scopes as words
from bookgen_site.accounts.models import ApiClient, User
from bookgen_site.lib import clock


class ClientScopes(SettingsScopes):  # type: ignore[misc]  # the toolkit ships no types
    """A client may ask for the scopes that it was given on the desk, and gets all of them when it names none."""

    def get_available_scopes(
        self, application: ApiClient | None = None, *_args: Any, **_more: Any
    ) -> list[str]:
        """The scopes of this client."""
        return application.scopes.split() if application else []

    def get_default_scopes(
        self, application: ApiClient | None = None, *_args: Any, **_more: Any
    ) -> list[str]:
        """The same: what isn't named is meant."""
        return self.get_available_scopes(application)


@dataclass(frozen=True, slots=True)
class ClientToken:
    """A valid access token: in whose name it acts, and what it may be used for."""

    user: User
    scopes: str
    pk: int


def is_live(token_id: int) -> bool:
    """Whether this token has neither expired nor been revoked, and its client is still there."""
    return bool(
        AccessToken.objects.filter(pk=token_id, expires__gt=clock.now(), application__isnull=False).exists()
    )


def find_token(plain: str) -> ClientToken | None:
    """The valid token with this text, or None: unknown, expired, or of a person who may not log in.

    What the client was given since counts, not only what the token was made with.
    """
    digest = hashlib.sha256(plain.encode()).hexdigest()
    rows = AccessToken.objects.select_related("application__user")
    found = rows.filter(
        token_checksum=digest, expires__gt=clock.now(), application__user__is_active=True
    ).first()
    if found is None:
        return None
    client: ApiClient = found.application
    return ClientToken(
        client.user, words.joined(_common(found.scope.split(), client.scopes.split())), found.pk
    )


def make_client(*, user: User, name: str, scopes: str) -> tuple[ApiClient, str]:
    """A new client that acts in this person's name: the row, and its secret, which can't be shown again."""
    secret = str(generate_client_secret())
    row = ApiClient.objects.create(
        user=user,
        name=name,
        scopes=scopes,
        client_secret=secret,
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
    )
    return row, secret


def forget_expired() -> None:
    """Tidy away the tokens that have ended, whosever."""
    AccessToken.objects.filter(expires__lt=clock.now()).delete()


def _common(left: Iterable[str], right: Iterable[str]) -> set[str]:
    return set(left) & set(right)
