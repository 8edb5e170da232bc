"""SQLite, by its own online backup: a whole copy while others read and write, and back again in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from bookgen_site.backups.contents import contents
from bookgen_site.backups.errors import BackupError, BadBackup, RestoreError
from bookgen_site.backups.manifest import Contents

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def dump(path: Path) -> Contents:
    """Copy the database into a file, prove the copy, and say what is in it. Raises BackupError."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            with closing(_live()) as live:
                live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the original has beside it
            if (said := copy.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise BackupError(f"The database is damaged: {said}")
            return _contents(copy)
    except sqlite3.Error as error:
        raise BackupError(f"The database can't be read: {error}") from error


def load(path: Path) -> Contents:
    """Put the file's content in the place of the live one's, all of it or nothing; says what is there then."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise BadBackup("The database in the backup is damaged.")
            connection.close()
            with closing(_live()) as live:
                copy.backup(live)
                return _contents(live)
    except sqlite3.Error as error:
        raise RestoreError(f"The database can't be written: {error}") from error


def _contents(database: sqlite3.Connection) -> Contents:
    cursor = database.cursor()
    tables = [row[0] for row in cursor.execute(TABLES).fetchall()]
    return contents(cursor, tables)


def _live() -> sqlite3.Connection:
    return sqlite3.connect(connection.settings_dict["NAME"], timeout=20)
