"""Liveness: the process answers. It touches nothing, so that a watchdog never kills a healthy process."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def health(_request: HttpRequest) -> JsonResponse:
    """`{"status": "ok"}` as long as the process can answer at all."""
    return JsonResponse({"status": "ok"})
