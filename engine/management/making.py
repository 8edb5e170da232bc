"""How the command line makes a book: the same request finds its job again and goes on with it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction

from biographies.actions import approve, create_job
from biographies.errors import BookError
from biographies.models import BiographyJob
from biographies.models.job import UNFINISHED
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterStatus, JobStatus
from bookgen_site.accounts.models import User
from engine import actions
from engine.management.telling import Say
from sources.errors import SourceError
from sources.intake import Folder, add_file
from sources.vocabulary import Found


def request_key(folder: Folder | None, wishes: dict[str, Any]) -> str:
    """A hash of everything that was asked for: the bytes of every file, the list, and the settings."""
    parts = [json.dumps(wishes, sort_keys=True, default=str)]
    if folder is None:
        return hashlib.sha256(parts[0].encode()).hexdigest()
    parts += [f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in folder.files]
    parts.append(repr(folder.listing))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_job(key: str) -> BiographyJob | None:
    """The job of the same request: the unfinished one, or else the newest that was completed."""
    jobs = BiographyJob.objects.filter(request_key=key, status__in=[*UNFINISHED, JobStatus.COMPLETED])
    return min(jobs.order_by("-created_at"), key=lambda job: job.status == JobStatus.COMPLETED, default=None)


@transaction.atomic
def new_job(*, by: User, folder: Folder | None, key: str, wishes: dict[str, Any], say: Say) -> BiographyJob:
    """The job with its sources, and started: all of it or nothing, so a kill leaves no half job behind."""
    job = create_job(by=by, request_key=key, **wishes)
    if folder is not None:
        _add_files(job, by, folder, say)
    actions.start(job=job, by=by)
    return job


def _add_files(job: BiographyJob, by: User, folder: Folder, say: Say) -> None:
    taken = 0
    for path in folder.files:
        entry = folder.listing.entries.get(path.name)
        try:
            _source, fresh = add_file(
                job=job, by=by, filename=path.name, data=path.read_bytes(), entry=entry, found=Found.FOLDER
            )
            taken += fresh
        except SourceError as error:  # its reason names the file
            say(error.reason)
        except OSError as error:
            say(f"{path.name}: {error}")
    if not taken:
        raise SourceError("None of the files could be read.")


def approve_all(*, job: BiographyJob, by: User, say: Say) -> int:
    """Approve every chapter that waits for review, in the operator's name; returns how many were refused."""
    refused = 0
    for chapter in chapters_in_order(job.pk).filter(status=ChapterStatus.NEEDS_REVIEW):
        try:
            approve(chapter=chapter, sha256=chapter.current_revision.sha256, by=by)  # type: ignore[union-attr]
        except BookError as error:
            say(str(error))
            refused += 1
    return refused
