"""The demo book on a desk that has no book yet, so that the first look shows something."""

from __future__ import annotations

from collections.abc import Callable

from biographies.models import BiographyJob
from biographies.vocabulary import AuthorName
from bookgen_site.accounts.models import User
from engine.management import making
from sources.demos import demo_folders
from sources.intake import read_folder


def ensure_demo_book(*, by: User, say: Callable[[str], None]) -> BiographyJob | None:
    """Make and start the shipped subject's book when there is no book at all; None when there was one.

    It is the request that `manage.py demo` makes, so the two find each other's book. Raises BookError or
    SourceError when the shipped sources can't be used.
    """
    folders = demo_folders()
    if BiographyJob.objects.exists() or not folders:
        return None
    folder = read_folder(folders[0])
    if folder.listing.subject is None:
        return None
    wishes = {
        "character": folder.listing.subject.name,
        "wanted_chapters": None,
        "wanted_words": None,
        "language": "en",
        "author": AuthorName.EXTRACTIVE.value,
        "min_sources": 3,
        "description": folder.listing.subject.description[:500],
    }
    return making.new_job(
        by=by, folder=folder, key=making.request_key(folder, wishes), wishes=wishes, say=say
    )
