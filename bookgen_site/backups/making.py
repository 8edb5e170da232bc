"""Making a backup while everything runs.

The database is read in one moment, then the files. Each file is there before a row names it, and nothing is removed
meanwhile (the store's lock), so the files of that moment are all in the archive.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import connection

from bookgen_site import env
from bookgen_site.backups import postgres, sqlite
from bookgen_site.backups.archive import BLOBS, DATABASE, KEYS, Out, Packer, packing, unpacked
from bookgen_site.backups.errors import BackupError
from bookgen_site.backups.manifest import Contents, Manifest
from bookgen_site.backups.sealing import ENDING, sealed
from bookgen_site.lib import clock, store

PLAIN: Final = ".tar.gz"
KEPT_KEYS: Final = {"secret_key": "SECRET_KEY", "secrets_key": "SECRETS_KEY"}


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup."""

    path: Path
    manifest: Manifest


def back_up(place: Path, recipient: str = "") -> Made:
    """Write a backup to a file, or into a folder under a name made of the time; encrypted for `recipient`.

    It is there whole and proven, or not at all. Raises BackupError. Files that rows name and that are gone or damaged
    are told in the manifest.
    """
    path = _path(place, encrypted=bool(recipient))
    if path.exists():
        raise BackupError(f"{path} is there already.")
    try:
        with (
            _draft(path) as draft,
            store.kept(),
            tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder,
        ):
            manifest = _written(draft, Path(folder) / DATABASE, recipient)
    except OSError as error:
        raise BackupError(f"The backup can't be written to {path} ({error.strerror or error}).") from error
    return Made(path, manifest)


def _path(place: Path, *, encrypted: bool) -> Path:
    if place.suffix and not place.is_dir():
        return place
    return place / f"bookgen-{clock.now():%Y%m%dT%H%M%SZ}{PLAIN}{ENDING if encrypted else ''}"


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A name beside the wanted one; it becomes the wanted one when all went well, and is on the disk by then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield draft
        with _opened(path.parent) as folder:
            draft.replace(path)
            os.fsync(folder)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _written(draft: Path, database: Path, recipient: str) -> Manifest:
    database.touch(0o600)
    found = sqlite.dump(database) if connection.vendor == "sqlite" else postgres.dump(database)
    out = _Hashed(os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"))
    with out.file:
        if recipient:
            with sealed(out, recipient) as stream:
                manifest = _packed(stream, database, found, with_keys=True)
        else:
            manifest = _packed(out, database, found, with_keys=False)
        out.file.flush()
        os.fsync(out.file.fileno())
    _prove(draft, out, manifest, encrypted=bool(recipient))
    return manifest


def _packed(stream: Out, database: Path, found: Contents, *, with_keys: bool) -> Manifest:
    with packing(stream) as packer:
        packer.add_file(DATABASE, database)
        lost = _add_blobs(packer, found)
        if with_keys:
            _add_keys(packer)
        manifest = Manifest(
            made_at=f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
            release=settings.VERSION,
            vendor=connection.vendor,
            server=postgres.server_version() if connection.vendor == "postgresql" else 0,
            contents=found,
            members=dict(packer.members),
            lost=lost,
        )
        packer.finish(manifest)
    return manifest


def _add_blobs(packer: Packer, found: Contents) -> list[str]:
    """All stored files, also those that no row names yet; returns those that a row names and that can't be had."""
    named, lost = set(found.blobs), []
    for digest in sorted(named | set(store.digests())):
        try:
            packer.add(f"{BLOBS}{digest}", store.get(digest))
        except store.BlobMissing:
            lost += [digest] if digest in named else []
    return lost


def _add_keys(packer: Packer) -> None:
    """The keys that this installation made and keeps itself; those of the environment are kept elsewhere."""
    for filename, name in KEPT_KEYS.items():
        path = env.VAR_DIR / filename
        if not env.secret(name) and path.is_file():
            packer.add(f"{KEYS}{filename}", path.read_bytes())


def _prove(draft: Path, out: _Hashed, manifest: Manifest, *, encrypted: bool) -> None:
    """Read it again: member by member, or where only the owner of the key can do that, byte by byte."""
    with draft.open("rb") as file:
        if encrypted:
            whole = hashlib.file_digest(file, "sha256").digest() == out.digest.digest()
        else:
            whole = unpacked(file) == manifest
    if not whole:
        raise BackupError("What was written isn't what is on the disk.")


class _Hashed:
    """A file to be written, that counts the hash of what it is given."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        """Like a file's."""
        self.digest.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        """Like a file's."""
        self.file.flush()
