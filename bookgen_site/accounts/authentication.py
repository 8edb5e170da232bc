"""How a request to the API says who it is: `Authorization: Api-Key …` or `X-API-Key: …`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from bookgen_site.accounts.keys import find_key, mark_used
from bookgen_site.accounts.models import ApiKey, User

SCHEME = "Api-Key"


class ApiKeyAuthentication(BaseAuthentication):
    """Authenticate by API key; a wrong key is refused, a missing one leaves it to the session."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        plain = _carried_key(request)
        if plain is None:
            return None
        key = find_key(plain)
        if key is None:
            raise AuthenticationFailed(_("This API key is unknown or has expired."))
        mark_used(key)
        return key.user, key

    def authenticate_header(self, _request: Request) -> str:
        return SCHEME


def _carried_key(request: Request) -> str | None:
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == SCHEME.lower():
        return value.strip()
    return request.headers.get("X-API-Key")
