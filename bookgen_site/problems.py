"""Every error of the API in one shape: problem details by RFC 9457, with a stable `code` for programs.

`{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "…", "code": "illegal_state"}`, and
for wrong input `"errors": {"field": ["…"]}`. Nothing of a traceback ever leaves.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from biographies.errors import BadWish, BookError, Forbidden, Unknown
from bookgen_site.lib.store import BlobMissing
from sources.errors import SourceError

log = structlog.get_logger(__name__)

CONTENT_TYPE: Final = "application/problem+json"
API_PREFIX: Final = "/api/"
Problem = dict[str, Any]


class Other(NamedTuple):
    """What an exception that isn't made for clients means to them."""

    kinds: tuple[type[Exception], ...]
    status: int
    code: str
    detail: object


MALFORMED: Final = Other((SuspiciousOperation,), 400, "bad_request", _("The request is malformed."))
DENIED: Final = Other((PermissionDenied,), 403, "permission_denied", _("You may not do this."))
NOTHING: Final = Other((Http404,), 404, "not_found", _("There is nothing here."))
BROKEN: Final = Other((), 500, "internal", _("Something went wrong here. It has been logged."))
AWAY: Final = Other(
    (OperationalError, InterfaceError),
    503,
    "unavailable",
    _("A service that this needs doesn't answer. Try again in a moment."),
)
AWAY_SECONDS: Final = "5"  # Retry-After
OTHERS: Final = (
    NOTHING,
    DENIED,
    Other((BlobMissing,), 410, "file_lost", _("The file is gone from the store. Export the book again.")),
    Other((RequestDataTooBig,), 413, "too_large", _("The request is too large.")),
    MALFORMED,
    AWAY,
)


def problem(status: int, code: str, detail: object, errors: Mapping[str, Any] | None = None) -> Problem:
    """The body of an answer that tells of an error."""
    body = {
        "type": "about:blank",  # RFC 9457: then the title is that of the HTTP status
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
        "code": code,
    }
    return body | {"errors": errors} if errors else body


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler: whatever was raised in a view becomes a problem."""
    set_rollback()
    body = _described(error)
    headers = _headers(body)
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(wait))
    if body["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("api_error", path=context["request"].path, exc_info=error)
    # In JSON, whatever else the view can write: the schema's page would answer in YAML.
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), CONTENT_TYPE
    return Response(body, status=body["status"], headers=headers, content_type=CONTENT_TYPE)


def _described(error: Exception) -> Problem:
    """What the error is to a client: the project's own errors first, then DRF's, then all others."""
    if isinstance(error, BookError):
        return _of_book(error)
    if isinstance(error, SourceError):
        return problem(400, "bad_source", error.reason)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if _of_redis(error):
        return _body(AWAY)
    return _body(next((row for row in OTHERS if isinstance(error, row.kinds)), BROKEN))


def _of_redis(error: Exception) -> bool:
    """Whether Redis raised it. By name: an embedded installation never loads the package."""
    return any(kind.__module__ == "redis.exceptions" for kind in type(error).__mro__)


def _of_book(error: BookError) -> Problem:
    """What an action refused: 400 for a setting, 403 for a person, 404 for what isn't there, 409 for a state."""
    if isinstance(error, BadWish):
        return problem(400, error.code, _("A setting doesn't make sense."), {error.field: [str(error)]})
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 409)
    return problem(status, error.code, str(error))


_STATUS: Final[Mapping[type[BookError], int]] = {Forbidden: 403, Unknown: 404}


def _of_framework(error: exceptions.APIException) -> Problem:
    if isinstance(error, exceptions.ValidationError):
        return problem(400, "invalid", _("Some fields are wrong."), dict(_by_field(error.detail)))
    code = error.get_codes()
    return problem(error.status_code, code if isinstance(code, str) else "error", error.detail)


def _by_field(detail: Any, field: str = "") -> Iterator[tuple[str, list[str]]]:
    """DRF's nested errors as one flat list: what is wrong with the third source stands under "sources.2"."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _by_field(inner, f"{field}.{name}" if field else str(name))
    else:
        yield field or "body", [str(message) for message in detail]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: a host that isn't ours, a malformed request line."""
    if not request.path.startswith(API_PREFIX):
        return defaults.bad_request(request, exception)
    return _told(MALFORMED)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    if not request.path.startswith(API_PREFIX):
        return defaults.permission_denied(request, exception)
    return _told(DENIED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: an address that no view has."""
    if not request.path.startswith(API_PREFIX):
        return defaults.page_not_found(request, exception)
    return _told(NOTHING)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: what broke outside of the API's views."""
    error = sys.exc_info()[1]  # Django calls its handler while it handles the error
    body = _described(error) if isinstance(error, Exception) else _body(BROKEN)
    if request.path.startswith(API_PREFIX):
        return plain(body)
    page = defaults.server_error(request)
    if body["code"] == AWAY.code:  # browsers and proxies are told the same as programs
        page.status_code, page["Retry-After"] = AWAY.status, AWAY_SECONDS
    return page


def plain(body: Problem) -> HttpResponse:
    """A problem as an answer that no view gives."""
    response = JsonResponse(body, status=body["status"], content_type=CONTENT_TYPE)
    for name, value in _headers(body).items():
        response[name] = value
    return response


def _told(other: Other) -> HttpResponse:
    return plain(_body(other))


def _body(other: Other) -> Problem:
    return problem(other.status, other.code, other.detail)


def _headers(body: Problem) -> dict[str, str]:
    return {"Retry-After": AWAY_SECONDS} if body["code"] == AWAY.code else {}
