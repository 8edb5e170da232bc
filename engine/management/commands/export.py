"""`manage.py export`: an approved book in more formats, or printed in another way."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from biographies.errors import BookError
from biographies.exports.options import NOTES, TRIMS
from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.actions import ensure_operator
from engine import actions
from engine.management import formatting
from engine.management.book_files import CannotWrite, write_files
from engine.management.watching import work_and_watch


class Command(BaseCommand):
    """Makes the files and copies them into a folder; run again after an interruption, it goes on."""

    help = "Export a book in some formats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which book, in which formats, and how it is printed; what isn't told stays as it was chosen last."""
        parser.add_argument("book", help="the book's id, or the person's name where one book alone has it")
        parser.add_argument("--format", type=formatting.formats, metavar="LIST", help=formatting.HELP)
        parser.add_argument("--trim", choices=TRIMS, help="the size of the pages")
        parser.add_argument("--notes", choices=NOTES, help="where the notes stand")
        parser.add_argument(
            "--recto", action="store_true", default=None, help="chapters open on a right page"
        )
        parser.add_argument("--draft", action="store_true", help="without approvals; every page says so")
        parser.add_argument("--out", type=Path, default=Path(settings.BOOKS_DIR), metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask for the files, make them, copy them."""
        logging.getLogger().setLevel(logging.ERROR)  # the bars own the screen
        console = Console(file=cast("IO[str]", self.stdout), soft_wrap=True)
        job = _book(options["book"])
        printing = {name: options[name] for name in ("trim", "notes", "recto") if options[name] is not None}
        act = actions.draft if options["draft"] else actions.export
        try:
            if options["draft"] or job.status != JobStatus.EXPORTING:  # else an interrupted one goes on
                act(job=job, by=ensure_operator(), options=printing, formats=options["format"])
            work_and_watch(job.pk, settings.ENGINE_THREADS, console, lambda: False)
            job.refresh_from_db()
            if not options["draft"] and job.status != JobStatus.COMPLETED:
                raise CommandError(job.error_message or f"The job is {job.get_status_display()}.")
            for path in write_files(job, options["out"], self.stderr.write, draft=options["draft"]):
                self.stdout.write(str(path.resolve()))
        except KeyboardInterrupt as stopped:
            raise CommandError(
                "Interrupted. Run the same command again to go on.", returncode=130
            ) from stopped
        except (BookError, CannotWrite, OSError) as error:
            raise CommandError(str(error)) from error


def _book(name: str) -> BiographyJob:
    try:
        found = list(BiographyJob.objects.filter(pk=name))
    except ValidationError:  # no id
        found = list(BiographyJob.objects.filter(character=name))
    if len(found) != 1:
        ids = ", ".join(str(one.pk) for one in found)
        raise CommandError(
            f"{len(found)} books are called so: {ids}." if found else f"There is no book “{name}”."
        )
    return found[0]
