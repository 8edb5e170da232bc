"""A process that works units gives freed memory back; where the system can't be told, it works all the same."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pytest

from bookgen_site.lib import heaps

pytestmark = pytest.mark.once


class Library:
    def __init__(self) -> None:
        self.told: dict[int, int] = {}

    def mallopt(self, option: int, value: int) -> int:
        self.told[option] = value
        return 1


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    heaps.give_back_freely.cache_clear()
    yield
    heaps.give_back_freely.cache_clear()


def test_the_library_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    assert heaps.give_back_freely()
    assert library.told == {-1: 131_072, -3: 131_072, -8: 2}
    library.told.clear()
    assert heaps.give_back_freely()
    assert library.told == {}


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert not heaps.give_back_freely()


def test_the_library_of_this_machine_takes_it() -> None:
    assert heaps.give_back_freely() == hasattr(ctypes.CDLL(None), "mallopt")
