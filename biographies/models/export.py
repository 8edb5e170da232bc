"""The files that a book became."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from biographies.exports.formats import FORMATS
from biographies.models.job import BiographyJob
from bookgen_site.lib.constraints import at_least, one_of


class Export(models.Model):
    """One file, made from the revisions that `revision_hashes` names (chapter id → hash).

    They are all approved, but in a draft. `options` are the ExportOptions by which it was printed; `images` what
    `biographies.images.as_printed` says of each image in it: its hash, its place and its words (None: it is older).
    """

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(_("format"), max_length=10)
    blob = models.CharField(max_length=64)  # the SHA-256 of its bytes, by which the store finds it
    filename = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField(_("bytes"))
    words = models.PositiveIntegerField(_("words"))
    revision_hashes = models.JSONField(default=dict)
    images = models.JSONField(_("images"), default=list, null=True, blank=True)
    draft = models.BooleanField(_("draft"), default=False)
    options = models.JSONField(_("how it is printed"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        db_table = "exports"
        ordering = ["-id"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            one_of("format", list(FORMATS), "export_format_known"),
            at_least("size", 1, "export_not_empty"),
            models.UniqueConstraint(fields=["job", "format", "blob"], name="export_once_per_content"),
        ]

    def __str__(self) -> str:
        return self.filename
