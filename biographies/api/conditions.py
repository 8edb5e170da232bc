"""Requests that hold only under a condition: If-Match (RFC 9110) and Idempotency-Key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from biographies.errors import Stale
from biographies.once import Answer, once
from bookgen_site.accounts.models import User

# A door that compresses an answer makes its tag weak (nginx does). A tag names the state of a row and no bytes, so
# what is weak names the same state.
_TAG: Final = re.compile(r'(?:W/)?"v(\d{1,9})"')
_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")

IF_MATCH: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description='the ETag of what was read, for example “"v3"”'
)
IF_MATCH_NEEDED: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="the ETag of what was read"
)
IF_NONE_MATCH: Final = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="the ETag that you have: 304 when it still holds",
)
IDEMPOTENCY_KEY: Final = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="any 1 to 255 visible characters: the same request with the same key is carried out once in 24 hours",
)


class PreconditionFailed(APIException):
    """The thing isn't what it was when it was read."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "stale"
    default_detail: Any = _("It has changed since you read it. Read it again.")


class PreconditionRequired(APIException):
    """Whoever changes this must say what was read."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail: Any = _("Send the ETag of what you have read as If-Match.")


def etag_of(version: int) -> str:
    """The version of a row as an entity tag."""
    return f'"v{version}"'


def version_read(request: Request, *, required: bool) -> int | None:
    """The version that If-Match names; None for `*` or no header. Raises when it is required, or no tag of ours.

    Of a list the newest counts: no version comes again, so an older one can't be the present state.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        if required:
            raise PreconditionRequired
        return None
    if given == "*":
        return None
    found = [_TAG.fullmatch(tag.strip()) for tag in given.split(",")]
    versions = [int(tag[1]) for tag in found if tag]
    if not versions:
        raise PreconditionFailed
    return max(versions)


@contextmanager
def stale_fails_the_condition() -> Iterator[None]:
    """What an action calls stale is, to who sent If-Match, a condition that doesn't hold."""
    try:
        yield
    except Stale as error:
        raise PreconditionFailed(str(error)) from error


def carried_out_once(request: Request, by: User, do: Callable[[], Answer]) -> tuple[Answer, dict[str, str]]:
    """The answer of `do`, or what it answered to the same key before, and headers that say which of the two."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return do(), {}
    if not _KEY.fullmatch(key):
        raise ValidationError({"Idempotency-Key": [_("1 to 255 visible ASCII characters are wanted.")]})
    asked = [request.method, request.path, request.data]
    answer, fresh = once(by=by, key=key, asked=asked, do=do)
    return answer, {} if fresh else {"Idempotent-Replayed": "true"}
