"""Sessions: whether one still holds, and those of people who haven't come back, which are forgotten."""

from __future__ import annotations

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from bookgen_site.accounts.models import User
from bookgen_site.lib import clock


def forget_expired() -> int:
    """Delete the sessions that nobody can use any more; returns how many."""
    count, _by_model = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return count


def session_holds(session_key: str, user: User) -> bool:
    """Whether this person is still logged in by this session: nobody logged out, and the password is the same."""
    row = Session.objects.filter(pk=session_key, expire_date__gt=clock.now()).first()
    if row is None:
        return False
    told = row.get_decoded()
    agreed = constant_time_compare(str(told.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
    return agreed and told.get(SESSION_KEY) == str(user.pk)
