"""Setting up the authenticator app, making new recovery codes, and doing without."""

from __future__ import annotations

import io
from http import HTTPStatus

import segno
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bookgen_site.accounts import second_factor
from bookgen_site.accounts.logins import TooManyTries
from bookgen_site.accounts.models import User
from bookgen_site.accounts.waiting import Waiting, let_in
from bookgen_site.doors.answering import may_hold, show, visitor
from bookgen_site.doors.forms import CodeForm, ConfirmForm
from notifications.publish import audit


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Where the second factor stands; and while there is none, how to set it up."""
    found = visitor(request)
    if found is None:
        return redirect(f"{reverse('admin:login')}?next={reverse('account:second-factor')}")
    _must_hold(found)
    if second_factor.is_set_up(found.user):
        return _state(request, found.user) if request.user.is_authenticated else redirect("account:code")
    form = ConfirmForm(request.POST or None, logged_in=request.user.is_authenticated)
    if form.is_valid() and (codes := _confirmed(request, found, form)):
        return show(request, "codes", {"codes": codes, "target": found.target})
    return _set_up(request, found, form)


@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """The secret as a square for the app's camera, until the app is confirmed."""
    found = visitor(request)
    if found is None or not may_hold(found.user) or second_factor.is_set_up(found.user):
        raise Http404
    drawn = io.BytesIO()
    square = segno.make(second_factor.begin(user=found.user).uri, error="m", micro=False)
    square.save(drawn, kind="svg", scale=5, dark="#000", light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@sensitive_post_parameters()
@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once, for whoever is logged in and gives a code of the app."""
    user, form = _holder(request)
    if not _code_is_right(user, form):
        return _state(request, user, form)
    with transaction.atomic():
        fresh = second_factor.new_codes(user=user)
        audit(by=user, action="make_recovery_codes", target=user.get_username())
    return show(request, "codes", {"codes": fresh, "target": reverse("account:second-factor")})


@sensitive_post_parameters()
@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """Do without the second factor, where the installation lets people choose; it takes a code."""
    user, form = _holder(request)
    if second_factor.must_have(user) or not _code_is_right(user, form):
        return _state(request, user, form)
    with transaction.atomic():
        second_factor.take_away(user=user)
        audit(by=user, action="drop_second_factor", target=user.get_username())
    update_session_auth_hash(request, user)  # this session goes on; all others have ended
    return redirect("account:second-factor")


def _must_hold(found: Waiting) -> None:
    if not may_hold(found.user):
        raise Http404


def _holder(request: HttpRequest) -> tuple[User, CodeForm]:
    """The person who is logged in and has a second factor, with the form that was sent."""
    user = request.user
    if not user.is_authenticated or not may_hold(user) or not second_factor.is_set_up(user):
        raise Http404
    return user, CodeForm(request.POST)


def _confirmed(request: HttpRequest, found: Waiting, form: ConfirmForm) -> list[str] | None:
    """The recovery codes when code and password were right; the person is logged in then."""
    user = found.user
    try:
        second_factor.counted(user)
    except TooManyTries as error:
        form.add_error("code", str(error))
        return None
    if request.user.is_authenticated and not user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("Wrong password."))
        return None
    made = _taken_into_use(user, form.cleaned_data["code"])
    if made is None:
        form.add_error(
            "code", _("This isn't the code that the app should show now. Look at the clock of the phone.")
        )
    elif request.user.is_authenticated:
        update_session_auth_hash(request, user)
    else:
        let_in(request, user)
    return made


@transaction.atomic
def _taken_into_use(user: User, code: str) -> list[str] | None:
    made = second_factor.confirm(user=user, code=code)
    if made is not None:
        audit(by=user, action="set_up_second_factor", target=user.get_username())
    return made


def _code_is_right(user: User, form: CodeForm) -> bool:
    if not form.is_valid():
        return False
    try:
        if second_factor.passes(user=user, code=form.cleaned_data["code"]):
            return True
        form.add_error("code", _("This isn't the code, or it was used already. Wait for the next one."))
    except TooManyTries as error:
        form.add_error("code", str(error))
    return False


def _set_up(request: HttpRequest, found: Waiting, form: ConfirmForm) -> HttpResponse:
    secret = second_factor.begin(user=found.user).secret
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    told = {
        "form": form,
        "groups": groups,
        "must": second_factor.must_have(found.user),
        "target": found.target,
    }
    return show(request, "set_up", told, _status(form))


def _state(request: HttpRequest, user: User, form: CodeForm | None = None) -> HttpResponse:
    form = form or CodeForm()
    left = second_factor.codes_left(user)
    told = {"form": form, "left": left, "must": second_factor.must_have(user)}
    return show(request, "state", told, _status(form))


def _status(form: Form) -> int:
    return HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
