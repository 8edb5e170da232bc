"""What somebody says of a sentence, or of a chapter as a whole."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models.chapter import Chapter
from biographies.models.revision import ChapterRevision
from bookgen_site.lib.constraints import filled

LONGEST: Final = 4000  # characters of a comment
LONGEST_QUOTE: Final = 2000  # characters of the sentence it is about


class Comment(models.Model):
    """A remark with the words it is about and where they stood in the plain text of its revision.

    In a later revision it belongs to the same words, nearest to that place; where they are gone it is kept and shown
    beside the text. An empty `quote` speaks of the chapter as a whole.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="comments")
    revision = models.ForeignKey(ChapterRevision, on_delete=models.CASCADE, related_name="comments")
    offset = models.PositiveIntegerField(_("place"), default=0)
    quote = models.TextField(_("words it is about"), blank=True, default="")
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    author_name = models.CharField(_("who"), max_length=150)  # a user's, or that of an author's link
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.CharField(_("resolved by"), max_length=150, blank=True, default="")

    class Meta:
        db_table = "comments"
        ordering = ["chapter", "id"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            filled("text", "comment_has_text"),
            filled("author_name", "comment_has_a_name"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by="")
                | (Q(resolved_at__isnull=False) & ~Q(resolved_by="")),
                name="comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
