"""Revisions are immutable: the database refuses to change one."""

from __future__ import annotations

from django.db import migrations

from bookgen_site.lib.triggers import frozen


class Migration(migrations.Migration):
    dependencies = [("biographies", "0001_initial")]
    operations = [
        frozen("chapter_revisions", ["chapter_id", "number", "text", "sha256", "origin", "created_at"]),
        frozen("approvals", ["revision_id", "revision_sha256", "by_name", "at"]),
    ]
