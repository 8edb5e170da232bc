"""Indexes for migrations that are made while a team goes on working: for the searches of lists, and others.

Django's `icontains` compares `UPPER(column)` with a pattern that may begin anywhere. PostgreSQL finds such a pattern by
an index of trigrams, from its extension pg_trgm; a pattern of less than three letters it still looks for row by row.
On SQLite these steps do nothing: one person's books are searched in no time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.apps import apps
from django.apps.registry import Apps
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex, RunPython
from django.utils.translation import gettext as _

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]

EXTENSION: Final = "pg_trgm"
MARK: Final = "_search"  # how the names of these indexes end: a backup knows by it what it can do without
# What migrations have made until now, for those who had to do without.
SEARCHES: Final[dict[str, tuple[str, Sequence[str]]]] = {
    "job_search": ("biography_jobs", ["character", "description"]),
    "source_search": ("sources", ["title", "author", "url", "filename"]),
    "fact_search": ("facts", ["text"]),
    "unit_search": ("units", ["key", "error"]),
    "audit_search": ("audit", ["actor", "target", "action"]),
}


def searchable(name: str, table: str, columns: Sequence[str]) -> RunPython:
    """A step of a migration with `atomic = False`: the index `name` for searches of these columns of the table.

    Where the extension isn't there and may not be made, the step says so and leaves the index out: searches find the
    same, only later. The name ends with MARK.
    """
    if not name.endswith(MARK):
        raise ValueError(name)
    return RunPython(_create(name, table, columns), _drop(name), atomic=False)


class AddIndexAside(AddIndex):
    """As `AddIndex`, for a migration with `atomic = False`: on PostgreSQL rows can be written meanwhile."""

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, _from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(_dropping(self.index.name))
                schema_editor.add_index(model, self.index, concurrently=True)
            else:
                schema_editor.add_index(model, self.index)


def make_missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Make those of SEARCHES that aren't there, or are no good; returns their names. Says so where it can't."""
    if connection.vendor != "postgresql":
        return []
    there = "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid"
    with connection.cursor() as cursor:
        cursor.execute(there)
        lacking = sorted(SEARCHES.keys() - {name for (name,) in cursor.fetchall()})
    if not lacking or not extension(connection):
        sys.stderr.write("".join(f"{_told(name)}\n" for name in lacking))
        return []
    with connection.schema_editor(atomic=False) as editor:
        for name in lacking:
            _create(name, *SEARCHES[name])(apps, editor)
    return lacking


def _create(name: str, table: str, columns: Sequence[str]) -> Step:
    def create(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        schema = "public" if editor.collect_sql else extension(editor.connection)
        if not schema:
            sys.stderr.write(f"\n{_told(name)}\n")
            return
        editor.execute(_dropping(name))
        compared = ", ".join(f'UPPER("{column}"::text) "{schema}".gin_trgm_ops' for column in columns)
        editor.execute(f'CREATE INDEX CONCURRENTLY "{name}" ON "{table}" USING gin ({compared})')

    return create


def _drop(name: str) -> Step:
    def drop(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_dropping(name))

    return drop


def _dropping(name: str) -> str:
    """Also before an index is made: one that an interrupted migration has left is no good, and in the way."""
    return f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"'


def extension(connection: BaseDatabaseWrapper) -> str:
    """The schema in which the extension is, made where that is allowed; "" when there is none."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
        except DatabaseError:  # no right, or not installed on the server
            pass
        cursor.execute(
            "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = %s", [EXTENSION]
        )
        row = cursor.fetchone()
    return str(row[0]).strip('"') if row else ""


def _told(name: str) -> str:
    told = _(
        "PostgreSQL's extension pg_trgm isn't there and this account may not make it, so the index “%s” is left out: "
        "searches take longer. docs/operations.md tells how to make it later."
    )
    return told % name
