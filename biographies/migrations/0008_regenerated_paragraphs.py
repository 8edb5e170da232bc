"""Which paragraphs of a text were written anew. The table's trigger is set aside meanwhile, and then guards that too."""

from __future__ import annotations

from django.db import migrations, models

from bookgen_site.lib.triggers import frozen, thawed

COLUMNS = ["chapter_id", "number", "text", "sha256", "origin", "created_at"]


class Migration(migrations.Migration):
    dependencies = [("biographies", "0007_desk")]
    operations = [
        thawed("chapter_revisions", COLUMNS),
        migrations.AddField(
            model_name="chapterrevision",
            name="paragraphs",
            field=models.JSONField(blank=True, default=list, verbose_name="paragraphs"),
        ),
        frozen("chapter_revisions", [*COLUMNS, "paragraphs"]),
    ]
