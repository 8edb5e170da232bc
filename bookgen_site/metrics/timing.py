"""How long answers take, counted in each process: a few microseconds a request, and no store is touched.

Where gunicorn has several processes, `PROMETHEUS_MULTIPROC_DIR` (gunicorn.conf.py) makes the counters files of a
folder, and whichever process is asked adds them up.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

Handler = Callable[[HttpRequest], HttpResponse]

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS: Final = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
NAME: Final = "bookgen_http_request_seconds"
SECONDS: Final = Histogram(
    NAME,
    "Seconds from the request to the answer, by the address's pattern",
    ("method", "route", "status"),
    buckets=BUCKETS,
)


class TimingMiddleware:
    """Times each answer. Labels are patterns, not addresses: there are few of them, and none tells a name."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        route = request.resolver_match.route if request.resolver_match else "none"
        SECONDS.labels(method, route, str(response.status_code)).observe(perf_counter() - begun)
        return response
