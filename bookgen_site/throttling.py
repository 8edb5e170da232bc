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
from django.utils.translation import ngettext

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
    if most := settings.RATE_LIMIT_PER_KEY:
        digests = [hashlib.sha256(one.encode()).hexdigest() for one in _carried(request)]
        found += [Limit("key", whose, most, MINUTE) for whose in digests]
    return found


def _carried(request: HttpRequest) -> list[str]:
    """Every key or token of the request: only authentication knows which it heeds, and the others could be made up."""
    authorization = request.headers.get("Authorization", "").partition(" ")[2]
    told = {request.headers.get("X-API-Key", "").strip(), authorization.strip()}
    return sorted(told - {""})


def headers_of(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """The limits and what is left of each; `t` is in how many seconds the next place is free.

    Of two with one name the one that has less left is told.
    """
    least = {v.limit.name: v for v in sorted(verdicts, key=lambda verdict: verdict.left, reverse=True)}
    rows = [(f'"{name}"', least[name]) for name in dict.fromkeys(v.limit.name for v in verdicts)]
    return {
        "RateLimit-Policy": ", ".join(f"{name};q={v.limit.most};w={v.limit.seconds}" for name, v in rows),
        "RateLimit": ", ".join(f"{name};r={v.left};t={math.ceil(v.reset)}" for name, v in rows),
    }


def too_many(verdicts: Sequence[Verdict]) -> HttpResponse:
    """The answer to one request too many."""
    wait = max(1, math.ceil(max(verdict.reset for verdict in verdicts if not verdict.allowed)))
    told = ngettext("Too many requests. Wait %d second.", "Too many requests. Wait %d seconds.", wait)
    response = plain(problem(429, "throttled", told % wait))
    response["Retry-After"] = str(wait)
    return response
