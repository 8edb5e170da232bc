"""`manage.py prune`: remove what nothing needs any more, or what is older than the settings say; beat does so daily."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from engine.retention import forget
from sources.pruning import prune


class Command(BaseCommand):
    """Forgets what is too old, then removes files that no source and no export names, and old readings."""

    help = (
        "Remove what is older than the settings KEEP_…_DAYS say, then stored files that no source and no export has "
        "named for eight days, and readings of yesterday."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Forget, prune, and tell what went."""
        forgotten = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in forget().items())
        found = prune()
        megabytes = found.size / 1_000_000
        self.stdout.write(f"Forgotten: {forgotten}.")
        self.stdout.write(
            f"Removed: files {found.files}, readings {found.readings}; freed: {megabytes:.1f} MB."
        )
