"""Addresses of the evidence's API, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from sources.api.suggestion_views import Suggestion, Suggestions
from sources.api.views import Sources

JOB = "biographies/<uuid:job_id>"

urlpatterns = [
    path(f"{JOB}/sources", Sources.as_view(), name="api-sources"),
    path(f"{JOB}/suggestions", Suggestions.as_view(), name="api-suggestions"),
    path(f"{JOB}/suggestions/<int:number>", Suggestion.as_view(), name="api-suggestion"),
]
