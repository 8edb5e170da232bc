"""The login of the desk: its own form, which counts tries."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from unfold.forms import AuthenticationForm

from bookgen_site.accounts.logins import TooManyTries, log_in
from bookgen_site.accounts.models import User

WAIT = "login_wait"


class DeskLoginForm(AuthenticationForm):  # type: ignore[misc]  # unfold ships no types
    """A name and a password, looked at by the door that counts."""

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name is None or not password:
            return dict(self.cleaned_data)
        try:
            user = log_in(self.request, username=name, password=password)
        except TooManyTries as error:
            setattr(self.request, WAIT, error.wait)
            raise ValidationError(str(error), code="throttled") from error
        if user is None:
            raise self.get_invalid_login_error()
        self.user_cache: User = user
        self.confirm_login_allowed(user)
        return dict(self.cleaned_data)


def desk_login(request: HttpRequest) -> HttpResponseBase:
    """The admin's own page, which answers 429 while tries are too many."""
    response = admin.site.login(request)
    wait = getattr(request, WAIT, None)
    if wait is not None:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(wait)
    return response
