"""SQLite has one writer at a time, and who finds it busy sleeps and tries again, for up to a tenth of a second.

Nobody has a turn: with twenty threads that write, one can starve until its time is up ("database is locked"), while
the file lies idle between two tries. So the threads of a process queue up before they ask SQLite, and the next is woken
at once. Writers of other processes meet at SQLite's own lock, as ever.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from bookgen_site.lib.sqlite.turns import Turns

USUAL: Final = 5.0  # seconds that sqlite3 waits where the settings don't say
_WRITES: Final = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)

_turns: defaultdict[str, Turns] = defaultdict(Turns)  # by the name of the file
os.register_at_fork(after_in_child=_turns.clear)  # the threads that held them aren't there


class DatabaseWrapper(base.DatabaseWrapper):
    """The usual backend, with a turn held by each transaction and by each write outside of one."""

    _turn: Turns | None = None  # that this connection holds

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002  # as the base has it
        """A cursor that takes its turn for a write outside of a transaction."""
        return self.connection.cursor(factory=partial(Cursor, wrapper=self))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn while the block runs."""
        self._take()
        try:
            yield
        finally:
            self._give()

    def _take(self) -> None:
        turns = _turns[str(self.settings_dict["NAME"])]
        if not turns.take(self.settings_dict["OPTIONS"].get("timeout", USUAL)):
            raise OperationalError("database is locked: other threads of this process write for too long")
        self._turn = turns

    def _give(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give()

    def _start_transaction_under_autocommit(self) -> None:
        self._take()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._give()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give()


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a single statement that writes is a transaction of its own."""

    def __init__(self, connection: Any, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Execute it, in its turn where it writes on its own."""
        if self.connection.in_transaction or not _WRITES.match(query):
            return super().execute(query, params)
        with self._wrapper.turn():
            return super().execute(query, params)
