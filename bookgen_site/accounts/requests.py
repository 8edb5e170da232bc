"""Requests on the desk, where everybody has logged in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from bookgen_site.accounts.models import User


class StaffRequest(HttpRequest):
    """What a view behind `admin_view` is given: it lets nobody through who hasn't logged in to the desk."""

    user: User


def person(request: HttpRequest) -> User:
    """The person behind such a request, where the signature says no more than HttpRequest."""
    return cast(User, request.user)
