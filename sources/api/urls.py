"""Addresses of the evidence's API, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from sources.api.check_views import OneValidation, Validation, Validations
from sources.api.fact_views import Facts, Timeline
from sources.api.one_view import OneSource
from sources.api.suggestion_views import Suggestion, Suggestions
from sources.api.views import Sources

JOB = "biographies/<uuid:job_id>"

urlpatterns = [
    path(f"{JOB}/sources", Sources.as_view(), name="api-sources"),
    path(f"{JOB}/sources/<int:number>", OneSource.as_view(), name="api-source"),
    path(f"{JOB}/suggestions", Suggestions.as_view(), name="api-suggestions"),
    path(f"{JOB}/suggestions/<int:number>", Suggestion.as_view(), name="api-suggestion"),
    path(f"{JOB}/facts", Facts.as_view(), name="api-facts"),
    path(f"{JOB}/timeline", Timeline.as_view(), name="api-timeline"),
    path("sources/validate", Validation.as_view(), name="api-validate"),
    path("sources/validations", Validations.as_view(), name="api-validations"),
    path("sources/validations/<uuid:check_id>", OneValidation.as_view(), name="api-validation"),
]
