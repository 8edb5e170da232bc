"""The author reads along, where the job says so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('biographies', '0009_comments'),
    ]

    operations = [
        migrations.AddField(
            model_name='biographyjob',
            name='shares_chapters',
            field=models.BooleanField(default=False, help_text="The author's link shows the chapters, and takes comments on their sentences.", verbose_name='the author reads along'),
        ),
    ]
