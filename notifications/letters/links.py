"""The addresses in a letter, whole, as a mail program needs them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.urls import reverse

from notifications import signing
from notifications.author_links import link_for, token_of


def absolute(path: str) -> str:
    """The path on this site, with scheme and host."""
    return f"{settings.SITE_URL}{path}"


def desk_book(job_id: uuid.UUID) -> str:
    """The book's page on the desk."""
    return absolute(reverse("desk:book", args=[job_id]))


def desk_chapter(job_id: uuid.UUID, chapter_id: int) -> str:
    """The chapter's page on the desk."""
    return absolute(reverse("desk:chapter", args=[job_id, chapter_id]))


def author_page(job_id: uuid.UUID, address: str) -> str:
    """The author's own page, or "" when this address has no link that works."""
    link = link_for(job_id, address)
    return absolute(reverse("author:book", args=[token_of(link)])) if link else ""


def download(job_id: uuid.UUID, filename: str, since: dt.datetime, mark: str) -> str:
    """The finished file, for some days and as long as the book's links bear this mark."""
    token = signing.download_token(signing.Download(job_id, filename, mark), since)
    return absolute(reverse("author:download", args=[token]))


def stop(delivery_uid: uuid.UUID) -> str:
    """Where an address asks for no more mail."""
    return absolute(reverse("author:stop", args=[signing.stop_token(delivery_uid)]))
