"""OAuth 2.0 over HTTP: a program gets a token for its id and secret, and gives it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site.accounts.api.serializers import ClientCredentialsWish, ClientTokenSerializer, RevocationWish
from bookgen_site.accounts.api.token_views import OpenView
from bookgen_site.lib.clients import place_of
from bookgen_site.lib.limits import Limit, take
from bookgen_site.openapi import documented
from bookgen_site.problems import CONTENT_TYPE, problem

Answer = tuple[str, dict[str, str], str | None, int]
FORM: Final = "application/x-www-form-urlencoded"
TOLD: Final = {
    "invalid_client": _("The client is unknown, or its secret is wrong."),
    "invalid_scope": _("The client wasn't given this scope."),
    "unsupported_grant_type": _("Only grant_type=client_credentials is known here."),
}
TRIES: Final = 30  # of one address, right or wrong: a secret is checked slowly, on purpose
WINDOW: Final = 60


class OAuthView(OAuthLibMixin, OpenView):  # type: ignore[misc]  # the toolkit ships no types
    """An endpoint of the protocol. Its errors are problems like all others, and say `error` as RFC 6749 has it."""

    parser_classes = (FormParser,)

    def answered(self, request: Request, ask: Callable[[HttpRequest], Answer]) -> Response:
        """What the protocol says to this request."""
        limit = Limit("oauth", place_of(request._request.META), TRIES, WINDOW)
        (verdict,) = take(limit)
        if not verdict.allowed:
            self.throttled(request, verdict.reset)
        _url, headers, body, status = ask(request._request)
        if status >= HTTPStatus.BAD_REQUEST:
            return _refusal(json.loads(body or "{}"), status)
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return Response(json.loads(body) if body else None, status=status, headers=kept)


class ClientTokens(OAuthView):
    """Tokens for programs."""

    @documented(
        "get_client_token",
        "Get a token by client credentials",
        {200: ClientTokenSerializer},
        request={FORM: ClientCredentialsWish},
        auth=[{"oauthClient": []}, {}],
    )
    def post(self, request: Request) -> Response:
        """RFC 6749, section 4.4. The client is named by HTTP Basic or in the body."""
        return self.answered(request, self.create_token_response)


class ClientRevocation(OAuthView):
    """Giving a token back."""

    @documented(
        "revoke_client_token",
        "Give a token back",
        {200: None},
        request={FORM: RevocationWish},
        auth=[{"oauthClient": []}, {}],
    )
    def post(self, request: Request) -> Response:
        """RFC 7009: also 200 for a token that isn't there."""
        return self.answered(request, self.create_revocation_response)


def _refusal(said: dict[str, Any], status: int) -> Response:
    error = str(said.get("error", "invalid_request"))
    told = TOLD.get(error, _("The request is malformed."))
    body = problem(status, error, told) | {"error": error, "error_description": str(told)}
    headers = {"WWW-Authenticate": 'Basic realm="oauth"'} if status == HTTPStatus.UNAUTHORIZED else {}
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)
