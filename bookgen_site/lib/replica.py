"""Lists and reports are read from the replica, where there is one; everything else from the one database.

A replica is a moment behind. So whoever has written lately (in this request, or within PINNED_SECONDS in another) reads
from the database itself, and so does all that isn't named as a list or report here: by `reading_lists` around it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.http import HttpRequest, HttpResponse

from bookgen_site.lib import clock
from bookgen_site.lib.memory import recall, remember

log = structlog.get_logger(__name__)

REPLICA: Final = "replica"
PINNED_SECONDS: Final = 15.0  # that a replica may be behind without anybody noticing
LOOK_AGAIN: Final = 30.0  # seconds until a replica that was away is asked again
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_chosen: ContextVar[str] = ContextVar("database_of_reads", default=DEFAULT_DB_ALIAS)
_wrote: ContextVar[bool] = ContextVar(
    "request_writes", default=True
)  # outside of a request: never the replica


class _Away:
    """When a replica that didn't answer may be asked again, in this process."""

    until = 0.0
    guard = threading.Lock()


class Router:
    """Django's router: reads go where `reading_lists` says, writes to the one database."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Where this context reads."""
        return _chosen.get()

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """The one database."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Rows of both are rows of one."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """A replica gets its tables from where it gets its rows."""
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading_lists(user: Any) -> Iterator[str]:
    """Queries that are carried out inside read from the replica, unless this person has written lately.

    Gives the alias. `user` None: nobody in particular, as for figures of the whole installation. Lazy querysets must be
    evaluated inside.
    """
    alias = REPLICA if _may_be_behind(user) and _is_near() else DEFAULT_DB_ALIAS
    token = _chosen.set(alias)
    try:
        yield alias
    finally:
        _chosen.reset(token)


class ReplicaMiddleware:
    """Knows which requests write, and remembers for a while who sent them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if REPLICA not in settings.DATABASES:
            return self.get_response(request)
        writes = request.method not in SAFE
        token = _wrote.set(writes)
        try:
            response = self.get_response(request)
        finally:
            _wrote.reset(token)
        if writes:
            _remember_writer(request)
        return response


def _remember_writer(request: HttpRequest) -> None:
    try:
        user_id = request.user.pk
    except DatabaseError:  # who it was can't be asked now: then nothing was written either
        return
    if user_id is not None:
        remember(_key(user_id), True, PINNED_SECONDS)


def _may_be_behind(user: Any) -> bool:
    if REPLICA not in settings.DATABASES or _wrote.get():
        return False
    return user is None or user.pk is None or not recall(_key(user.pk))


def _key(user_id: int) -> str:
    return f"wrote:{user_id}"


def _is_near() -> bool:
    """Whether the replica answers. One that doesn't is left alone for a while: lists go on from the one database."""
    if clock.monotonic() < _Away.until:
        return False
    try:
        connections[REPLICA].ensure_connection()
    except OperationalError as error:
        log.warning("replica_away", error=str(error))
        with _Away.guard:
            _Away.until = clock.monotonic() + LOOK_AGAIN
        return False
    return True
