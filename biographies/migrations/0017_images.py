# Images of a book, and what an export keeps of them.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('biographies', '0016_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='images',
            field=models.JSONField(blank=True, default=list, null=True, verbose_name='images'),
        ),
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('blob', models.CharField(max_length=64)),
                ('media_type', models.CharField(choices=[('image/jpeg', 'JPEG'), ('image/png', 'PNG')], max_length=10, verbose_name='kind')),
                ('width', models.PositiveIntegerField(verbose_name='width')),
                ('height', models.PositiveIntegerField(verbose_name='height')),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('filename', models.CharField(blank=True, default='', max_length=255, verbose_name='file')),
                ('place', models.CharField(choices=[('frontispiece', 'frontispiece, facing the title page'), ('opening', 'at the opening of a chapter'), ('end', 'at the end of a chapter')], max_length=12, verbose_name='place')),
                ('chapter', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='chapter')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('caption', models.CharField(blank=True, default='', max_length=600, verbose_name='caption')),
                ('credit', models.CharField(blank=True, default='', max_length=300, verbose_name='credit')),
                ('alt', models.CharField(max_length=600, verbose_name='alternative text')),
                ('rights', models.CharField(max_length=600, verbose_name='who allows the print')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('version', models.PositiveIntegerField(default=1)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='images', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='images', to='biographies.biographyjob')),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
                'db_table': 'job_images',
                'ordering': ['job', 'chapter', 'place', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__in', ['frontispiece', 'opening', 'end'])), name='image_place_known'), models.CheckConstraint(condition=models.Q(('media_type__in', ['image/jpeg', 'image/png'])), name='image_kind_known'), models.CheckConstraint(condition=models.Q(('blob', ''), _negated=True), name='image_has_file'), models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='image_has_alternative_text'), models.CheckConstraint(condition=models.Q(('rights', ''), _negated=True), name='image_has_rights'), models.CheckConstraint(condition=models.Q(('width__gte', 1)), name='image_has_width'), models.CheckConstraint(condition=models.Q(('height__gte', 1)), name='image_has_height'), models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='image_not_empty'), models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='image_position_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('chapter__isnull', True), ('place', 'frontispiece')), models.Q(models.Q(('place', 'frontispiece'), _negated=True), ('chapter__gte', 1), ('chapter__isnull', False)), _connector='OR'), name='image_chapter_but_for_frontispiece'), models.UniqueConstraint(fields=('job', 'blob'), name='image_once_per_book'), models.UniqueConstraint(condition=models.Q(('place', 'frontispiece')), fields=('job',), name='image_one_frontispiece')],
            },
        ),
    ]
