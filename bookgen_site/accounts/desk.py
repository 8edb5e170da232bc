"""The login of the desk: its own form, which counts tries."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from unfold.forms import AuthenticationForm

from bookgen_site.accounts import second_factor
from bookgen_site.accounts.logins import TooManyTries, log_in
from bookgen_site.accounts.models import User
from bookgen_site.accounts.waiting import wait

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


class DeskLogin(LoginView):
    """Logs in whoever needs no more than a password; all others go on to the second step."""

    authentication_form = DeskLoginForm
    template_name = "admin/login.html"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        if not second_factor.is_asked(user):
            return super().form_valid(form)
        wait(self.request, user=user, target=self.get_success_url())
        return redirect("account:code")


def desk_login(request: HttpRequest) -> HttpResponseBase:
    """The admin's own page, with the second step after it; it answers 429 while tries are too many."""
    if request.method == "GET" and admin.site.has_permission(request):
        return redirect("admin:index")
    frame = admin.site.each_context(request)
    told = {
        "title": _("Log in"),
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
    }
    response = DeskLogin.as_view(extra_context={**frame, **told})(request)
    seconds = getattr(request, WAIT, None)
    if seconds is not None:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(seconds)
    return response
