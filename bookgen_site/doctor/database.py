"""The database: whether it answers, is up to date, guards what it should, and agrees about the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from bookgen_site.doctor.signs import Sign, good, warning, wrong
from bookgen_site.lib import clock

OLDEST: Final = 140000  # PostgreSQL 14, the oldest that Django 5.2 works with
FROZEN: Final = ("approvals", "audit", "chapter_revisions", "events")  # whose rows a trigger guards
SKEW: Final = dt.timedelta(seconds=2)  # leases are counted in seconds: a tenth of the shortest is too much


def answers() -> bool:
    """Whether anything can be asked of the database."""
    try:
        connection.ensure_connection()
        return bool(_one("SELECT 1"))
    except Error:
        connection.close()
        return False


def missing() -> int:
    """How many migrations of this release weren't applied."""
    loader = MigrationLoader(connection)
    return len(set(loader.graph.nodes) - set(loader.applied_migrations))


def migrated() -> Iterator[Sign]:
    """Whether the tables are those of this release; a newer release's are as wrong as an older one's."""
    loader = MigrationLoader(connection)
    lacking = missing()
    known = set(loader.disk_migrations) | set(loader.replacements)
    ours = {app for app, _name in known}
    strange = [key for key in loader.applied_migrations if key[0] in ours and key not in known]
    if lacking:
        yield wrong(f"{lacking} migrations are missing: the tables are older than the code.", MIGRATE)
    if strange:
        names = ", ".join(f"{app}.{name}" for app, name in sorted(strange)[:3])
        yield wrong(f"The tables are of a newer release ({names}).", "Install that release again.")
    if not lacking and not strange:
        yield good("all migrations are there")


MIGRATE: Final = "python manage.py migrate"


def version() -> Iterator[Sign]:
    """Whether it is a version that the release works with."""
    if connection.vendor == "sqlite":
        yield good(f"SQLite {_one('SELECT sqlite_version()')}")
        return
    number = int(_one("SHOW server_version_num"))
    told = f"PostgreSQL {_one('SHOW server_version')}"
    if number < OLDEST:
        yield wrong(f"{told} is too old.", "Move to PostgreSQL 14 or newer.")
    else:
        yield good(told)


def triggers() -> Iterator[Sign]:
    """Whether the rows that are written once are guarded; on SQLite remaking a table loses its triggers."""
    wanted = {f"{table}_frozen" for table in FROZEN}
    ask = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(ask[connection.vendor])
        lost = sorted(wanted - {row[0] for row in cursor.fetchall()})
    if lost:
        mend = "Bring back the last good backup (manage.py restore), or make the triggers anew by hand."
        yield wrong(f"Texts, approvals and the log can be changed: missing {', '.join(lost)}.", mend)
    else:
        yield good(f"{len(wanted)} triggers guard what is written once")


def sound() -> Iterator[Sign]:
    """Of SQLite: whether the file is whole, and kept in the way that readers and writers need."""
    if connection.vendor != "sqlite":
        return
    said = str(_one("PRAGMA quick_check(1)"))
    if said != "ok":
        yield wrong(f"The file is damaged: {said}.", "python manage.py restore BACKUP --force")
    mode = str(_one("PRAGMA journal_mode"))
    if mode not in {"wal", "memory"}:
        mend = "Keep BOOKGEN_VAR on a disk of this machine: network folders can't do it."
        yield warning(f"The journal is kept as “{mode}”, not as “wal”: people wait for each other.", mend)
    if said == "ok":
        yield good("the file is whole")


def clock_skew() -> Iterator[Sign]:
    """Whether this machine and the database agree about the time: leases are compared across machines."""
    if connection.vendor == "sqlite":
        return
    before = clock.now()
    there: dt.datetime = _one("SELECT clock_timestamp()")
    apart = abs(there - before - (clock.now() - before) / 2)
    if apart > SKEW:
        mend = "Let every machine keep its time by NTP (timedatectl set-ntp true)."
        yield wrong(
            f"The clocks of this machine and of the database differ by {apart.total_seconds():.0f} s.", mend
        )
    else:
        yield good(f"{apart.total_seconds():.1f} s apart from this machine")


def _one(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None
