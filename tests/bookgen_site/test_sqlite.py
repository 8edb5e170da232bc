"""The turns of those who write to SQLite."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, transaction

from bookgen_site.lib.sqlite.base import DatabaseWrapper, _turns
from bookgen_site.lib.sqlite.turns import Turns
from tests.fakes.threads import at_once


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, seen, asked = Turns(), [], threading.Semaphore(0)
    assert turns.take(1)

    def one(number: int) -> None:
        asked.release()
        assert turns.take(10)
        seen.append(number)
        turns.give()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=one, args=(number,)))
        threads[-1].start()
        asked.acquire()
        while len(turns._queue) <= number:
            pass
    turns.give()
    for thread in threads:
        thread.join(10)
    assert seen == [0, 1, 2, 3, 4]
    assert turns.take(0)


def test_who_waits_too_long_leaves_the_queue() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)


def connection(path: Path, timeout: float = 0.05) -> DatabaseWrapper:
    options = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
    settings = {"NAME": str(path), "OPTIONS": options, "TIME_ZONE": None, "CONN_MAX_AGE": None}
    usual = {"AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "ATOMIC_REQUESTS": False}
    return DatabaseWrapper(settings | usual, "turns")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "turns.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE words (word TEXT UNIQUE)")
    yield path
    _turns.pop(str(path), None)


def is_free(path: Path) -> bool:
    free = _turns[str(path)].take(0)
    if free:
        _turns[str(path)].give()
    return free


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_holds_the_turn_until_it_ends(file: Path, end: str) -> None:
    one = connection(file)
    one.ensure_connection()
    assert is_free(file)
    one._start_transaction_under_autocommit()
    assert not is_free(file)
    getattr(one, f"_{end}")()
    assert is_free(file)


@pytest.mark.django_db
def test_a_single_write_holds_it_for_itself_alone_and_a_read_takes_none(file: Path) -> None:
    one, other = connection(file), connection(file)
    one.ensure_connection()
    one._start_transaction_under_autocommit()
    with other.cursor() as cursor:
        assert cursor.execute("SELECT * FROM words").fetchall() == []
        with pytest.raises(OperationalError, match="threads of this process"):
            cursor.execute("INSERT INTO words VALUES (%s)", ["late"])
    one._commit()
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO words VALUES (%s)", ["early"])
        with pytest.raises(DatabaseError):
            cursor.execute("INSERT INTO words VALUES (%s)", ["early"])
    assert is_free(file)


@pytest.mark.django_db
def test_another_process_is_met_at_the_lock_of_sqlite(file: Path) -> None:
    """A begin that fails gives its turn back."""
    one = connection(file)
    one.ensure_connection()
    with closing(sqlite3.connect(file)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="locked"):
            one._start_transaction_under_autocommit()
    assert is_free(file)


@pytest.mark.django_db(transaction=True)
def test_many_writers_all_come_to_their_turn() -> None:
    from biographies.models import StyleGuide  # noqa: PLC0415  # a table with few wishes

    def write(number: int) -> None:
        for step in range(5):
            with transaction.atomic():
                StyleGuide.objects.create(name=f"{number} {step}", text="Short.")

    assert at_once([partial(write, number) for number in range(8)], seconds=60) == [None] * 8
    assert StyleGuide.objects.count() == 40
