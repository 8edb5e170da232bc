"""The outbox for every channel, how addresses want their mail, and links for authors."""

import bookgen_site.lib.clock
import django.db.models.deletion
import uuid
from django.db import migrations, models

from bookgen_site.lib.triggers import frozen, thawed

COLUMNS = ["job_id", "seq", "kind", "payload", "created_at"]


def name_each(apps, _editor):
    """Every message gets a name; what an earlier release left unsent says too little to become a letter."""
    deliveries = apps.get_model("notifications", "Delivery")
    for pk in list(deliveries.objects.values_list("pk", flat=True)):
        deliveries.objects.filter(pk=pk).update(uid=uuid.uuid4())
    told = "made by an earlier release, which hadn't sent it"
    deliveries.objects.filter(state="waiting").update(state="failed", error=told)
    for row in deliveries.objects.filter(state="sent", sent_at=None):
        deliveries.objects.filter(pk=row.pk).update(sent_at=row.next_at)


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0003_names_of_events'),
    ]

    operations = [
        thawed("events", COLUMNS),
        migrations.CreateModel(
            name='AuthorLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('job_id', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=255, verbose_name='for whom')),
                ('address', models.CharField(blank=True, default='', max_length=254, verbose_name='address')),
                ('made_by', models.CharField(max_length=150, verbose_name='made by')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
            ],
            options={
                'verbose_name': "author's link",
                'verbose_name_plural': "authors' links",
                'db_table': 'author_links',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254, unique=True, verbose_name='address')),
                ('pace', models.CharField(choices=[('at_once', 'at once'), ('daily', 'once a day, together')], default='at_once', max_length=10, verbose_name='when')),
                ('muted', models.JSONField(blank=True, default=list, verbose_name='unwanted kinds')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
                'db_table': 'subscriptions',
                'ordering': ['address'],
            },
        ),
        migrations.CreateModel(
            name='SuppressedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254, verbose_name='address')),
                ('scope', models.CharField(blank=True, default='', max_length=40, verbose_name='about')),
                ('reason', models.CharField(choices=[('unsubscribed', 'unsubscribed'), ('bounced', "the mailbox doesn't exist"), ('complained', 'marked as spam')], max_length=12, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'suppressed address',
                'verbose_name_plural': 'suppressed addresses',
                'db_table': 'suppressed_addresses',
                'ordering': ['-id'],
            },
        ),
        migrations.AlterModelOptions(
            name='delivery',
            options={'ordering': ['-id'], 'verbose_name': 'delivery', 'verbose_name_plural': 'deliveries'},
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_once_per_event',
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_known',
        ),
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_due',
        ),
        migrations.RenameField(model_name='delivery', old_name='not_before', new_name='next_at'),
        migrations.AddField(
            model_name='delivery',
            name='uid',
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='delivery',
            name='uid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='answer',
            field=models.CharField(blank=True, default='', max_length=500, verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='created_at',
            field=models.DateTimeField(default=bookgen_site.lib.clock.now, verbose_name='when'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='digest',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='holds', to='notifications.delivery'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='fence',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='delivery',
            name='kind',
            field=models.CharField(default='', max_length=40, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='lane',
            field=models.CharField(default='email', max_length=80),
        ),
        migrations.AddField(
            model_name='delivery',
            name='lease_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='next_at',
            field=models.DateTimeField(default=bookgen_site.lib.clock.now, verbose_name='next try'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='payload',
            field=models.JSONField(default=dict, verbose_name='content'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='provider_id',
            field=models.CharField(blank=True, db_index=True, default='', max_length=255),
        ),
        migrations.AddField(
            model_name='delivery',
            name='slot',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='target_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='tracked',
            field=models.CharField(blank=True, choices=[('deferred', 'deferred by the mailbox'), ('delivered', 'delivered'), ('opened', 'opened'), ('bounced', 'bounced'), ('rejected', 'rejected'), ('complained', 'marked as spam')], default='', max_length=12, verbose_name='what became of it'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='tracked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='turn',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='address',
            field=models.CharField(max_length=500, verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='channel',
            field=models.CharField(choices=[('email', 'e-mail'), ('webhook', 'webhook'), ('chat', 'chat')], default='email', max_length=20, verbose_name='channel'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='event_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='job_id',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('held', 'kept for the daily mail'), ('merged', 'sent in a daily mail'), ('dropped', 'not sent: the address wants none')], default='waiting', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('progress', 'progress'), ('phase_change', 'phase change'), ('status_change', 'status change'), ('chapter_ready', 'chapter ready'), ('chapter_change', 'chapter change'), ('finding', 'finding'), ('error', 'error'), ('completion', 'completion'), ('question', 'question'), ('answer', 'answer'), ('comment', 'comment'), ('budget', 'budget')], max_length=30, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', 'next_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['lane', 'state'], name='delivery_in_lane'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'webhook', 'chat'])), name='delivery_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'failed', 'held', 'merged', 'dropped'])), name='delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('event_id', 'lane', 'address'), name='delivery_once_per_event'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sending')), fields=('lane', 'slot'), name='delivery_slot_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('slot__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('slot__isnull', True)), _connector='OR'), name='delivery_slot_while_sending'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='delivery_sent_has_time'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['progress', 'phase_change', 'status_change', 'chapter_ready', 'chapter_change', 'finding', 'error', 'completion', 'question', 'answer', 'comment', 'budget'])), name='event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='authorlink',
            constraint=models.CheckConstraint(condition=models.Q(('digest', ''), _negated=True), name='author_link_has_digest'),
        ),
        migrations.AddConstraint(
            model_name='authorlink',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='author_link_has_name'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='subscription_has_address'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('pace__in', ['at_once', 'daily'])), name='subscription_pace_known'),
        ),
        migrations.AddConstraint(
            model_name='suppressedaddress',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='suppressed_has_address'),
        ),
        migrations.AddConstraint(
            model_name='suppressedaddress',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['unsubscribed', 'bounced', 'complained'])), name='suppressed_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='suppressedaddress',
            constraint=models.UniqueConstraint(fields=('address', 'scope'), name='suppressed_once_per_scope'),
        ),
        frozen("events", COLUMNS),
    ]
