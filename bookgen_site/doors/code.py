"""The page that asks for the code, after the password was right."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bookgen_site.accounts import second_factor
from bookgen_site.accounts.logins import TooManyTries
from bookgen_site.accounts.waiting import Waiting, let_in, waiting
from bookgen_site.doors.answering import show
from bookgen_site.doors.forms import CodeForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask for the code and let in whoever has it. Who has waited too long begins with the password again."""
    found = waiting(request)
    if found is None:
        return redirect("admin:login")
    if not second_factor.is_set_up(found.user):
        return redirect("account:second-factor")
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return show(request, "code", {"form": form})
    return _looked_at(request, found, form)


def _looked_at(request: HttpRequest, found: Waiting, form: CodeForm) -> HttpResponse:
    try:
        right = second_factor.passes(user=found.user, code=form.cleaned_data["code"])
    except TooManyTries as error:
        form.add_error("code", str(error))
        answer = show(request, "code", {"form": form}, HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(error.wait)
        return answer
    if right:
        let_in(request, found.user)
        return redirect(found.target)
    form.add_error("code", _("This isn't the code, or it was used already. Wait for the next one."))
    return show(request, "code", {"form": form})
