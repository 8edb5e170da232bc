"""One biography being made."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.vocabulary import AuthorName, CitationStyle, JobStatus, Mode, Phase
from bookgen_site.lib.constraints import at_least, between, filled, one_of

# In these a job rests, and can be put into the archive: nobody works on it, and nothing waits for somebody.
RESTING = [JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED]
UNFINISHED = [
    JobStatus.PENDING,
    JobStatus.RUNNING,
    JobStatus.PAUSED,
    JobStatus.NEEDS_REVIEW,
    JobStatus.EXPORTING,
]


class BiographyJob(models.Model):
    """Subject, settings, status, phase and progress. `status` is written by `biographies.states` alone."""

    job_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    character = models.CharField(_("character"), max_length=255, help_text=_("The person the book is about."))
    description = models.CharField(_("who they are"), max_length=500, blank=True, default="")

    status = models.CharField(
        _("status"), max_length=20, choices=JobStatus.choices, default=JobStatus.PENDING
    )
    progress = models.FloatField(_("progress"), default=0)
    current_phase = models.CharField(_("phase"), max_length=30, choices=Phase.choices, blank=True, default="")
    error_message = models.TextField(_("error"), blank=True, default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.MANUAL)
    language = models.CharField(_("language"), max_length=12, default="en")
    style = models.TextField(_("style"), blank=True, default="")
    author = models.CharField(
        _("author"), max_length=12, choices=AuthorName.choices, default=AuthorName.EXTRACTIVE
    )
    models_by_role = models.JSONField(_("models"), default=dict, blank=True)
    wanted_chapters = models.PositiveSmallIntegerField(_("chapters"), null=True, blank=True)
    wanted_words = models.PositiveIntegerField(_("words"), null=True, blank=True)
    holds_targets = models.BooleanField(
        _("keep to the words"),
        default=False,
        help_text=_("Write as many words as wished, even where the sources hold less."),
    )
    # None: as many as the mode asks for, fewer for a short book (sources.minimum).
    min_sources = models.PositiveSmallIntegerField(_("fewest valid sources"), null=True, blank=True)
    target_sources = models.PositiveSmallIntegerField(_("sources to be found"), null=True, blank=True)
    accepts_found = models.BooleanField(
        _("use found sources unseen"),
        default=False,
        help_text=_("Without this, each source that BookGen finds waits for your decision."),
    )
    citation_style = models.CharField(
        _("citation style"), max_length=10, choices=CitationStyle.choices, default=CitationStyle.CHICAGO
    )

    # How the book is to be printed: ExportOptions; what isn't told has its default.
    export_formats = models.JSONField(_("formats"), default=list, blank=True)  # empty: formats.DEFAULT
    export_options = models.JSONField(_("how it is printed"), default=dict, blank=True)
    outline_review = models.BooleanField(
        _("approve the outline first"),
        default=False,
        help_text=_("The work stops when the outline is made, and goes on when somebody has approved it."),
    )
    outline_approved_at = models.DateTimeField(_("outline approved"), null=True, blank=True)

    budget_micros = models.PositiveBigIntegerField(_("budget (µ$)"), null=True, blank=True)
    spent_micros = models.PositiveBigIntegerField(_("spent (µ$)"), default=0)

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned_jobs")
    shared_with = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="shared_jobs", blank=True)
    author_name = models.CharField(_("author's name"), max_length=255, blank=True, default="")
    author_email = models.EmailField(_("author's e-mail"), blank=True, default="")
    webhook_url = models.CharField(_("webhook"), max_length=2000, blank=True, default="")
    shares_chapters = models.BooleanField(
        _("the author reads along"),
        default=False,
        help_text=_("The author's link shows the chapters, and takes comments on their sentences."),
    )
    request_key = models.CharField(
        max_length=64, blank=True, default=""
    )  # the same request finds its job again
    # Part of every signed link to a file of the book: another value, and none of them opens any more.
    link_salt = models.CharField(max_length=32, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "biography_jobs"
        ordering = ["-created_at"]
        verbose_name = _("biography")
        verbose_name_plural = _("biographies")
        indexes = [
            models.Index(fields=["status", "-created_at"], name="job_by_status"),
            models.Index(fields=["-created_at"], name="job_by_age"),
            models.Index(fields=["character"], name="job_by_name"),
        ]
        constraints = [
            filled("character", "job_has_character"),
            one_of("status", JobStatus.values, "job_status_known"),
            one_of("current_phase", ["", *Phase.values], "job_phase_known"),
            one_of("mode", Mode.values, "job_mode_known"),
            one_of("author", AuthorName.values, "job_author_known"),
            one_of("citation_style", CitationStyle.values, "job_citation_style_known"),
            between("progress", 0, 100, "job_progress_0_to_100"),
            at_least("spent_micros", 0, "job_spent_not_negative"),
            at_least("wanted_chapters", 1, "job_wants_a_chapter"),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.COMPLETED) | (Q(progress=100) & Q(completed_at__isnull=False)),
                name="job_completed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | Q(status__in=RESTING), name="job_archived_rests"
            ),
            models.UniqueConstraint(
                fields=["request_key"],
                condition=Q(status__in=UNFINISHED) & ~Q(request_key=""),
                name="job_one_unfinished_per_request",
            ),
        ]

    def __str__(self) -> str:
        return self.character
