"""Logging in by name and password, with few tries: the desk and the API go through the same door."""

from __future__ import annotations

import hashlib
import math
from typing import Final

import structlog
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import ngettext

from bookgen_site.accounts.models import User
from bookgen_site.lib.clients import place_of
from bookgen_site.lib.limits import Limit, forget, take

log = structlog.get_logger(__name__)

TRIES: Final = 5  # wrong passwords of one person from one address
TRIES_OF_PLACE: Final = 30  # of one address, whoever it tries to be
WINDOW: Final = 15 * 60  # seconds


class TooManyTries(Exception):
    """No password is looked at for the next `wait` seconds."""

    def __init__(self, wait: float) -> None:
        self.wait = math.ceil(wait)
        minutes = math.ceil(wait / 60)
        told = ngettext("Too many tries. Wait %d minute.", "Too many tries. Wait %d minutes.", minutes)
        super().__init__(told % minutes)


def log_in(request: HttpRequest, *, username: str, password: str) -> User | None:
    """The person with this name and password, or None. Raises TooManyTries before it looks.

    The try is counted first and given back when the password was right: many threads at once get no more
    tries than one after the other.
    """
    place = place_of(request.META)
    whose = hashlib.sha256(f"{username.strip().lower()}\0{place}".encode()).hexdigest()
    mine = Limit("login", whose, TRIES, WINDOW)
    verdicts = take(mine, Limit("logins", place, TRIES_OF_PLACE, WINDOW))
    if refused := [verdict for verdict in verdicts if not verdict.allowed]:
        log.warning("login_throttled", place=place)
        raise TooManyTries(max(verdict.reset for verdict in refused))
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        # Not the name that was typed: people type their passwords there.
        log.warning("login_failed", place=place)
        return None
    log.info("login", user=user.pk, place=place)
    forget(mine)
    return user
