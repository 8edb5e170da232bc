from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0006_search'),
    ]

    operations = [
        migrations.AddField('socketticket', 'family_id', models.UUIDField(null=True)),
        migrations.AddField('socketticket', 'client_token_id', models.BigIntegerField(null=True)),
    ]
