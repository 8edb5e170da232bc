"""Links by which an author opens the own book without an account."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookgen_site.lib.constraints import filled


class AuthorLink(models.Model):
    """One link. Only the hash of its token is stored; the token follows from the nonce and the site's key."""

    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    job_id = models.UUIDField(db_index=True)
    name = models.CharField(_("for whom"), max_length=255)
    address = models.CharField(_("address"), max_length=254, blank=True, default="")  # in lower case
    made_by = models.CharField(_("made by"), max_length=150)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        db_table = "author_links"
        ordering = ["-id"]
        verbose_name = _("author's link")
        verbose_name_plural = _("authors' links")
        constraints = [filled("digest", "author_link_has_digest"), filled("name", "author_link_has_name")]

    def __str__(self) -> str:
        return self.name
