"""What every one of the desk's own pages needs, and how the desk answers what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from biographies.admin.navigation import sidebar
from biographies.errors import BookError
from sources.errors import SourceError

REFRESH = "X-Desk-Refresh"  # sent by static/desk/live.js when it fetches a page again to bring it up to date


def show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the desk's own pages in the desk's frame."""
    frame = {
        "title": title,
        "site": settings.UNFOLD,
        "navigation": sidebar(request),
        "languages": settings.LANGUAGES,
        "second_factor": settings.STAFF_TOTP != "off",
        # A refresh in the background must not swallow what is meant for the person's eyes.
        "show_messages": REFRESH not in request.headers,
    }
    return render(request, template, frame | context, status=status)


@contextmanager
def refusals_told(request: HttpRequest, *others: type[Exception]) -> Iterator[None]:
    """What an action refuses becomes a message for the person, never an error page; `others` are raised."""
    try:
        yield
    except others:
        raise
    except (BookError, SourceError) as refusal:
        messages.error(request, str(refusal))
