"""The stored files that rows name."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

# Tables with a column `blob`: the hash under which a file lies in the store.
NAMING: Final = ("exports", "sources")
QUESTION: Final = " UNION ".join(f"SELECT blob FROM {table} WHERE blob <> ''" for table in NAMING)  # noqa: S608  # nosec B608


def named_by(cursor: Any) -> set[str]:
    """The hashes of all files that rows name, asked of this cursor of either database."""
    cursor.execute(QUESTION)
    return {row[0] for row in cursor.fetchall()}


def named() -> set[str]:
    """The same, of the database as it is now."""
    with connection.cursor() as cursor:
        return named_by(cursor)
