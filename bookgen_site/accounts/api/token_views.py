"""JSON Web Tokens over HTTP: log in, refresh, log out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site.accounts import second_factor, tokens
from bookgen_site.accounts.api.serializers import LoginWish, PairSerializer, RefreshWish
from bookgen_site.accounts.authentication import BEARER
from bookgen_site.accounts.logins import TooManyTries, log_in
from bookgen_site.accounts.models import User
from bookgen_site.accounts.scopes import joined
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from bookgen_site.views import ApiView


class OpenView(ApiView):
    """For whoever isn't anybody yet: what is sent says it, and no other credential is looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_authenticate_header(self, _request: Request) -> str:
        """What a refusal names, or it would become a 403."""
        return BEARER


class Tokens(OpenView):
    """Logging in."""

    @documented("log_in", "Log in for a pair of tokens", {200: PairSerializer}, request=LoginWish, auth=[])
    def post(self, request: Request) -> Response:
        """Five wrong passwords, or codes, close the door for a quarter of an hour: 429."""
        wanted = self.wanted(LoginWish, request)
        try:
            user = log_in(request._request, username=wanted["username"], password=wanted["password"])
            if user is None:
                raise AuthenticationFailed(_("Wrong name or password."))
            _second_step(user, wanted["code"])
        except TooManyTries as error:
            raise Throttled(error.wait, str(error)) from error
        return _answer(tokens.open_family(user=user, scopes=joined(wanted["scope"].split())))


class Refreshing(OpenView):
    """Going on without a password."""

    @documented("refresh_token", "Get the next pair", {200: PairSerializer}, request=RefreshWish, auth=[])
    def post(self, request: Request) -> Response:
        """A refresh token works once. One that comes again ends every token of its login."""
        try:
            return _answer(tokens.refresh(self.wanted(RefreshWish, request)["refresh"]))
        except tokens.Refused:
            _refuse()


class Revoking(OpenView):
    """Logging out."""

    @documented("log_out", "End a login and all its tokens", {204: None}, request=RefreshWish, auth=[])
    def post(self, request: Request) -> Response:
        """Access tokens end too, at once."""
        try:
            tokens.revoke(self.wanted(RefreshWish, request)["refresh"])
        except tokens.Refused:
            _refuse()
        return Response(status=HTTPStatus.NO_CONTENT)


def _second_step(user: User, code: str) -> None:
    """As on the desk: who has an authenticator app, or must have one, isn't let in by the password alone."""
    if not second_factor.is_asked(user):
        return
    if not code:
        raise AuthenticationFailed(_("The code of the authenticator app is missing."), "code_needed")
    if not second_factor.passes(user=user, code=code):
        raise AuthenticationFailed(_("Wrong code."), "wrong_code")


def _answer(pair: tokens.Pair) -> Response:
    body: dict[str, Any] = {**pair._asdict(), "token_type": BEARER, "expires_in": tokens.ACCESS_SECONDS}
    return Response(row_as(PairSerializer, body))


def _refuse() -> NoReturn:
    raise AuthenticationFailed(_("This token is unknown, has expired or was revoked."))
