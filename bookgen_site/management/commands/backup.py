"""`manage.py backup`: the database, the stored files and (encrypted) the kept keys as one proven file."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bookgen_site.backups import alarm
from bookgen_site.backups.errors import BackupError
from bookgen_site.backups.making import Made, back_up
from bookgen_site.backups.sealing import make_key


class Command(BaseCommand):
    """Runs while BookGen runs. A failure ends with status 1 and raises the alert; the next good one ends it."""

    help = "Back up everything into one file, while BookGen runs."
    requires_system_checks = []  # a backup matters most when something is wrong

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and for whom."""
        parser.add_argument(
            "place",
            type=Path,
            help="a file (one.tar.gz), or a folder, made if need be: then the file is named by the time",
        )
        parser.add_argument(
            "--make-key",
            action="store_true",
            help="make a key file at that place instead, and say what BACKUP_RECIPIENT must be",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make a key, or a backup."""
        logging.getLogger().setLevel(logging.ERROR)
        if options["make_key"]:
            self._make_key(options["place"])
            return
        try:
            made = back_up(options["place"], settings.BACKUP_RECIPIENT)
        except BackupError as error:
            alarm.failed(str(error))
            raise CommandError(str(error)) from error
        self._tell(made)

    def _make_key(self, path: Path) -> None:
        try:
            recipient = make_key(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{path} opens the backups: keep it away from this machine, it is needed to restore."
        )
        self.stdout.write(f"BACKUP_RECIPIENT={recipient}")

    def _tell(self, made: Made) -> None:
        manifest = made.manifest
        rows = sum(manifest.contents.counts.values())
        size = made.path.stat().st_size / 1_000_000
        self.stdout.write(
            f"{made.path}: {size:.1f} MB, {rows} rows, {len(manifest.members)} files, read again: whole."
        )
        if not settings.BACKUP_RECIPIENT:
            told = "Not encrypted, so without the keys: keep SECRET_KEY and SECRETS_KEY elsewhere (docs/operations.md)."
            self.stdout.write(told)
        if manifest.lost:
            told = f"{len(manifest.lost)} stored files were missing or damaged, and are not in the backup."
            alarm.failed(told)
            raise CommandError(told)
        alarm.went_well()
