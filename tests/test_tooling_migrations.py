"""What would break a running system is seen in a migration's SQL, and nothing is forgotten in the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

from scripts.tools import migrations

BREAKING = [
    'ALTER TABLE "units" DROP COLUMN "key" CASCADE;',
    'ALTER TABLE "units" RENAME COLUMN "key" TO "name";',
    'ALTER TABLE "units" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL; '
    'ALTER TABLE "units" ALTER COLUMN "tries" DROP DEFAULT;',
    'ALTER TABLE "units" ALTER COLUMN "key" TYPE varchar(10);',
    'DROP TABLE "units" CASCADE;',
]
SAFE = [
    'ALTER TABLE "units" ADD COLUMN "tries" integer NULL;',
    'ALTER TABLE "units" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL;',
    'CREATE TABLE "news" ("id" bigint NOT NULL PRIMARY KEY);',
]


def errors(sql: str) -> int:
    found, _ignored, _warnings = analyse_sql_statements(PostgresqlAnalyser, sql.split("; "))
    return len(found)


@pytest.mark.parametrize("sql", BREAKING)
def test_what_breaks_running_processes_is_seen(sql: str) -> None:
    assert errors(sql)


@pytest.mark.parametrize("sql", SAFE)
def test_what_breaks_nothing_passes(sql: str) -> None:
    assert not errors(sql)


def test_a_migration_that_nobody_has_listed_is_read(tmp_path: Path) -> None:
    (tmp_path / "engine" / "migrations").mkdir(parents=True)
    (tmp_path / "engine" / "migrations" / "0099_new.py").touch()
    (tmp_path / "engine" / "migrations" / "__init__.py").touch()
    assert migrations.on_disk(tmp_path) == ["engine.0099_new"]
    assert migrations.known("# old ones\nengine.0001_initial\nengine.0002_x  # nobody used it\n") == {
        "engine.0001_initial",
        "engine.0002_x",
    }


def test_the_list_names_no_migration_that_there_is_not() -> None:
    assert migrations.known(migrations.BEFORE.read_text()) <= set(migrations.on_disk())
