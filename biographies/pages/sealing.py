"""What all pages behind a signed link share: limits, and headers that keep the link to its holder.

The link itself is the authority: these pages know no cookie and no session, so a form here needs no token against
forged requests: who could forge one would have to know the link.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from bookgen_site.lib.clients import place_of
from bookgen_site.lib.limits import Limit, take

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

LOOKS: Final = 120  # requests a minute from one place
GUESSES: Final = 20  # links that open nothing, an hour from one place
POLICY: Final = {
    "default-src": [NONE],
    "style-src": [SELF],
    "script-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [NONE],
}


class Closed(Exception):
    """The link opens nothing: never made, expired, revoked, or of a book that is gone. Nobody is told which."""


class TooMany(Exception):
    """Too often, or too many wrong links."""


def sealed(view: View[P]) -> View[P]:
    """Decorate a view whose authority is the signed link in its address."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _sealed(_answer(request, lambda: view(request, *args, **kwargs)))

    return guarded


def _answer(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        require(Limit("link", place_of(request.META), LOOKS, 60))
        try:
            return view()
        except Closed:
            require(Limit("link-guess", place_of(request.META), GUESSES, 3600))
            return render(request, "author/closed.html", status=404)
    except TooMany:
        answer = render(request, "author/too_many.html", status=429)
        answer["Retry-After"] = "60"
        return answer


def require(limit: Limit) -> None:
    """Count one use; raises TooMany."""
    if not take(limit)[0].allowed:
        raise TooMany


def _sealed(answer: HttpResponseBase) -> HttpResponseBase:
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    answer._csp_replace = POLICY  # type: ignore[attr-defined]  # read by django-csp on the way out
    patch_cache_control(answer, private=True, no_store=True)
    return answer
