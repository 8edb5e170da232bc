"""Links that open one file of a book without an account, until a time that is written in them.

A link that a person hands on is signed with the installation's own key over the file's number, the hash of its bytes
and the book's salt. So it opens these bytes and no others. One in a letter bears the file's name and a mark of the
salt: a letter tells that the book is ready, and opens what the book is now. A new salt closes all links of both kinds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from biographies.errors import Forbidden
from biographies.models import BiographyJob, Export
from biographies.queries import visible_to, workable_by
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from notifications.publish import audit
from notifications.signing import BadToken, read_download

PURPOSE: Final = "biographies.file_links"
LONGEST: Final = dt.timedelta(days=30)


class LinkExpired(Exception):
    """The link was good, and its time is over."""


class NoSuchLink(Exception):
    """The link was never made here, or was taken back, or its file is gone."""


@transaction.atomic
def make_link(*, export: Export, by: User, lasts: dt.timedelta) -> tuple[str, dt.datetime]:
    """A token for the file, and when it ends. Whoever may see the book may hand on its files."""
    if not visible_to(by).filter(pk=export.job_id).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    token, until = token_of(export, lasts)
    after = {"file": export.filename, "until": until.isoformat()}
    audit(by=by, action="make_file_link", target=export.filename, job_id=export.job_id, after=after)
    return token, until


def token_of(export: Export, lasts: dt.timedelta) -> tuple[str, dt.datetime]:
    """The same without a person: for messages that the installation itself sends."""
    until = clock.now() + min(lasts, LONGEST)
    salt = BiographyJob.objects.values_list("link_salt", flat=True).get(pk=export.job_id)
    told = {"file": export.pk, "blob": export.blob, "salt": salt, "until": int(until.timestamp())}
    return signing.dumps(told, salt=PURPOSE, compress=True), until


def opened(token: str) -> Export:
    """The file behind a token; raises NoSuchLink or LinkExpired."""
    told = _read(token)
    export = Export.objects.select_related("job").filter(pk=told["file"]).first()
    if export is None or (export.blob, export.job.link_salt) != (told["blob"], told["salt"]):
        raise NoSuchLink
    if told["until"] <= clock.now().timestamp():
        raise LinkExpired
    return export


def opened_from_letter(token: str) -> Export:
    """The newest file of the name behind a link in a letter; raises NoSuchLink, also when its time is over."""
    try:
        told = read_download(token)
    except BadToken as error:
        raise NoSuchLink from error
    named = Export.objects.filter(job_id=told.job_id, filename=told.filename)
    export = named.select_related("job").order_by("-id").first()
    if export is None or mark_of(export.job.link_salt) != told.mark:
        raise NoSuchLink
    return export


def mark_of(salt: str) -> str:
    """What links in letters bear in place of the salt; "" for a book whose links were never closed."""
    return hashlib.sha256(salt.encode()).hexdigest()[:16] if salt else ""


def _read(token: str) -> dict[str, Any]:
    try:
        return dict(signing.loads(token, salt=PURPOSE))
    except (signing.BadSignature, ValueError) as error:
        raise NoSuchLink from error


@transaction.atomic
def close_links(*, job: BiographyJob, by: User) -> None:
    """No link to a file of this book that was made until now opens any more."""
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    BiographyJob.objects.filter(pk=job.pk).update(link_salt=secrets.token_hex(16))
    audit(by=by, action="close_links", target=job.character, job_id=job.pk)
