"""A cache that is away costs time, and nothing else."""

from __future__ import annotations

import pytest

from bookgen_site.lib import memory

pytestmark = pytest.mark.once


class Away:
    """A cache whose server can't be reached."""

    def get(self, _key: str) -> None:
        raise ConnectionError("refused")

    def set(self, _key: str, _value: object, _seconds: float) -> None:
        raise ConnectionError("refused")


def test_what_is_remembered_is_recalled() -> None:
    memory.remember("a", {"b": 1}, 60)
    assert memory.recall("a") == {"b": 1}
    assert memory.recall("nothing") is None


def test_without_a_cache_nothing_is_known_and_nothing_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "cache", Away())
    memory.remember("a", 1, 60)
    assert memory.recall("a") is None
