"""`manage.py restore`: bring a backup back, all of it or nothing."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookgen_site.backups.errors import BackupError, RestoreError
from bookgen_site.backups.manifest import Manifest
from bookgen_site.backups.restoring import check, restore


class Command(BaseCommand):
    """Works on an empty installation; one in use is replaced only with `--force`, and only when nothing runs."""

    help = "Bring back what `backup` has made. Stop BookGen first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and the key that opens it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key file of an encrypted backup")
        parser.add_argument("--force", action="store_true", help="replace what is here")
        parser.add_argument(
            "--check", action="store_true", help="only read the backup and prove that it is whole"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prove it; bring it back."""
        logging.getLogger().setLevel(logging.ERROR)
        try:
            if options["check"]:
                self._tell(check(options["file"], options["key"]), "It is whole.")
            else:
                found = restore(options["file"], options["key"], force=options["force"])
                self._tell(found, "Everything is back. Start BookGen, and look with: manage.py doctor")
        except (RestoreError, BackupError, OSError) as error:
            raise CommandError(str(error)) from error

    def _tell(self, found: Manifest, told: str) -> None:
        rows = sum(found.contents.counts.values())
        self.stdout.write(
            f"Made {found.made_at} by BookGen {found.release}: {rows} rows, {len(found.members)} files. {told}"
        )
        if found.lost:
            self.stdout.write(f"{len(found.lost)} stored files were missing already when it was made.")
