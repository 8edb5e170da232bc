"""Addresses of the evidence's API, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from sources.api.views import Sources

urlpatterns = [path("biographies/<uuid:job_id>/sources", Sources.as_view(), name="api-sources")]
