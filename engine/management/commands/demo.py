"""`manage.py demo`: the book that the project ships the sources of, made and approved in one go."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from bookgen_site.env import BASE_DIR
from engine.management import formatting
from sources.errors import SourceError
from sources.metadata import read_list

DEMO_DIR = BASE_DIR / "sources" / "demo"


class Command(BaseCommand):
    """Runs `generate --approve` on the shipped folder; the person is whoever its sources.json names."""

    help = "Make the demo book from the sources that ship with BookGen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which formats; all other settings are the demo's own."""
        parser.add_argument("--format", type=formatting.formats, metavar="LIST", help=formatting.HELP)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Find the shipped folder and make its book."""
        for folder in sorted(path for path in DEMO_DIR.iterdir() if path.is_dir()):
            call_command(
                "generate",
                self._person(folder),
                sources=folder,
                approve=True,
                format=options["format"],
                stdout=self.stdout,
                stderr=self.stderr,
            )

    def _person(self, folder: Path) -> str:
        try:
            subject = read_list(folder).subject
        except SourceError as error:
            raise CommandError(str(error)) from error
        if subject is None:
            raise CommandError(f"{folder}/sources.json names no person.")
        return subject.name
