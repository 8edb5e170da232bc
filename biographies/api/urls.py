"""Addresses of the book's API, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from biographies.api import (
    chapter_views,
    collection_views,
    comment_views,
    event_views,
    export_views,
    finding_views,
    image_views,
    job_views,
    log_views,
    money_views,
    outline_views,
    revision_views,
    status_views,
    webhook_views,
)

JOB = "biographies/<uuid:job_id>"
WEBHOOK = "webhooks/<int:endpoint_id>"
CHAPTER = f"{JOB}/chapters/<int:chapter_id>"
EXPORT = f"{JOB}/exports/<int:export_id>"
IMAGE = f"{JOB}/images/<int:image_id>"
COLLECTION = "collections/<int:collection_id>"

urlpatterns = [
    path("biographies", job_views.Biographies.as_view(), name="api-biographies"),
    path(JOB, job_views.Biography.as_view(), name="api-biography"),
    path(f"{JOB}/status", status_views.BiographyStatus.as_view(), name="api-biography-status"),
    path(f"{JOB}/start", job_views.Start.as_view(), name="api-start"),
    path(f"{JOB}/pause", job_views.Pause.as_view(), name="api-pause"),
    path(f"{JOB}/resume", job_views.Resume.as_view(), name="api-resume"),
    path(f"{JOB}/cancel", job_views.Cancel.as_view(), name="api-cancel"),
    path(f"{JOB}/retry", job_views.Retry.as_view(), name="api-retry"),
    path(f"{JOB}/archive", job_views.Archive.as_view(), name="api-archive"),
    path(f"{JOB}/unarchive", job_views.Unarchive.as_view(), name="api-unarchive"),
    path(f"{JOB}/draft", job_views.Draft.as_view(), name="api-draft"),
    path(f"{JOB}/export", job_views.ExportAgain.as_view(), name="api-export"),
    path(f"{JOB}/estimate", money_views.Estimate.as_view(), name="api-estimate"),
    path(f"{JOB}/cost", money_views.Cost.as_view(), name="api-cost"),
    path(f"{JOB}/outline", outline_views.Outline.as_view(), name="api-outline"),
    path(f"{JOB}/outline/approve", outline_views.OutlineApprovals.as_view(), name="api-outline-approve"),
    path(f"{JOB}/events", event_views.Events.as_view(), name="api-events"),
    path(f"{JOB}/logs", log_views.Logs.as_view(), name="api-logs"),
    path(f"{JOB}/findings", finding_views.BookFindings.as_view(), name="api-findings"),
    path(f"{JOB}/findings/<int:finding_id>", finding_views.OneFinding.as_view(), name="api-finding"),
    path(f"{JOB}/chapters", chapter_views.Chapters.as_view(), name="api-chapters"),
    path(CHAPTER, chapter_views.ChapterDetail.as_view(), name="api-chapter"),
    path(f"{CHAPTER}/approve", chapter_views.ChapterApproval.as_view(), name="api-approve"),
    path(f"{CHAPTER}/request-changes", chapter_views.ChapterChanges.as_view(), name="api-request-changes"),
    path(f"{CHAPTER}/regenerate", chapter_views.ChapterRegeneration.as_view(), name="api-regenerate"),
    path(
        f"{CHAPTER}/regenerate/estimate",
        chapter_views.RegenerationEstimate.as_view(),
        name="api-regenerate-estimate",
    ),
    path(f"{CHAPTER}/revisions", revision_views.Revisions.as_view(), name="api-revisions"),
    path(f"{CHAPTER}/revisions/<int:number>", revision_views.Revision.as_view(), name="api-revision"),
    path(f"{CHAPTER}/compare", revision_views.Comparison.as_view(), name="api-compare"),
    path(f"{CHAPTER}/citations", revision_views.Citations.as_view(), name="api-citations"),
    path(f"{CHAPTER}/findings", finding_views.ChapterFindings.as_view(), name="api-chapter-findings"),
    path(f"{CHAPTER}/comments", comment_views.Comments.as_view(), name="api-comments"),
    path(
        f"{CHAPTER}/comments/<int:comment_id>/resolve",
        comment_views.CommentResolution.as_view(),
        name="api-comment-resolve",
    ),
    path(f"{JOB}/images", image_views.Images.as_view(), name="api-images"),
    path(IMAGE, image_views.OneImage.as_view(), name="api-image"),
    path(f"{IMAGE}/file", image_views.ImageFile.as_view(), name="api-image-file"),
    path(f"{JOB}/exports", export_views.Exports.as_view(), name="api-exports"),
    path(f"{JOB}/exports/links", export_views.AllLinks.as_view(), name="api-links"),
    path(f"{EXPORT}/download", export_views.Download.as_view(), name="api-download"),
    path(f"{EXPORT}/link", export_views.Links.as_view(), name="api-link"),
    path("files/<str:token>", export_views.LinkedFile.as_view(), name="api-linked-file"),
    path("collections", collection_views.Collections.as_view(), name="api-collections"),
    path(COLLECTION, collection_views.OneCollection.as_view(), name="api-collection"),
    path(f"{COLLECTION}/import", collection_views.Import.as_view(), name="api-collection-import"),
    path(f"{COLLECTION}/next", collection_views.Next.as_view(), name="api-collection-next"),
    path(f"{COLLECTION}/people", collection_views.People.as_view(), name="api-people"),
    path(f"{COLLECTION}/people/<int:person_id>", collection_views.Person.as_view(), name="api-person"),
    path("webhooks", webhook_views.Webhooks.as_view(), name="api-webhooks"),
    path(WEBHOOK, webhook_views.Webhook.as_view(), name="api-webhook"),
    path(f"{WEBHOOK}/state", webhook_views.WebhookState.as_view(), name="api-webhook-state"),
    path(f"{WEBHOOK}/secret", webhook_views.WebhookSecret.as_view(), name="api-webhook-secret"),
    path(f"{WEBHOOK}/rotate", webhook_views.WebhookRotation.as_view(), name="api-webhook-rotate"),
    path(f"{WEBHOOK}/test", webhook_views.WebhookTest.as_view(), name="api-webhook-test"),
    path(f"{WEBHOOK}/messages", webhook_views.WebhookMessages.as_view(), name="api-webhook-messages"),
    path(f"{WEBHOOK}/replay", webhook_views.WebhookReplay.as_view(), name="api-webhook-replay"),
]
