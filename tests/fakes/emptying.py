"""What a test with real transactions leaves behind is deleted row by row.

Django's own way, TRUNCATE of every table and then the work after a migration, takes longer than most tests.
"""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from bookgen_site.accounts import roles

# Rows that migrations make; no test writes permissions or kinds of content.
KEPT: Final = frozenset({"auth_group", "auth_permission", "django_content_type"})


def empty_after(_case: TransactionTestCase) -> None:
    """In the place of `TransactionTestCase._fixture_teardown`."""
    empty(connection)


def empty(database: BaseDatabaseWrapper) -> None:
    """Delete the rows of all tables, but for what migrations made. Foreign keys are checked at the commit only."""
    names = database.introspection.django_table_names(only_existing=False)
    quoted = [database.ops.quote_name(name) for name in sorted(set(names) - KEPT)]
    with transaction.atomic(), database.cursor() as cursor:
        for table in quoted:
            cursor.execute(f"DELETE FROM {table}")
        marks = ", ".join(["%s"] * len(roles.ALL))
        cursor.execute(f"DELETE FROM auth_group WHERE name NOT IN ({marks})", list(roles.ALL))
        # The roles are there for the next test, whatever this one did to them.
        cursor.executemany(
            "INSERT INTO auth_group (name) VALUES (%s) ON CONFLICT (name) DO NOTHING",
            [(name,) for name in roles.ALL],
        )
