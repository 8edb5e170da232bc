"""For watchdogs: whether the process lives, and whether it can do its work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from bookgen_site import services
from bookgen_site.problems import AWAY, plain, problem


def health(_request: HttpRequest) -> JsonResponse:
    """`{"status": "ok"}` as long as the process answers. It touches nothing: no watchdog kills a healthy one."""
    return JsonResponse({"status": "ok"})


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
