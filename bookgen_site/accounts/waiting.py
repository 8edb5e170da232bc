"""Who has given the right password and owes the second step: nobody is logged in until it's done."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from bookgen_site.accounts.models import User
from bookgen_site.lib import clock

KEY: Final = "waiting_login"
LASTS: Final = 10 * 60  # seconds: long enough to find the phone, or to set up an app


class Waiting(NamedTuple):
    """The person, and where they wanted to go."""

    user: User
    target: str


def wait(request: HttpRequest, *, user: User, target: str) -> None:
    """Remember in a new session who is at the door; whoever was logged in here isn't any longer."""
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk,
        "target": target,
        "hash": user.get_session_auth_hash(),
        "until": clock.now().timestamp() + LASTS,
    }


def waiting(request: HttpRequest) -> Waiting | None:
    """Who waits in this session, unless it took too long, the password changed meanwhile, or the person is off."""
    kept = request.session.get(KEY)
    if not kept or kept["until"] < clock.now().timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return Waiting(user, kept["target"])


def let_in(request: HttpRequest, user: User) -> None:
    """Log the person in: under a new session key, as Django does it, and with nothing left of the waiting."""
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
