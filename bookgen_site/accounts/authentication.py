"""How a request to the API says who it is. Each class takes what is its own and leaves the rest to the next.

`X-API-Key: …` or `Authorization: Api-Key …`; `Authorization: Bearer …` with a JSON Web Token (it has two dots) or a
token of OAuth 2.0 (it has none). What a class returns as `auth` has `scopes`, which `permissions.HasScope` asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken

from bookgen_site.accounts.actions import ensure_operator
from bookgen_site.accounts.kept_keys import PEOPLE, present_key
from bookgen_site.accounts.models import ApiKey, TokenFamily, User
from bookgen_site.accounts.oauth import ClientToken, find_token
from bookgen_site.accounts.tokens import Refused, live_family
from bookgen_site.env import EMBEDDED
from bookgen_site.lib import marks
from bookgen_site.lib.clients import is_loopback

SCHEME, BEARER = "Api-Key", "Bearer"


class ApiKeyAuthentication(BaseAuthentication):
    """Authenticate by API key; a wrong key is refused, a missing one leaves it to the others."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        plain = _carried(request, SCHEME) or request.headers.get("X-API-Key")
        if plain is None:
            return None
        key = present_key(plain, _marks(request)[PEOPLE].mark)
        if key is None:
            raise AuthenticationFailed(_("This API key is unknown or has expired."))
        return key.user, key

    def authenticate_header(self, _request: Request) -> str:
        return SCHEME


class JwtAuthentication(BaseAuthentication):
    """Authenticate by a JSON Web Token for access, while its family lives."""

    def authenticate(self, request: Request) -> tuple[User, TokenFamily] | None:
        token = _carried(request, BEARER)
        if token is None or "." not in token:
            return None
        try:
            family = live_family(AccessToken(token))  # type: ignore[arg-type]  # its signature means the text
        except (TokenError, Refused):
            _refuse_token()
        return family.user, family

    def authenticate_header(self, _request: Request) -> str:
        return BEARER


class ClientAuthentication(BaseAuthentication):
    """Authenticate by an access token of OAuth 2.0: the program acts in the name of its person."""

    def authenticate(self, request: Request) -> tuple[User, ClientToken] | None:
        token = _carried(request, BEARER)
        if token is None or "." in token:
            return None
        found = find_token(token)
        if found is None:
            _refuse_token()
        return found.user, found

    def authenticate_header(self, _request: Request) -> str:
        return BEARER


class LocalAuthentication(BaseAuthentication):
    """Without any key, on this machine alone, where the settings say so: the request acts as the operator.

    A page of another site that a browser on this machine shows could send requests too. Browsers say where
    they come from, so those are refused; a foreign name for this address is refused by ALLOWED_HOSTS.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        wanted = settings.API_OPEN_ON_LOOPBACK and EMBEDDED
        if not wanted or not is_loopback(request.META) or _from_a_page(request):
            return None
        return ensure_operator(), None


def _marks(request: Request) -> Mapping[str, marks.Seen]:
    """The mark of people's rights, and what the view is going to look at: all in one question to the cache."""
    view = request.parser_context["view"]
    looks_at = getattr(view, "looks_at", tuple)  # the pages of the schema aren't views of this site
    view.looked_at = seen = marks.look(PEOPLE, *looks_at())
    return seen


def _from_a_page(request: Request) -> bool:
    return "Origin" in request.headers or request.headers.get("Sec-Fetch-Site", "none") != "none"


def _carried(request: Request, scheme: str) -> str | None:
    named, _space, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if named.lower() == scheme.lower() else None


def _refuse_token() -> NoReturn:
    raise AuthenticationFailed(_("This token is unknown, has expired or was revoked."))
