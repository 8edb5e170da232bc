"""For watchdogs: whether the process lives, and whether it can do its work."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import MethodNotAllowed

from bookgen_site import services
from bookgen_site.problems import AWAY, plain, problem

View = Callable[[HttpRequest], HttpResponse]
SAFE: Final = ("GET", "HEAD")


def asked_by_machines(view: View) -> View:
    """Only to be read, and refused otherwise as in the API: whoever asks is a program without a form's token."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return view(request)
        refused = plain(problem(405, "method_not_allowed", MethodNotAllowed(request.method or "").detail))
        refused["Allow"] = ", ".join(SAFE)
        return refused

    return answer


@asked_by_machines
def health(_request: HttpRequest) -> HttpResponse:
    """`{"status": "ok"}` as long as the process answers. It touches nothing: no watchdog kills a healthy one."""
    return JsonResponse({"status": "ok"})


@asked_by_machines
def ready(_request: HttpRequest) -> HttpResponse:
    """`{"status": "ready"}`, or 503 with the names of what doesn't answer: then send requests elsewhere."""
    found = {
        "database": services.database(),
        "redis": services.redis(),
        "storage": services.storage(),
    }
    away = sorted(name for name, service in found.items() if service and not service["ok"])
    if not away:
        return JsonResponse({"status": "ready"})
    told = _("This doesn't answer: %s") % ", ".join(away)
    return plain(problem(AWAY.status, AWAY.code, told))
