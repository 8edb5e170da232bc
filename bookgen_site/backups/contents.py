"""What a database holds, asked in one and the same moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bookgen_site.backups.files import named_by
from bookgen_site.backups.manifest import Contents


def contents(cursor: Any, tables: Iterable[str]) -> Contents:
    """Of a cursor of either database, whose transaction is the snapshot."""
    counts, there = {}, sorted(tables)
    for table in there:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # nosec B608  # a name from the database itself
        counts[table] = int(cursor.fetchone()[0])
    cursor.execute("SELECT app, name FROM django_migrations")
    migrations = sorted(f"{app}.{name}" for app, name in cursor.fetchall())
    return Contents(migrations, counts, sorted(named_by(cursor, there)))
