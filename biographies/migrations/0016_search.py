# The list of biographies is searched by name and description.

from django.db import migrations

from bookgen_site.lib.search_indexes import searchable


class Migration(migrations.Migration):
    atomic = False  # indexes are made beside the work that goes on

    dependencies = [("biographies", "0015_archive")]

    operations = [
        searchable("job_search", "biography_jobs", ["character", "description"]),
    ]
