"""Events and audit rows are only ever added."""

from __future__ import annotations

from django.db import migrations

from bookgen_site.lib.triggers import frozen


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [
        frozen("events", ["job_id", "seq", "kind", "payload", "created_at"]),
        frozen("audit", ["at", "actor_id", "actor", "action", "job_id", "target", "before", "after"]),
    ]
