"""`manage.py reference_docx FILE`: the Word file with the styles of a book, for a team to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from biographies.exports.docx import House, reference_docx
from biographies.exports.docx.house import DEFAULT_FACE
from biographies.exports.options import DEFAULTS, TRIMS
from biographies.wishes import LANGUAGES


class Command(BaseCommand):
    """Writes the file and leaves an existing one alone."""

    help = (
        "Write the Word file with the styles of a book; name it in BOOK_REFERENCE_DOCX after changing them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and for which page."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--trim", choices=list(TRIMS), default=DEFAULTS.trim)
        parser.add_argument("--language", choices=LANGUAGES, default="en")

    def handle(self, *_args: Any, file: Path, trim: str, language: str, **_options: Any) -> None:
        """Write it."""
        data = reference_docx(House(face=settings.BOOK_FONT or DEFAULT_FACE), trim, language)
        try:
            with file.open("xb") as made:
                made.write(data)
        except OSError as error:
            raise CommandError(f"“{file}” can't be written ({error.strerror}).") from error
        self.stdout.write(f"{file}: change its styles in Word, then set BOOK_REFERENCE_DOCX.")
