# Units are searched by name and error, and the money of a month is summed from an index alone.

from django.db import migrations, models

from bookgen_site.lib.search_indexes import AddIndexAside, searchable


class Migration(migrations.Migration):
    atomic = False  # indexes are made beside the work that goes on

    dependencies = [("engine", "0004_deaths_of_workers")]

    operations = [
        searchable("unit_search", "units", ["key", "error"]),
        AddIndexAside("modelcall", models.Index(fields=["created_at", "cost_micros"], name="call_by_day_and_cost")),
        migrations.RemoveIndex("modelcall", "call_by_day"),
    ]
