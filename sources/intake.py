"""A URL, an upload or a file of a folder becomes a stored source.

What can never be read is refused here, at once and by content. Nothing else is judged: that is the engine's
first phase.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from bookgen_site.lib.addresses import AddressError, split_url
from bookgen_site.lib.text import clean_text
from sources.actions import add_source
from sources.errors import SourceError, Unreadable
from sources.extracting import check
from sources.folders import SUFFIXES, Folder, read_folder
from sources.metadata import Entry
from sources.models import Source
from sources.vocabulary import Found

__all__ = ["SUFFIXES", "Folder", "add_file", "add_url", "look_at", "read_folder", "safe_name"]


def add_file(
    *,
    job: BiographyJob,
    by: User,
    filename: str,
    data: bytes,
    entry: Entry | None = None,
    found: str = Found.UPLOAD,
) -> tuple[Source, bool]:
    """Store a file as a source of the job; the same bytes twice are one source. Raises Unreadable as `look_at`."""
    look_at(filename, data)
    digest = hashlib.sha256(data).hexdigest()
    columns = _columns(entry) | {"filename": safe_name(filename), "blob": store.put(data), "found": found}
    return add_source(job=job, by=by, url=f"upload:{digest}:{safe_name(filename)}", **columns)


def look_at(filename: str, data: bytes) -> None:
    """Raise Unreadable, with the file's name and what to do, for content that can't become a source."""
    try:
        check(data, filename)
    except Unreadable as problem:
        # The readers know no Django: their reasons are marked for translation there, and translated here.
        names = {"file": safe_name(filename), "why": _(problem.reason)}
        raise Unreadable(_("“%(file)s”: %(why)s") % names) from problem


def safe_name(name: str) -> str:
    """The name of a file alone, clean and no longer than its column."""
    return clean_text(Path(name).name, multiline=False)[:255]


def add_url(*, job: BiographyJob, by: User, url: str) -> tuple[Source, bool]:
    """Add a web address; it is fetched when the engine validates the sources. Raises SourceError when malformed."""
    url = clean_text(url, multiline=False)
    try:
        split_url(url)
    except AddressError as error:
        raise SourceError(_("“%(url)s”: %(why)s") % {"url": url[:100], "why": error}) from error
    return add_source(job=job, by=by, url=url, origin_url=url, found=Found.URL)


def _columns(entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        "title": entry.title[:500],
        "author": entry.author[:500],
        "work": entry.work[:500],
        "publisher": entry.publisher[:500],
        "date": str(entry.year or ""),
        "form": entry.form[:120],
        "language": entry.language[:12],
        "licence": entry.licence[:500],
        "origin_url": entry.url[:2000],
    }
