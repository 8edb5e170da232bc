"""A run, and a clock that stands until it is moved."""

from __future__ import annotations

import pytest

from bookgen_site.lib import clock
from engine.models import Run
from tests.fakes import rows
from tests.fakes.claims import Time


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """All leases and pauses are by it."""
    moved = Time()
    monkeypatch.setattr(clock, "now", lambda: moved.now)
    return moved


@pytest.fixture
def run() -> Run:
    """An active run of a job in work."""
    return rows.run()
