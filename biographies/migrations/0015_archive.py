# Books can be archived while they rest.

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("biographies", "0014_team_settings"),
    ]

    operations = [
        migrations.AddField(
            model_name="biographyjob",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archived"),
        ),
        migrations.AddConstraint(
            model_name="biographyjob",
            constraint=models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | Q(status__in=["completed", "failed", "cancelled"]),
                name="job_archived_rests",
            ),
        ),
    ]
