"""A job's finished files, copied out of the store into a folder where another book may lie already."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Container
from pathlib import Path

from biographies.models import BiographyJob, Export
from bookgen_site.lib import store
from engine.management.telling import Say


class CannotWrite(Exception):
    """The folder takes no file; the message says what to do."""


def write_files(job: BiographyJob, out: Path, say: Say, *, draft: bool = False) -> list[Path]:
    """Copy the job's newest files, one of each format, into a folder and return their paths.

    A file that isn't one of this job's is left alone, and the book gets a name beside it. Raises CannotWrite.
    """
    exports = list(job.exports.filter(draft=draft).order_by("id"))
    own = {export.blob for export in exports}
    newest = {export.format: export for export in exports}
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [_write(export, _free(out / export.filename, own, say)) for export in newest.values()]
    except store.BlobMissing:
        raise
    except OSError as error:
        raise CannotWrite(
            f"The book is finished, but can't be written to “{out}” ({error.strerror or error}). "
            "It is kept: run the same command again with --out and a folder that you may write to."
        ) from error


def _free(wanted: Path, own: Container[str], say: Say) -> Path:
    """The wanted path, or the first with a number behind it where nothing lies but this job's own file."""
    numbered = (wanted.with_stem(f"{wanted.stem}-{number}") for number in itertools.count(2))
    path = next(one for one in itertools.chain([wanted], numbered) if _may_take(one, own))
    if path != wanted:
        say(f"“{wanted}” holds another book, or was changed since it was written: it is left as it is.")
    return path


def _may_take(path: Path, own: Container[str]) -> bool:
    if not os.path.lexists(path):
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() in own


def _write(export: Export, path: Path) -> Path:
    """Whole or not at all, and never into a half-written file of another process."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(store.get(export.blob))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
