"""The site's own middleware: request ids in the logs, and the two Content Security Policies."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

import structlog
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from bookgen_site.lib.logs import REQUESTS

Handler = Callable[[HttpRequest], HttpResponse]

requests = structlog.get_logger(REQUESTS)

ASKED_BY_MACHINES: Final = frozenset({"/health", "/health/ready", "/metrics"})
A_PROXYS_ID: Final = re.compile(r"[0-9a-f]{32}")  # as nginx makes them

# Unfold's lists and forms need Alpine's eval and inline styles. The desk's own pages, which show text
# of sources and models, live under /admin/books/ and stay strict.
RELAXED = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}
RELAXED_PREFIX, STRICT_PREFIX = "/admin/", "/admin/books/"
# Redoc draws itself with styles in the page. It shows this site's own schema and nothing that anybody wrote.
REDOC, REDOC_POLICY = "/api/redoc/", {"style-src": [SELF, UNSAFE_INLINE]}


class HeadMiddleware:
    """Answers HEAD with headers alone: Django leaves that to the server, and gunicorn complains of each in the log."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            else:
                response.headers.setdefault("Content-Length", str(len(response.content)))
                response.content = b""
        return response


class LegacyHeadersMiddleware:
    """Stands first, so that every answer has the header that Django no longer sends: old browsers heed it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("X-XSS-Protection", "1; mode=block")
        return response


class DeskPolicyMiddleware:
    """Relax the policy for Unfold's own pages and Redoc's; `csp` reads `_csp_replace` on the way out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(RELAXED_PREFIX) and not request.path.startswith(STRICT_PREFIX):
            response._csp_replace = RELAXED  # type: ignore[attr-defined]
        if request.path == REDOC:
            response._csp_replace = REDOC_POLICY  # type: ignore[attr-defined]
        return response


class MachinesMiddleware:
    """Watchdogs and Prometheus come by an address, or by a container's name, which no list of hosts can know.

    Nothing in the answers to them depends on the name, so it is taken for the site's own.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in ASKED_BY_MACHINES:
            names = [name for name in settings.ALLOWED_HOSTS if name[0] not in "*."]
            request.META["HTTP_HOST"] = names[0] if names else "localhost"
        return self.get_response(request)


class RequestIdMiddleware:
    """Bind the request's id, and the job's that it is about, to every log line; name the id in the answer.

    Behind a proxy of one's own (TRUSTED_PROXIES) the id is the proxy's, so that both logs tell of one request.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        request_id = _id_of(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        told = requests.debug if request.path in ASKED_BY_MACHINES else requests.info
        told(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            seconds=round(perf_counter() - began, 4),
        )
        return response

    def process_view(self, _request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        """The address is known by now: bind the job in it."""
        if "job_id" in kwargs:
            structlog.contextvars.bind_contextvars(job_id=str(kwargs["job_id"]))


def _id_of(request: HttpRequest) -> str:
    told = request.headers.get("X-Request-Id", "")
    return told if settings.TRUSTED_PROXIES and A_PROXYS_ID.fullmatch(told) else uuid.uuid4().hex


class OneHopMiddleware:
    """Does nothing, synchronously: standing last, it keeps the whole chain in one thread under ASGI."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
