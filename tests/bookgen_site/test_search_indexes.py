"""Searches of long lists: each index holds what Django compares, and who may not make one can do without."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models import Model, Q

from biographies.models import BiographyJob
from bookgen_site.lib.search_indexes import searchable
from engine.models import Unit
from notifications.models import AuditEntry
from sources.models import Fact, Source

SEARCHED: list[tuple[type[Model], str]] = [
    (BiographyJob, "job_search"),
    (Source, "source_search"),
    (Fact, "fact_search"),
    (Unit, "unit_search"),
    (AuditEntry, "audit_search"),
]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no trigrams")
@pytest.mark.parametrize(("model", "index"), SEARCHED)
def test_the_search_of_a_list_is_answered_by_its_index(model: type[Model], index: str) -> None:
    wanted = Q()
    for field in admin.site._registry[model].search_fields:
        wanted |= Q(**{f"{field}__icontains": "quill"})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # there are too few rows to be worth an index
    told = model._default_manager.filter(wanted).order_by().explain()
    assert told.count(index) == len(admin.site._registry[model].search_fields)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no trigrams")
def test_what_was_left_out_is_made_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX fact_search")
    call_command("search_indexes")
    assert capsys.readouterr().out == "Made: fact_search.\n"
    call_command("search_indexes")
    assert "nothing" in capsys.readouterr().out


class Recorder:
    """A schema editor of a database that notes what it is told."""

    collect_sql = False

    def __init__(self, vendor: str, schema: str, *, may_extend: bool = True) -> None:
        self.told: list[str] = []
        self.connection: Any = SimpleNamespace(vendor=vendor, cursor=self.cursor)
        self.schema, self.may_extend = schema, may_extend

    def execute(self, sql: str, _values: object = None) -> None:
        """A change, or a question of the step itself."""
        if "EXTENSION" in sql and not self.may_extend:
            raise DatabaseError("permission denied")
        self.told += [sql] if "INDEX" in sql else []

    @contextmanager
    def cursor(self) -> Any:
        """A cursor that knows where the extension is."""
        row = (self.schema,) if self.schema else None
        yield SimpleNamespace(execute=self.execute, fetchone=lambda: row)


def made(recorder: Recorder) -> list[str]:
    searchable("fact_search", "facts", ["text"]).code(None, recorder)  # type: ignore[arg-type]
    return recorder.told


def test_an_index_is_made_beside_the_work_and_where_the_extension_is() -> None:
    dropped, created = made(Recorder("postgresql", "extensions", may_extend=False))
    assert dropped == 'DROP INDEX CONCURRENTLY IF EXISTS "fact_search"'  # of a migration that was cut off
    assert created == (
        'CREATE INDEX CONCURRENTLY "fact_search" ON "facts" USING gin '
        '(UPPER("text"::text) "extensions".gin_trgm_ops)'
    )


def test_without_the_right_the_migration_says_so_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert made(Recorder("postgresql", "", may_extend=False)) == []
    said = capsys.readouterr().err
    assert "pg_trgm" in said
    assert "fact_search" in said


def test_sqlite_needs_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert made(Recorder("sqlite", "")) == []
    assert capsys.readouterr().err == ""
