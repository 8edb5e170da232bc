# The lists of sources and facts are searched by their words.

from django.db import migrations

from bookgen_site.lib.search_indexes import searchable


class Migration(migrations.Migration):
    atomic = False  # indexes are made beside the work that goes on

    dependencies = [("sources", "0006_address_checks")]

    operations = [
        searchable("source_search", "sources", ["title", "author", "url", "filename"]),
        searchable("fact_search", "facts", ["text"]),
    ]
