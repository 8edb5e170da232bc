"""Who waits for something else than the database holds no connection of the pool."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest

from bookgen_site.lib import lending

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("vendor", "within", "closed"), [("postgresql", False, 1), ("postgresql", True, 0), ("sqlite", False, 0)]
)
def test_a_connection_of_the_pool_is_handed_back_between_transactions(
    monkeypatch: pytest.MonkeyPatch, vendor: str, *, within: bool, closed: int
) -> None:
    calls: list[None] = []
    held = SimpleNamespace(vendor=vendor, in_atomic_block=within, close=partial(calls.append, None))
    monkeypatch.setattr(lending, "connection", held)
    lending.let_go()
    assert len(calls) == closed
