"""The immutable texts of a chapter, and the approvals that name them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from biographies.models.chapter import Chapter
from biographies.vocabulary import Manner, Origin
from bookgen_site.lib.constraints import at_least, one_of


class ChapterRevision(models.Model):
    """One text of a chapter. A trigger refuses every change of it; restoring makes a new one."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("text"))  # Markdown with citation marks: [^3] names citation 3 of this revision
    sha256 = models.CharField(_("hash"), max_length=64)
    word_count = models.PositiveIntegerField(_("words"))
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices)
    instruction = models.TextField(_("instruction"), blank=True, default="")
    # Which paragraphs of the text before it were written anew, from 1; empty: the whole text.
    paragraphs = models.JSONField(_("paragraphs"), default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="revisions"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        db_table = "chapter_revisions"
        ordering = ["chapter", "-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            one_of("origin", Origin.values, "revision_origin_known"),
            at_least("number", 1, "revision_number_from_one"),
            models.UniqueConstraint(fields=["chapter", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chapter} · r{self.number}"


class Approval(models.Model):
    """A person has approved exactly this text. Kept when a later text takes its place."""

    revision = models.OneToOneField(ChapterRevision, on_delete=models.CASCADE, related_name="approval")
    revision_sha256 = models.CharField(_("hash"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="approvals"
    )
    by_name = models.CharField(_("who"), max_length=150)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    manner = models.CharField(_("how"), max_length=10, choices=Manner.choices, default=Manner.SINGLE)

    class Meta:
        db_table = "approvals"
        constraints = [one_of("manner", Manner.values, "approval_manner_known")]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self) -> str:
        return f"{self.by_name} → {self.revision_sha256[:12]}"
