"""One section of the book."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models.job import BiographyJob
from biographies.vocabulary import ChapterKind, ChapterStatus
from bookgen_site.lib.constraints import one_of


class Chapter(models.Model):
    """A numbered chapter or special section. Content and word count are those of the current revision."""

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="chapters")
    kind = models.CharField(
        _("kind"), max_length=20, choices=ChapterKind.choices, default=ChapterKind.CHAPTER
    )
    chapter_number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=255)
    synopsis = models.TextField(_("synopsis"), blank=True, default="")
    target_words = models.PositiveIntegerField(_("target words"), default=0)
    status = models.CharField(
        _("status"), max_length=20, choices=ChapterStatus.choices, default=ChapterStatus.PLANNED
    )
    # One column, so there is one current revision by construction; no row of a revision ever changes.
    current_revision = models.OneToOneField(
        "biographies.ChapterRevision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="current_of",
    )
    parked_reason = models.TextField(_("why it was parked"), blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "chapters"
        ordering = ["job", "chapter_number", "id"]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [
            one_of("kind", ChapterKind.values, "chapter_kind_known"),
            one_of("status", ChapterStatus.values, "chapter_status_known"),
            models.UniqueConstraint(fields=["job", "chapter_number"], name="chapter_number_once"),
            models.UniqueConstraint(
                fields=["job", "kind"], condition=~Q(kind="chapter"), name="special_section_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="chapter", chapter_number__gte=1)
                | (~Q(kind="chapter") & Q(chapter_number__isnull=True)),
                name="chapter_number_only_for_chapters",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(current_revision__isnull=False),
                name="chapter_approved_has_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chapter_number}. {self.title}" if self.chapter_number else self.title

    @property
    def content(self) -> str:
        """The current text; "" before there is one."""
        return self.current_revision.text if self.current_revision else ""

    @property
    def word_count(self) -> int:
        """The words of the current text."""
        return self.current_revision.word_count if self.current_revision else 0
