"""A thread that waits for something else than the database lends its connection to those that don't.

PostgreSQL's connections come from a pool, and a process has more threads than that: most of them wait for a model.
"""

from __future__ import annotations

from django.db import connection


def let_go() -> None:
    """Hand this thread's connection back to the pool; the next query takes one again. Never within a transaction."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()
