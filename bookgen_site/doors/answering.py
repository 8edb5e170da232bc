"""What the pages of the second step share: who is there, and how a page looks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookgen_site.accounts.models import User
from bookgen_site.accounts.waiting import Waiting, waiting


def visitor(request: HttpRequest) -> Waiting | None:
    """Whoever may set up a second factor: staff that is logged in, or that waits at the door."""
    user = request.user
    if user.is_authenticated:
        return Waiting(user, settings.LOGIN_REDIRECT_URL) if user.is_staff else None
    found = waiting(request)
    return found if found and found.user.is_staff else None


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """One of these pages; no browser keeps it."""
    response = render(
        request, f"account/{template}.html", {"site": settings.UNFOLD, **context}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response


def may_hold(user: User | None) -> bool:
    """Whether there is anything to set up for this person here."""
    return user is not None and user.is_staff and settings.STAFF_TOTP != "off"
