"""The limits of the API: so many requests a minute from one address, and so many with one key or token.

They stand before authentication, so whoever tries keys is limited like whoever has one. The headers are those of
draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` tells the limits, `RateLimit` what is left of them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookgen_site.lib.clients import place_of
from bookgen_site.lib.limits import Limit, Verdict, take
from bookgen_site.problems import API_PREFIX, plain, problem

Handler = Callable[[HttpRequest], HttpResponse]
MINUTE: Final = 60


class LimitMiddleware:
    """Counts requests under /api/, and answers those that are too many with 429."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limits = limits_of(request) if request.path.startswith(API_PREFIX) else []
        if not limits:
            return self.get_response(request)
        verdicts = take(*limits)
        allowed = all(verdict.allowed for verdict in verdicts)
        response = self.get_response(request) if allowed else too_many(verdicts)
        for name, value in headers_of(verdicts).items():
            response[name] = value
        return response


def limits_of(request: HttpRequest) -> list[Limit]:
    """What this request counts against. Keys are counted as hashes: no store of limits holds one."""
    found = []
    if most := settings.RATE_LIMIT_PER_MINUTE:
        found.append(Limit("ip", place_of(request.META), most, MINUTE))
    carried = request.headers.get("X-API-Key") or request.headers.get("Authorization", "").partition(" ")[2]
    if carried and (most := settings.RATE_LIMIT_PER_KEY):
        whose = hashlib.sha256(carried.strip().encode()).hexdigest()
        found.append(Limit("key", whose, most, MINUTE))
    return found


def headers_of(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """The limits and what is left of each; `t` is in how many seconds the next place is free."""
    rows = [(f'"{verdict.limit.name}"', verdict) for verdict in verdicts]
    return {
        "RateLimit-Policy": ", ".join(f"{name};q={v.limit.most};w={v.limit.seconds}" for name, v in rows),
        "RateLimit": ", ".join(f"{name};r={v.left};t={math.ceil(v.reset)}" for name, v in rows),
    }


def too_many(verdicts: Sequence[Verdict]) -> HttpResponse:
    """The answer to one request too many."""
    wait = max(1, math.ceil(max(verdict.reset for verdict in verdicts if not verdict.allowed)))
    response = plain(problem(429, "throttled", _("Too many requests. Wait %d seconds.") % wait))
    response["Retry-After"] = str(wait)
    return response
