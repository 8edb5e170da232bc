"""How a text was approved. The table's trigger is set aside meanwhile, and then guards the new column too."""

from __future__ import annotations

from django.db import migrations, models

from bookgen_site.lib.triggers import frozen, thawed

COLUMNS = ["revision_id", "revision_sha256", "by_name", "at"]
MANNERS = ["single", "together", "unread"]


class Migration(migrations.Migration):
    dependencies = [("biographies", "0005_holds_targets")]
    operations = [
        thawed("approvals", COLUMNS),
        migrations.AddField(
            model_name="approval",
            name="manner",
            field=models.CharField(
                choices=[
                    ("single", "by itself"),
                    ("together", "together with others, from the list"),
                    ("unread", "unread, at the command line"),
                ],
                default="single",
                max_length=10,
                verbose_name="how",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("manner__in", MANNERS)), name="approval_manner_known"
            ),
        ),
        frozen("approvals", [*COLUMNS, "manner"]),
    ]
