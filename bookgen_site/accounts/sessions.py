"""Sessions of people who haven't come back: forgotten when their time is over."""

from __future__ import annotations

from django.contrib.sessions.models import Session

from bookgen_site.lib import clock


def forget_expired() -> int:
    """Delete the sessions that nobody can use any more; returns how many."""
    count, _by_model = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return count
