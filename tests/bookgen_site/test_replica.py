"""Lists and reports come from the replica; whoever has just written reads from the database itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from bookgen_site.lib import clock, replica
from bookgen_site.lib.replica import ReplicaMiddleware, Router, reading_lists

router = Router()


class Replica:
    """Stands for the connection to a replica."""

    def __init__(self) -> None:
        self.away = False
        self.asked = 0

    def ensure_connection(self) -> None:
        self.asked += 1
        if self.away:
            raise OperationalError("gone")


@pytest.fixture(autouse=True)
def there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Replica:
    cache.clear()
    found = Replica()
    monkeypatch.setattr(replica._Away, "until", 0.0)
    monkeypatch.setattr(replica, "connections", {"replica": found})
    monkeypatch.setattr(replica, "settings", SimpleNamespace(DATABASES={"default": {}, "replica": {}}))
    return found


def person(number: int) -> Any:
    return SimpleNamespace(pk=number)


def read_by(method: str, user: Any = None, *, inside: bool = True) -> tuple[str, str]:
    """Where a view of this method reads and writes, in a list or elsewhere."""

    def view(_request: HttpRequest) -> HttpResponse:
        if inside:
            with reading_lists(user):
                seen.append((router.db_for_read(None), router.db_for_write(None)))
        else:
            seen.append((router.db_for_read(None), router.db_for_write(None)))
        return HttpResponse("x")

    seen: list[tuple[str, str]] = []
    request = RequestFactory().generic(method, "/")
    request.user = user or person(0)
    ReplicaMiddleware(view)(request)
    return seen[0]


def test_lists_are_read_from_the_replica_and_written_to_the_database() -> None:
    assert read_by("GET", person(1)) == ("replica", "default")
    assert read_by("GET", person(1), inside=False) == ("default", "default")
    assert router.db_for_read(None) == "default"


def test_a_request_that_writes_reads_from_the_database() -> None:
    assert read_by("POST", person(1)) == ("default", "default")


def test_who_has_written_lately_sees_the_own_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    read_by("POST", person(1))
    assert read_by("GET", person(1))[0] == "default"
    assert read_by("GET", person(2))[0] == "replica"
    cache.clear()  # some seconds later
    assert read_by("GET", person(1))[0] == "replica"


def test_outside_of_a_request_nothing_is_read_from_it() -> None:
    with reading_lists(person(1)) as alias:
        assert (alias, router.db_for_read(None)) == ("default", "default")


def test_a_replica_that_is_away_is_left_alone_for_a_while(
    there: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.away = True
    assert [read_by("GET", person(1))[0] for _time in range(3)] == ["default"] * 3
    assert there.asked == 1
    there.away = False
    now = clock.monotonic()
    monkeypatch.setattr(clock, "monotonic", lambda: now + replica.LOOK_AGAIN + 1)
    assert read_by("GET", person(1))[0] == "replica"


def test_tables_are_made_in_the_database_alone() -> None:
    assert router.allow_migrate("default", "biographies")
    assert not router.allow_migrate("replica", "biographies")
