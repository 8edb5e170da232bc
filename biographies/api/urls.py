"""Addresses of the book's API, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from biographies.api import chapter_views, event_views, export_views, job_views

JOB = "biographies/<uuid:job_id>"
CHAPTER = f"{JOB}/chapters/<int:chapter_id>"

urlpatterns = [
    path("biographies", job_views.Biographies.as_view(), name="api-biographies"),
    path(JOB, job_views.Biography.as_view(), name="api-biography"),
    path(f"{JOB}/status", job_views.BiographyStatus.as_view(), name="api-biography-status"),
    path(f"{JOB}/start", job_views.Start.as_view(), name="api-start"),
    path(f"{JOB}/pause", job_views.Pause.as_view(), name="api-pause"),
    path(f"{JOB}/resume", job_views.Resume.as_view(), name="api-resume"),
    path(f"{JOB}/cancel", job_views.Cancel.as_view(), name="api-cancel"),
    path(f"{JOB}/retry", job_views.Retry.as_view(), name="api-retry"),
    path(f"{JOB}/export", job_views.ExportAgain.as_view(), name="api-export"),
    path(f"{JOB}/chapters", chapter_views.Chapters.as_view(), name="api-chapters"),
    path(CHAPTER, chapter_views.ChapterDetail.as_view(), name="api-chapter"),
    path(f"{CHAPTER}/approve", chapter_views.ChapterApproval.as_view(), name="api-approve"),
    path(f"{CHAPTER}/regenerate", chapter_views.ChapterRegeneration.as_view(), name="api-regenerate"),
    path(
        f"{CHAPTER}/regenerate/estimate",
        chapter_views.RegenerationEstimate.as_view(),
        name="api-regenerate-estimate",
    ),
    path(f"{JOB}/exports", export_views.Exports.as_view(), name="api-exports"),
    path(f"{JOB}/exports/<int:export_id>/download", export_views.Download.as_view(), name="api-download"),
    path(f"{JOB}/events", event_views.Events.as_view(), name="api-events"),
]
