"""The site's own middleware: request ids in the logs, and the two Content Security Policies."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

# Unfold's lists and forms need Alpine's eval and inline styles. The desk's own pages, which show text
# of sources and models, live under /admin/books/ and stay strict.
RELAXED = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}
RELAXED_PREFIX, STRICT_PREFIX = "/admin/", "/admin/books/"


class LegacyHeadersMiddleware:
    """Stands first, so that every answer has the header that Django no longer sends: old browsers heed it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("X-XSS-Protection", "1; mode=block")
        return response


class DeskPolicyMiddleware:
    """Relax the policy for Unfold's own pages; `csp` reads `_csp_replace` on the way out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(RELAXED_PREFIX) and not request.path.startswith(STRICT_PREFIX):
            response._csp_replace = RELAXED  # type: ignore[attr-defined]
        return response


class RequestIdMiddleware:
    """Bind a request id to every log line of a request, and name it in the answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class OneHopMiddleware:
    """Does nothing, synchronously: standing last, it keeps the whole chain in one thread under ASGI."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
