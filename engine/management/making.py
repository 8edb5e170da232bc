"""How the command line makes a book: the same request finds its job again and goes on with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import IntegrityError, transaction

from biographies.actions import approve, create_job
from biographies.errors import BookError
from biographies.images import StoredPicture, add_image
from biographies.models import BiographyJob, Chapter, Finding
from biographies.models.job import UNFINISHED
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterStatus, FindingStatus, JobStatus, Manner, Severity
from bookgen_site.accounts.models import User
from engine import actions
from engine.management.telling import Say
from sources.errors import SourceError
from sources.extracting import MAX_BYTES
from sources.imaging import stored
from sources.intake import Folder, add_file
from sources.metadata import ListedImage
from sources.vocabulary import Found

Developed = tuple[ListedImage, StoredPicture]
MOST_ERRORS: Final = 5  # that are told of one chapter


def request_key(folder: Folder | None, wishes: dict[str, Any]) -> str:
    """A hash of everything that was asked for: the bytes of every file, the list, and the settings."""
    parts = [json.dumps(wishes, sort_keys=True, default=str)]
    if folder is None:
        return hashlib.sha256(parts[0].encode()).hexdigest()
    parts += [f"{path.name}:{_digest(path)}" for path in folder.files]
    parts.append(folder.listing.identity)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _digest(path: Path) -> str:
    """The file's SHA-256, read piece by piece; one that can't be read is a request of its own until it can."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def find_job(key: str) -> BiographyJob | None:
    """The job of the same request: the unfinished one, or else the newest that was completed."""
    jobs = BiographyJob.objects.filter(request_key=key, status__in=[*UNFINISHED, JobStatus.COMPLETED])
    return min(jobs.order_by("-created_at"), key=lambda job: job.status == JobStatus.COMPLETED, default=None)


def find_or_make(
    *, by: User, folder: Folder | None, key: str, wishes: dict[str, Any], say: Say
) -> tuple[BiographyJob, bool]:
    """The started job of this request, and whether it is new.

    Of two processes that are asked for the same book at once, one makes it; the other finds it and helps.
    """
    try:
        pictures = _developed(folder, say)
        return new_job(by=by, folder=folder, key=key, wishes=wishes, say=say, pictures=pictures), True
    except IntegrityError:
        job = find_job(key)
        if job is None:
            raise
        return job, False


@transaction.atomic
def new_job(
    *,
    by: User,
    folder: Folder | None,
    key: str,
    wishes: dict[str, Any],
    say: Say,
    pictures: Sequence[Developed] = (),
) -> BiographyJob:
    """The job with its sources and images, and started: all of it or nothing, so a kill leaves no half job behind."""
    job = create_job(by=by, request_key=key, **wishes)
    if folder is not None:
        _add_files(job, by, folder, say)
        _add_images(job, by, pictures, say)
    actions.start(job=job, by=by)
    return job


def _add_files(job: BiographyJob, by: User, folder: Folder, say: Say) -> None:
    taken = 0
    for path in folder.files:
        entry = folder.listing.entries.get(path.name)
        try:
            data = _read(path)
            _source, fresh = add_file(
                job=job, by=by, filename=path.name, data=data, entry=entry, found=Found.FOLDER
            )
            taken += fresh
        except SourceError as error:  # its reason names the file
            say(error.reason)
    if not taken:
        raise SourceError("None of the files could be read.")


def _developed(folder: Folder | None, say: Say) -> list[Developed]:
    """The pictures that the list names, decoded before any transaction begins; a bad one is told and left out."""
    if folder is None:
        return []
    found = []
    for one in folder.listing.images:
        try:
            found.append((one, stored(one.file, _read(folder.path / one.file))))
        except SourceError as error:
            say(error.reason)
    return found


def _add_images(job: BiographyJob, by: User, pictures: Iterable[Developed], say: Say) -> None:
    """What is wrong with the words of one is told, and the book is made without it."""
    for one, picture in pictures:
        words = {
            name: getattr(one, name) for name in ("place", "chapter", "caption", "credit", "alt", "rights")
        }
        try:
            add_image(job=job, by=by, picture=picture, filename=one.file, **words)
        except BookError as error:
            say(f"“{one.file}”: {error}")


def _read(path: Path) -> bytes:
    """The file, or so much of it that it's seen to be too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(
            f"“{path.name}” can't be read ({error.strerror}); left alone. "
            "Give yourself the right to read it, and run the same command again."
        ) from error


def approve_all(*, job: BiographyJob, by: User, say: Say) -> int:
    """Approve every chapter that waits for review, in the operator's name; returns how many were refused."""
    refused = 0
    for chapter in chapters_in_order(job.pk).filter(status=ChapterStatus.NEEDS_REVIEW):
        try:
            sha256 = chapter.current_revision.sha256  # type: ignore[union-attr]
            approve(chapter=chapter, sha256=sha256, by=by, manner=Manner.UNREAD)
        except BookError as error:
            if _approved_meanwhile(chapter):
                continue  # another process was asked for the same
            say("\n  ".join([str(error), *_errors(chapter)]))
            refused += 1
    return refused


def _approved_meanwhile(chapter: Chapter) -> bool:
    return Chapter.objects.filter(pk=chapter.pk, status=ChapterStatus.APPROVED).exists()


def _errors(chapter: Chapter) -> list[str]:
    found = Finding.objects.filter(revision=chapter.current_revision, status=FindingStatus.OPEN)
    messages = found.filter(severity=Severity.ERROR).values_list("message", "place")[:MOST_ERRORS]
    return [f"{message} {place}".strip() for message, place in messages]
