"""The stored files that rows name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

# Tables with a column `blob`: the hash under which a file lies in the store.
NAMING: Final = ("exports", "job_images", "sources")
QUESTION: Final = "SELECT blob FROM {} WHERE blob <> ''"


def named_by(cursor: Any, tables: Iterable[str] = NAMING) -> set[str]:
    """The hashes of all files that rows name, asked of this cursor of either database.

    `tables` are those that are there: a backup of an earlier release may lack one of them.
    """
    there = [QUESTION.format(table) for table in NAMING if table in set(tables)]
    cursor.execute(" UNION ".join(there))
    return {row[0] for row in cursor.fetchall()}


def named() -> set[str]:
    """The same, of the database as it is now."""
    with connection.cursor() as cursor:
        return named_by(cursor)
