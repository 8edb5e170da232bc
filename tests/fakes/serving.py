"""Fixtures for tests of what goes out: servers on loopback, and no memory of earlier tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bookgen_site.lib import politeness, robots
from tests.fakes.raw_server import NOT_FOUND, Answer, RawServer

Serve = Callable[..., RawServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that send given bytes; they end with the test."""
    servers: list[RawServer] = []

    def start(answer: Answer, robots: Answer = NOT_FOUND) -> RawServer:
        servers.append(RawServer(answer, robots))
        return servers[-1]

    yield start
    for server in servers:
        server.listener.close()


@pytest.fixture(autouse=True)
def fresh_manners(monkeypatch: pytest.MonkeyPatch) -> None:
    """No site's rules are known and no host was asked before; nobody waits for a turn unless a test says so."""
    robots.forget()
    monkeypatch.setattr(politeness, "INTERVAL", 0.0)
    monkeypatch.setattr(politeness, "_next", {})
