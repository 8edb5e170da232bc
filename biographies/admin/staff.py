"""The door before every page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., HttpResponseBase]


def staff(view: Callable[..., Any]) -> View:
    """The view behind the login.

    A session may end while somebody writes. Their deed has no page of its own to come back to, so that the login leads
    to the page on which they were, where the browser has kept their words.
    """
    inside: View = admin.site.admin_view(view)

    @wraps(view)
    def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not admin.site.has_permission(request):
            return redirect_to_login(_page_before(request), reverse("admin:login"))
        return inside(request, *args, **kwargs)

    return at_the_door


def _page_before(request: HttpRequest) -> str:
    """The page of this site that the request came from, or the home."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return reverse("admin:index")
    page = urlsplit(before)
    return f"{page.path}?{page.query}" if page.query else page.path
