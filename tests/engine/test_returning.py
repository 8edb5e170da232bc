"""Whether a unit that broke has lost its database, or was refused by it."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, OperationalError
from psycopg_pool import PoolTimeout

from engine import returning

pytestmark = pytest.mark.django_db


def _raised(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """As Django hands on what a driver raises."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "cause",
    [
        PoolTimeout("couldn't get a connection after 5.00 sec"),
        psycopg.OperationalError("server closed the connection unexpectedly"),
        psycopg.errors.AdminShutdown("terminating connection"),
        psycopg.errors.CannotConnectNow("the database system is starting up"),
        psycopg.errors.ConnectionFailure("lost"),
    ],
)
def test_one_that_was_away_and_is_back_was_away(cause: Exception) -> None:
    assert returning.is_away(_raised(cause))


@pytest.mark.parametrize(
    "error",
    [
        _raised(psycopg.errors.DeadlockDetected("deadlock")),
        _raised(psycopg.errors.QueryCanceled("too long")),
        _raised(sqlite3.OperationalError("no such table")),
        _raised(psycopg.errors.UniqueViolation("twice"), IntegrityError),
        ValueError("no database at all"),
    ],
)
def test_what_a_database_refuses_is_the_units_own(error: Exception) -> None:
    assert not returning.is_away(error)
