"""The database of a test process: a copy of one that is migrated once and kept, since migrating takes seconds.

The pattern stays beside the copies (`test.sqlite3.pattern`, or `test_bookgen_pattern` on a server of PostgreSQL)
until a migration changes: its print is what the migrations say. A kill leaves a draft, which nobody takes for whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import IO, Any, Protocol

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from bookgen_site.backups.postgres import close_all_pools
from bookgen_site.env import VAR_DIR
from bookgen_site.lib import triggers
from scripts.tools.places import alone, read_or_empty, write_whole

_held: list[IO[str]] = []  # open as long as this process lives


class Place(Protocol):
    """Where databases of one kind lie."""

    def holds(self, name: str, mark: str) -> bool:
        """Whether this database is there, whole and of this print."""

    def keep(self, draft: str, name: str, mark: str) -> None:
        """The draft is whole: from now on it has this name."""

    def copy(self, name: str, target: str) -> None:
        """A second one like it; what had the target's name is gone."""

    def drop(self, name: str) -> None:
        """It isn't there afterwards."""


class Files:
    """SQLite: a file each, its print in a file beside it."""

    def holds(self, name: str, mark: str) -> bool:
        return Path(name).exists() and read_or_empty(Path(f"{name}.print")) == mark

    def keep(self, draft: str, name: str, mark: str) -> None:
        Path(f"{name}.print").unlink(missing_ok=True)
        Path(draft).replace(name)
        write_whole(Path(f"{name}.print"), mark)

    def copy(self, name: str, target: str) -> None:
        self.drop(target)
        shutil.copyfile(name, target)

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{name}{end}").unlink(missing_ok=True)


class Server:
    """PostgreSQL: the print is the comment of the database."""

    def holds(self, name: str, mark: str) -> bool:
        told = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        with _beside() as cursor:
            cursor.execute(told, [name])
            return bool(cursor.fetchone() == (mark,))

    def keep(self, draft: str, name: str, mark: str) -> None:
        self.drop(name)
        self._order("COMMENT ON DATABASE {} IS %s", draft, told=[mark])
        self._order("ALTER DATABASE {} RENAME TO {}", draft, name)

    def copy(self, name: str, target: str) -> None:
        self.drop(target)
        self._order("CREATE DATABASE {} TEMPLATE {}", target, name)

    def drop(self, name: str) -> None:
        self._order("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _order(self, order: str, *names: str, told: Sequence[str] = ()) -> None:
        with _beside() as cursor:
            cursor.execute(order.format(*map(connection.ops.quote_name, names)), told or None)


def set_apart() -> None:
    """From now on this process's copy has a name that no other has: processes of one run, and other runs beside it."""
    usual = str(_creation()._get_test_db_name())
    names = (f"{usual}_{number}" if number else usual for number in count())
    connection.settings_dict["TEST"]["NAME"] = next(filter(_is_ours, names))


def _is_ours(name: str) -> bool:
    """Whether nobody else has it; then it is this process's until its end, however that comes."""
    place = VAR_DIR / "cache" / f"{Path(name).name}.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    lock = place.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return False
    _held.append(lock)
    return True


def open_copy() -> str:
    """The name of a fresh, migrated database, to which all connections of this process go from now on."""
    place, pattern, name = _place(), _pattern(), str(_creation()._get_test_db_name())
    with alone(VAR_DIR / "cache" / "tests.lock"):
        if not place.holds(pattern, mark := print_of_migrations()):
            place.keep(_migrated(f"{pattern}_draft"), pattern, mark)
        place.copy(pattern, name)
    _go_to(name)
    return name


def close_copy(name: str) -> None:
    """The copy is gone; the pattern stays for the next run."""
    _leave()
    _place().drop(name)


def put_migrated(target: Path) -> None:
    """A migrated database of SQLite for other processes; this process has one open already (`open_copy`)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with alone(VAR_DIR / "cache" / "tests.lock"):
        Files().copy(_pattern(), str(target))


def print_of_migrations() -> str:
    """Differs when a migration, what it makes its triggers with, or Django differs."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    digest = hashlib.sha256(django.__version__.encode())
    for path in (*files, Path(triggers.__file__)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _place() -> Place:
    return Files() if connection.vendor == "sqlite" else Server()


def _pattern() -> str:
    if connection.vendor == "sqlite":
        return str(VAR_DIR / "test.sqlite3.pattern")
    return f"test_{connection.settings_dict['NAME']}_pattern"


def _migrated(draft: str) -> str:
    """A new database with this name and every migration; no connection to it is left open."""
    told: dict[str, Any] = connection.settings_dict["TEST"]
    usual, told["NAME"] = told["NAME"], draft
    _place().drop(draft)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _leave()
    _go_to(name)
    told["NAME"] = usual
    return draft


def _go_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    for other in connections.all():
        if other.settings_dict["TEST"]["MIRROR"]:
            other.creation.set_as_test_mirror(connection.settings_dict)


def _leave() -> None:
    if connection.vendor == "postgresql":
        close_all_pools()
    connection.close()


def _creation() -> Any:
    """Django's own, with the methods that its types don't name."""
    return connection.creation


def _beside() -> Any:
    """A cursor of the server, in none of the databases that are made and dropped."""
    return _creation()._nodb_cursor()
