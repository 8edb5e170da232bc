"""`manage.py search_indexes`: the indexes that migrations left out, once PostgreSQL has its extension pg_trgm."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.translation import gettext as _

from bookgen_site.lib.search_indexes import make_missing


class Command(BaseCommand):
    """Makes them while the team goes on working. It may be cut off and given again."""

    help = "Make the indexes for searches of long lists that aren't there yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Name what was made."""
        made = make_missing(connection)
        self.stdout.write(_("Made: %s.") % ", ".join(made) if made else _("There is nothing to be made."))
