"""Bringing a backup back: proven first, then the files, then the database in one transaction.

Killed at any moment, it can be given again: files are known by their hashes, and the database is the old or the new.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from django.core.cache import cache
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from bookgen_site import env
from bookgen_site.backups import postgres, sqlite
from bookgen_site.backups.archive import BLOBS, DATABASE, KEYS, Member, unpacked
from bookgen_site.backups.errors import BadBackup, RestoreError
from bookgen_site.backups.making import KEPT_KEYS
from bookgen_site.backups.manifest import Contents, Manifest
from bookgen_site.backups.sealing import unsealed
from bookgen_site.lib import store
from engine.workers import alive

OCCUPIED: Final = ("biography_jobs", "users")  # tables of which a row means that somebody lives here
MAGIC: Final = b"age-encryption.org/"


def check(path: Path, key: Path | None = None) -> Manifest:
    """Read a backup to its end and prove every part of it; changes nothing. Raises RestoreError."""
    with _plain(path, key) as stream:
        return unpacked(stream)


def restore(path: Path, key: Path | None = None, *, force: bool = False) -> Manifest:
    """Bring a backup back in the place of what is here: 1 refuse where people work or (without `force`) where anything
    is, 2 prove the backup, 3 files, 4 the database, 5 kept keys, 6 migrations since, 7 forget what is cached.

    Raises RestoreError, before step 4 with the installation as it was.
    """
    _require_quiet()
    if not force and occupied():
        raise RestoreError("There are people or books in this installation. With --force they are replaced.")
    env.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=env.VAR_DIR, prefix=".restore-") as folder:
        database, keys = Path(folder) / DATABASE, Path(folder) / "keys"
        keys.mkdir()
        manifest = _staged(path, key, database, keys)
        _require_fit(manifest)
        with _plain(path, key) as stream:
            unpacked(stream, _into_store)
        found = sqlite.load(database) if manifest.vendor == "sqlite" else postgres.load(database)
        _require_same(found, manifest.contents)
        _bring_keys(keys)
    call_command("migrate", verbosity=0, interactive=False)
    cache.clear()
    return manifest


def occupied() -> bool:
    """Whether people or books are here already."""
    try:
        with connection.cursor() as cursor:
            there = set(connection.introspection.table_names(cursor))
            return any(_has_rows(cursor, table) for table in OCCUPIED if table in there)
    except Error as error:
        raise RestoreError(f"The database doesn't answer: {error}") from error


def _has_rows(cursor: object, table: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # type: ignore[attr-defined]  # noqa: S608  # nosec B608  # one of OCCUPIED
    return cursor.fetchone() is not None  # type: ignore[attr-defined]


def _require_quiet() -> None:
    """Nobody may write meanwhile."""
    here = alive()
    try:
        others = postgres.others() if connection.vendor == "postgresql" else 0
    except Error as error:
        raise RestoreError(f"The database doesn't answer: {error}") from error
    if here or others:
        raise RestoreError(
            f"Stop BookGen first: {here} workers run here, {others} connections to the database are open."
        )


def _require_fit(manifest: Manifest) -> None:
    """The backup must be of this kind of database, and of this release or an earlier one."""
    if manifest.vendor != connection.vendor:
        raise RestoreError(
            f"This backup is of {manifest.vendor}, and the installation uses {connection.vendor}."
        )
    if manifest.server and manifest.server > (server := postgres.server_version()):
        raise RestoreError(f"This backup is of PostgreSQL {manifest.server}, and the server is {server}.")
    loader = MigrationLoader(None, replace_migrations=False)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    if strange := sorted(set(manifest.contents.migrations) - known):
        newer = f"This backup is of a newer release (it has {strange[0]}): install that first."
        raise RestoreError(newer)


def _require_same(found: Contents, told: Contents) -> None:
    if found != told:
        raise RestoreError("What is in the database now isn't what the backup holds. Give the command again.")


def _staged(path: Path, key: Path | None, database: Path, keys: Path) -> Manifest:
    """The first reading: everything is proven, the database and the keys are laid aside."""

    def take(name: str, member: Member) -> None:
        place = keys / name.removeprefix(KEYS) if name.startswith(KEYS) else database
        if not name.startswith(BLOBS):
            with _private(place) as file:
                shutil.copyfileobj(member, file)

    with _plain(path, key) as stream:
        return unpacked(stream, take)


def _into_store(name: str, member: Member) -> None:
    """The second reading; the first has proven that the bytes are those of the name."""
    if name.startswith(BLOBS):
        store.put(member.read())


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _bring_keys(folder: Path) -> None:
    """The keys of the backup, unless the environment sets them; those that were here stay beside them."""
    for draft in sorted(folder.iterdir()):
        mine = env.VAR_DIR / draft.name
        if env.secret(KEPT_KEYS[draft.name]):
            continue
        if mine.exists() and mine.read_bytes() != draft.read_bytes():
            mine.replace(mine.with_name(f"{mine.name}.replaced"))
        draft.replace(mine)


@contextmanager
def _plain(path: Path, key: Path | None) -> Iterator[IO[bytes]]:
    """The archive, decrypted where it is encrypted."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BadBackup(f"{path} can't be read ({error.strerror}).") from error
    with file:
        encrypted = file.read(len(MAGIC)) == MAGIC
        file.seek(0)
        if not encrypted:
            yield file
        elif key is None:
            raise RestoreError("This backup is encrypted: name the file of its key with --key.")
        else:
            with unsealed(file, key) as stream:
                yield stream
