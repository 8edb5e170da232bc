"""Freeing the store of what nothing needs any more: files that no row names, and yesterday's readings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from django.db import transaction

from biographies.models import BiographyJob, Export, Image
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, store
from notifications.publish import audit
from sources.models import Source

log = structlog.get_logger(__name__)

DAY: Final = 24 * 3600
# A file may wait so long for the row that names it: a half-filled form of the desk keeps its uploads for a week.
GRACE: Final = 8 * DAY
HINT: Final = "sources.prune"
# The models of the tables of `bookgen_site.backups.files.NAMING`.
NAMING: Final = (Source, Image, Export)
READINGS: Final = DAY  # the cache forgets them after an hour
# Of a book that is deleted, files go at once but for those that were put a moment ago: somebody may be sending the very
# same file with a form. What is left goes after GRACE.
MOMENT: Final = 3600


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, and how many bytes that freed."""

    files: int = 0
    readings: int = 0
    size: int = 0


def prune(*, by: User | None = None) -> Pruned:
    """Remove the files that no source, image or export names for GRACE seconds, and readings older than a day.

    May run beside writers and beside itself, and be killed at any line: each file is looked at again under the
    store's lock right before it goes. Open no transaction around it: it waits for the lock.
    """
    now = clock.now().timestamp()
    files = _removed(store.NAMED, now - GRACE)
    readings = _removed(store.SPARE, now - READINGS)
    found = Pruned(len(files), len(readings), sum(files) + sum(readings))
    if found != Pruned():
        with transaction.atomic():
            after = {"files": found.files, "readings": found.readings, "bytes": found.size}
            audit(by=by, action="prune", target="store", after=after)
        log.info("store_pruned", files=found.files, readings=found.readings, size=found.size)
    return found


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a book, by their hashes: those that came as sources or images, and those that it became."""

    sources: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    exports: frozenset[str] = frozenset()


def files_of(job: BiographyJob) -> Files:
    """All that rows of the job name."""
    blobs = Source.objects.filter(job=job).exclude(blob="").values_list("blob", flat=True)
    pictures, files = (
        model.objects.filter(job=job).values_list("blob", flat=True) for model in (Image, Export)
    )
    return Files(frozenset(blobs), frozenset(pictures), frozenset(files))


def remove_now(files: Files) -> int:
    """Remove those that no other book names; returns how many. The rows that named them must be gone."""
    now = clock.now().timestamp()
    came = files.sources | files.images
    moments = dict.fromkeys(came, now - MOMENT) | dict.fromkeys(files.exports, now + 1)
    removed = 0
    for digest, moment in moments.items():
        path = store.path_of(digest)
        try:
            removed += bool(path.exists() and store.remove(path, moment, _is_named))
        except OSError as error:
            _left(path, error)
    log.info("files_removed", files=removed)
    return removed


def _removed(room: str, moment: float) -> list[int]:
    """The sizes of the files that were removed from a room; one that can't be is left for the next time."""
    sizes = []
    for path in list(store.older_than(moment, room)):
        try:
            if size := store.remove(path, moment, _is_named if room == store.NAMED else _never, room):
                sizes.append(size)
        except OSError as error:
            _left(path, error)
    return sizes


def _left(path: Path, error: OSError) -> None:
    log.warning("not_pruned", file=path.name, error=str(error))


def _is_named(digest: str) -> bool:
    return any(model.objects.filter(blob=digest).exists() for model in NAMING)


def _never(_digest: str) -> bool:
    return False
