from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0007_what_asked_for_a_ticket'),
    ]

    operations = [
        migrations.AddField(
            'socketticket', 'session_key', models.CharField(db_default='', default='', max_length=40)
        ),
    ]
