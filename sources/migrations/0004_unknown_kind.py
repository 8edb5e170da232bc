"""A source of which nobody says what it is stands no longer as a secondary one."""

from typing import Any

from django.db import migrations, models


def unguess(apps: Any, _schema: Any) -> None:
    """Sources without a word about their form had been called secondary by default."""
    source = apps.get_model("sources", "Source")
    source.objects.filter(kind="secondary", form="").update(kind="unknown")


def guess(apps: Any, _schema: Any) -> None:
    """The way back."""
    apps.get_model("sources", "Source").objects.filter(kind="unknown").update(kind="secondary")


class Migration(migrations.Migration):

    dependencies = [
        ("sources", "0003_facts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="source", name="source_kind_known"),
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                choices=[
                    ("primary", "primary"),
                    ("secondary", "secondary"),
                    ("tertiary", "tertiary"),
                    ("unknown", "unknown"),
                ],
                default="unknown",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.RunPython(unguess, guess),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["primary", "secondary", "tertiary", "unknown"])),
                name="source_kind_known",
            ),
        ),
    ]
