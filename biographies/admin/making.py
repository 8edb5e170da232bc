"""A filled form becomes a job with its sources, started: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.actions import create_job
from biographies.admin.uploads import Kept
from biographies.models import BiographyJob
from biographies.vocabulary import Mode
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from engine.actions import start
from sources.errors import SourceError
from sources.intake import add_file, add_url
from sources.vocabulary import Found


class BadSources(Exception):
    """Some sources can't be taken; `reasons` are pairs of a field of the form and a sentence."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(reason for _field, reason in reasons))
        self.reasons = reasons


@transaction.atomic
def make_book(
    *, by: User, kept: Sequence[Kept], urls: Iterable[str], once: str, wishes: dict[str, Any]
) -> BiographyJob:
    """The started job. Raises BadWish, BadSources, BookError or IntegrityError, and then nothing has been made."""
    job = create_job(by=by, request_key=once, **wishes)
    reasons = add_sources(job, by, kept, urls)
    if not reasons and job.mode != Mode.AUTOMATIC and not job.sources.exists():
        reasons = [("uploads", _("Add at least one source: a file or a web address."))]
    if reasons:
        raise BadSources(reasons)
    start(job=job, by=by)
    return job


def add_sources(
    job: BiographyJob, by: User, kept: Sequence[Kept], urls: Iterable[str]
) -> list[tuple[str, str]]:
    """Add the sources; returns the field and the reason of those that couldn't be added."""
    reasons = []
    for one in kept:
        found = Found.FOLDER if one.entry else Found.UPLOAD
        try:
            data = store.get(one.blob)
            add_file(job=job, by=by, filename=one.filename, data=data, entry=one.entry, found=found)
        except (SourceError, store.BlobMissing) as problem:
            reasons.append(("uploads", str(problem)))
    for url in urls:
        try:
            add_url(job=job, by=by, url=url)
        except SourceError as problem:
            reasons.append(("urls", str(problem)))
    return reasons
