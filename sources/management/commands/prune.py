"""`manage.py prune`: free the store of what nothing needs any more; beat does the same once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sources.pruning import prune


class Command(BaseCommand):
    """Removes files that no source and no export names, and old readings."""

    help = "Remove stored files that no source and no export has named for eight days, and readings of yesterday."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prune and tell what went."""
        found = prune()
        megabytes = found.size / 1_000_000
        self.stdout.write(
            f"Removed: files {found.files}, readings {found.readings}; freed: {megabytes:.1f} MB."
        )
