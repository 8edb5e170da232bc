"""PostgreSQL and Redis of the campaign: a private pair, stopped, filled and started again as a fault wants it."""

from __future__ import annotations

import os
import signal
import time
from typing import Any, Final

import psycopg
from psycopg import sql
from redis import Redis, RedisError

from scripts.tools import postgres, processes, redis_server, services
from scripts.tools.place_of_services import place_for

SET: Final = "faults"
DATABASE: Final = "campaign"
PREPARED: Final = "prepared"  # what each book begins from


class Servers:
    """Both servers, and questions to them that outlast an outage."""

    def __init__(self, *, start: bool = True) -> None:
        self._connection: psycopg.Connection[Any] | None = None
        if not start:
            return
        addresses = services.start(SET)
        self.place = place_for(SET)
        self.redis_url = addresses["REDIS_URL"]
        self._admin = addresses["DATABASE_URL"]
        with psycopg.connect(self._admin, autocommit=True) as connection:
            # The private server is made fast, and would forget what it has just confirmed when it is stopped at once.
            connection.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")

    def another(self) -> Servers:
        """The same servers, asked over a connection of its own: for another thread."""
        other = Servers(start=False)
        other.place, other.redis_url, other._admin = self.place, self.redis_url, self._admin
        return other

    @property
    def database_url(self) -> str:
        """Of the database that the campaign's processes use."""
        return self._admin.rpartition("/")[0] + f"/{DATABASE}"

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]] | None:
        """The answer, or None while the database is away."""
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self.database_url, autocommit=True, connect_timeout=2)
            return self._connection.execute(query.encode(), values or None).fetchall()
        except psycopg.Error:
            self.forget()
            return None

    def sure(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The answer of a database that is there."""
        for _try in range(50):
            found = self.rows(query, *values)
            if found is not None:
                return found
            time.sleep(0.2)
        raise AssertionError(f"The database doesn't answer: {query}")

    def forget(self) -> None:
        """Drop the connection: another is made with the next question."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fresh(self, name: str, template: str = "template0") -> None:
        """A new database in the place of one of this name."""
        self.forget()
        told = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template)))
        gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        with psycopg.connect(self._admin, autocommit=True) as connection:
            connection.execute(gone)
            connection.execute(told)
            # A copied sequence is in no log until it is used after a checkpoint: a stop at once would turn it back.
            connection.execute("CHECKPOINT")

    def stop_postgres(self) -> None:
        """As `pg_ctl stop -m immediate` does: no checkpoint, no farewell."""
        pid = postgres.running(self.place)
        os.kill(pid, signal.SIGQUIT)
        processes.wait_gone(pid, 10)
        self.forget()

    def start_postgres(self) -> None:
        """Start it again, with the same port and data."""
        postgres.start(self.place)

    def redis(self) -> Redis:
        """A client."""
        return Redis.from_url(self.redis_url, socket_timeout=2, socket_connect_timeout=2)

    def stop_redis(self) -> None:
        """Kill it; it keeps nothing on its disk."""
        os.kill(redis_server.running(self.place), signal.SIGKILL)

    def start_redis(self) -> None:
        """Start it again on the same port, empty."""
        redis_server.start(self.place)

    def fill_redis(self, *, full: bool) -> None:
        """No more room for anything, or room again."""
        with self.redis() as client:
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("maxmemory", 1 if full else 0)

    def flush_redis(self) -> None:
        """Forget everything, as `FLUSHALL` does."""
        try:
            with self.redis() as client:
                client.flushall()
        except RedisError as error:
            raise AssertionError(f"Redis doesn't answer: {error}") from error

    def stop(self) -> None:
        """End both."""
        self.forget()
        services.stop(SET)
