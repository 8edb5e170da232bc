"""Signed addresses that go out in mails: who holds one may do the one thing that it is for, and nothing else.

Each purpose has its own salt, so that a token for one opens no other. The tokens hold no clock of their own: the same
letter, written again after a kill, has the same links.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing

from bookgen_site.lib import clock

STOP: Final = signing.Signer(salt="bookgen.mail.stop")
DOWNLOAD: Final = signing.Signer(salt="bookgen.download")


class BadToken(ValueError):
    """Not signed here, not for this purpose, or expired."""


def stop_token(delivery_uid: uuid.UUID) -> str:
    """For the link by which an address asks for no more mail; it never expires."""
    return STOP.sign_object(str(delivery_uid))


def read_stop(token: str) -> uuid.UUID:
    """The delivery that the link came with; raises BadToken."""
    return uuid.UUID(_read(STOP, token))


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file of a book, by its name. `mark` is that of the book's links when the letter was made: once they
    are closed, the book has another."""

    job_id: uuid.UUID
    filename: str
    mark: str = ""


def download_token(what: Download, since: dt.datetime) -> str:
    """For a link to a file that works for DOWNLOAD_LINK_DAYS from `since`."""
    until = int((since + dt.timedelta(days=settings.DOWNLOAD_LINK_DAYS)).timestamp())
    return DOWNLOAD.sign_object([str(what.job_id), what.filename, until, what.mark])


def read_download(token: str) -> Download:
    """What the link is for; raises BadToken, also when its time is over."""
    job_id, filename, until, *marked = _read(DOWNLOAD, token)
    if clock.now().timestamp() > until:
        raise BadToken("expired")
    return Download(uuid.UUID(job_id), filename, *marked)  # letters of an earlier release bear no mark


def _read(signer: signing.Signer, token: str) -> Any:
    """What was signed: of the form that this module gave it."""
    try:
        return signer.unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken("not signed here") from error
