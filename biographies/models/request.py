"""Requests of client programs that may be sent twice: what was answered the first time."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookgen_site.lib.constraints import filled


class AnsweredRequest(models.Model):
    """A key that a client chose, the hash of what it asked for, and the answer. Kept for a day (biographies.once)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        db_table = "answered_requests"
        constraints = [
            filled("key", "answered_request_has_key"),
            models.UniqueConstraint(fields=["user", "key"], name="answered_once_per_key"),
        ]

    def __str__(self) -> str:
        return self.key
