"""A process that works units gives freed memory back; where the system can't be told, it works all the same."""

from __future__ import annotations

import ctypes
import gc
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
    often = gc.get_threshold()
    for settle in (heaps.give_back_freely, heaps.collect_seldom):
        settle.cache_clear()
    yield
    for settle in (heaps.give_back_freely, heaps.collect_seldom):
        settle.cache_clear()
    gc.set_threshold(*often)


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


def test_garbage_is_looked_for_seldom_and_never_among_what_was_there_before() -> None:
    gc.set_threshold(700, 10, 10)
    kept = [[]]  # type: ignore[var-annotated]  # any container will do
    heaps.collect_seldom()
    assert not any(one is kept for one in gc.get_objects())
    assert gc.get_threshold()[0] > 10_000
    later = [[]]  # type: ignore[var-annotated]
    heaps.collect_seldom()
    assert any(one is later for one in gc.get_objects()), "only the first call passes over what is there"
