# The audit is searched by who did what to what.

from django.db import migrations

from bookgen_site.lib.search_indexes import searchable


class Migration(migrations.Migration):
    atomic = False  # indexes are made beside the work that goes on

    dependencies = [("notifications", "0005_socket_tickets")]

    operations = [
        searchable("audit_search", "audit", ["actor", "target", "action"]),
    ]
