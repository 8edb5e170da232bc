"""Database triggers that refuse changes to rows which are written once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


def frozen(table: str, columns: Sequence[str]) -> RunPython:
    """A migration step: updates of these columns of the table are refused by the database."""
    return RunPython(_create(table, columns), _drop(table))


def thawed(table: str, columns: Sequence[str]) -> RunPython:
    """The step back, for a migration that changes such a table: SQLite makes the table anew, without triggers."""
    return RunPython(_drop(table), _create(table, columns))


def _create(table: str, columns: Sequence[str]) -> Step:
    def create(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        head = f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {names} ON {table} FOR EACH ROW"
        message = f"rows of {table} are never changed"
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            editor.execute(f"{head} EXECUTE FUNCTION {table}_refuse()")
        else:
            editor.execute(f"{head} BEGIN SELECT RAISE(ABORT, '{message}'); END")

    return create


def _drop(table: str) -> Step:
    def drop(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
            editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen")

    return drop
