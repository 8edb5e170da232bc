"""`manage.py generate`: a book from a folder of sources, or from found ones, made in this process."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from biographies import wishes
from biographies.errors import BadWish, BookError
from biographies.lengths import with_house_length
from biographies.models import BiographyJob
from biographies.queries import all_approved
from biographies.vocabulary import AuthorName, JobStatus, Mode
from bookgen_site.accounts.actions import ensure_operator
from engine import actions
from engine.authors import NoSuchAuthor, author_of
from engine.management import deciding, formatting, making, telling
from engine.management.book_files import CannotWrite, write_files
from engine.management.watching import work_and_watch
from engine.models_api.usage import MICROS
from sources.errors import SourceError
from sources.intake import Folder, read_folder
from sources.queries import rejections

# The options by the settings of a job that they become.
OPTIONS = {
    "wanted_chapters": "--chapters",
    "wanted_words": "--words",
    "min_sources": "--min-sources",
    "target_sources": "--target-sources",
    "budget_micros": "--budget",
}


class Command(BaseCommand):
    """Makes a biography from sources, given or found; run again after an interruption, it goes on."""

    help = "Make a biography from a folder of sources, or from sources that BookGen finds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments; `--approve` is a person's decision, and the audit names the operator for it."""
        parser.add_argument("character", help="the person the book is about")
        parser.add_argument("--sources", type=Path, metavar="DIR", help="folder of the sources")
        parser.add_argument("--mode", default=Mode.MANUAL.value, choices=Mode.values, help="who finds them")
        parser.add_argument("--target-sources", type=int, metavar="N", help="how many there should be")
        parser.add_argument(
            "--accept-found", action="store_true", help="use found sources, in the operator's name"
        )
        parser.add_argument("--chapters", type=int, metavar="N", help="how many chapters")
        parser.add_argument("--words", type=int, metavar="N", help="about how many words in all")
        parser.add_argument("--language", default="en", choices=wishes.LANGUAGES)
        parser.add_argument("--author", default=AuthorName.EXTRACTIVE.value, choices=AuthorName.values)
        parser.add_argument(
            "--budget", type=float, metavar="USD", help="most that a language model may cost, in dollars"
        )
        parser.add_argument("--min-sources", type=int, default=3, metavar="N", help="fewest valid sources")
        parser.add_argument(
            "--approve", action="store_true", help="approve every chapter, in the operator's name"
        )
        parser.add_argument(
            "--again", action="store_true", help="make a book anew that has been made already"
        )
        parser.add_argument("--format", type=formatting.formats, metavar="LIST", help=formatting.HELP)
        parser.add_argument("--out", type=Path, default=Path(settings.BOOKS_DIR), metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Find or make the job, work it, and say what came of it."""
        began = time.monotonic()
        # The bars own the screen; what is worth telling is in the rows, and told at the end.
        logging.getLogger().setLevel(logging.ERROR)
        self.console = Console(file=cast("IO[str]", self.stdout), soft_wrap=True)
        try:
            author_of(options["author"])
            job = self._job(self._folder(options), options)
            self._work(job, **{name: options[name] for name in ("approve", "accept_found")})
            self._report(job, options, time.monotonic() - began)
        except KeyboardInterrupt as stopped:
            raise CommandError(
                "Interrupted. Run the same command again to go on.", returncode=130
            ) from stopped
        except BadWish as error:
            raise CommandError(f"{OPTIONS.get(error.field, error.field)}: {error}") from error
        except (SourceError, BookError, NoSuchAuthor, CannotWrite, OSError) as error:
            raise CommandError(str(error)) from error

    def _folder(self, options: dict[str, Any]) -> Folder | None:
        path: Path | None = options["sources"]
        if path is None and options["mode"] != Mode.AUTOMATIC:
            raise CommandError("--sources: name the folder of the sources, or use --mode automatic.")
        if path is None:
            return None
        folder = read_folder(path)
        for problem in (*folder.listing.problems, *folder.left_out):
            self._complain(problem)
        return folder

    def _job(self, folder: Folder | None, options: dict[str, Any]) -> BiographyJob:
        asked = {
            "character": options["character"],
            **_length(options),
            "language": options["language"],
            "author": options["author"],
            "min_sources": options["min_sources"],
        }
        if options["format"]:
            asked["export_formats"] = options["format"]
        if options["budget"] is not None:
            asked["budget_micros"] = round(options["budget"] * MICROS)
        if folder and folder.listing.subject:
            asked["description"] = folder.listing.subject.description[:500]
        if options["mode"] != Mode.MANUAL:  # a book from one's own sources is the same request as ever
            asked |= {"mode": options["mode"], "target_sources": options["target_sources"]}
        key = making.request_key(folder, asked)
        job = None if options["again"] else making.find_job(key)
        if job is None:
            job, fresh = making.find_or_make(
                by=ensure_operator(), folder=folder, key=key, wishes=asked, say=self._complain
            )
            if fresh:
                return job
        finished = job.status == JobStatus.COMPLETED
        found = "This book has been made already" if finished else "Going on with the unfinished book"
        self._say(f"{found}: {job.character}.")
        if not finished:
            self._go_on(job, accept=options["accept_found"])
        return job

    def _say(self, message: str) -> None:
        self.console.print(message, markup=False, highlight=False)

    def _complain(self, message: str) -> None:
        self.stderr.write(self.style.WARNING(message))

    def _go_on(self, job: BiographyJob, *, accept: bool) -> bool:
        """Go on with a job that rests, unless found sources wait for a decision that isn't given here."""
        if deciding.waits(job) and job.status == JobStatus.PAUSED:
            if not accept:
                return False
            deciding.accept_all(job, ensure_operator())
        actions.go_on(job=job, by=ensure_operator())
        return True

    def _work(self, job: BiographyJob, *, approve: bool, accept_found: bool) -> None:
        def then() -> bool:
            """At a rest: decide or approve if asked to; True while the job goes on after that."""
            job.refresh_from_db()
            if job.status == JobStatus.PAUSED and accept_found and deciding.waits(job):
                return self._go_on(job, accept=True)
            if job.status != JobStatus.NEEDS_REVIEW or not approve:
                return False
            making.approve_all(job=job, by=ensure_operator(), say=self._complain)
            return all_approved(job.pk)

        work_and_watch(job.pk, settings.ENGINE_THREADS, self.console, then)

    def _report(self, job: BiographyJob, options: dict[str, Any], seconds: float) -> None:
        job.refresh_from_db()
        for name, why in rejections(job.pk):
            if why.removesuffix(".") not in job.error_message:  # what stopped the job names them itself
                self._complain(f"{name}: {why}")
        if job.status == JobStatus.COMPLETED:
            paths = write_files(job, options["out"], self._complain)
            telling.book(job, paths, seconds, self._say)
        elif job.status == JobStatus.NEEDS_REVIEW and options["approve"]:
            raise CommandError(telling.refused(job))
        elif job.status == JobStatus.NEEDS_REVIEW:
            telling.review(job, self._say)
        elif job.status == JobStatus.PAUSED and deciding.waits(job):
            telling.found(job, self._say)
        else:
            raise CommandError(telling.stopped(job))


def _length(options: dict[str, Any]) -> dict[str, int | None]:
    """The chapters and words that were asked for, else those of the settings."""
    told = {"wanted_chapters": options["chapters"], "wanted_words": options["words"]}
    return told | with_house_length({name: value for name, value in told.items() if value is not None})
