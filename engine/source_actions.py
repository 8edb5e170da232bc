"""What a person does with a source that the machine must look at again. The desk and the API call these."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus, Phase
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from bookgen_site.lib.addresses import AddressError, split_url
from bookgen_site.lib.text import clean_text
from engine import plans
from engine.models import Run, RunStatus
from sources.errors import SourceError
from sources.handling import forget_verdict, put_in_place
from sources.intake import look_at, safe_name
from sources.models import Source
from sources.vocabulary import Found


@transaction.atomic
def recheck(*, source: Source, by: User) -> None:
    """Have a source fetched, read and judged again as soon as the work goes on."""
    forget_verdict(source=source, by=by)
    _validate_again(source)


@transaction.atomic
def replace_by_url(*, source: Source, by: User, url: str) -> None:
    """Put the document at a web address in the place of a source. Raises SourceError for a malformed address."""
    url = clean_text(url, multiline=False).strip()
    try:
        split_url(url)
    except AddressError as error:
        raise SourceError(_("“%(url)s”: %(why)s") % {"url": url[:100], "why": error}) from error
    put_in_place(source=source, by=by, url=url, origin_url=url, found=Found.URL)
    _validate_again(source)


@transaction.atomic
def replace_by_file(*, source: Source, by: User, filename: str, data: bytes) -> None:
    """Put a file in the place of a source. Raises Unreadable as `sources.intake.look_at`."""
    look_at(filename, data)
    name = safe_name(filename)
    url = f"upload:{hashlib.sha256(data).hexdigest()}:{name}"
    put_in_place(source=source, by=by, url=url, filename=name, blob=store.put(data), found=Found.UPLOAD)
    _validate_again(source)


def _validate_again(source: Source) -> None:
    """In a paused job the first phase is planned anew; a failed one does so itself when it is tried again."""
    job = BiographyJob.objects.get(pk=source.job_id)
    run = Run.objects.filter(job=job, status=RunStatus.ACTIVE).first()
    if run is not None and job.status == JobStatus.PAUSED:
        plans.replan(run, [Phase.SOURCE_VALIDATION])
