"""Which stored files rows name, also in the tables of an earlier release."""

from __future__ import annotations

import sqlite3

from bookgen_site.backups.files import NAMING, named_by
from sources import pruning


def test_a_backup_of_before_there_were_images_is_read() -> None:
    cursor = sqlite3.connect(":memory:").cursor()
    for table in ("exports", "sources"):
        cursor.execute(f"CREATE TABLE {table} (blob TEXT)")
        cursor.execute(f"INSERT INTO {table} VALUES (?), ('')", [table])
    assert named_by(cursor, ["exports", "sources", "users"]) == {"exports", "sources"}


def test_what_backups_keep_pruning_keeps() -> None:
    assert {model._meta.db_table for model in pruning.NAMING} == set(NAMING)
