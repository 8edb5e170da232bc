"""Who is related how: as far as rules see it."""

from __future__ import annotations

from collections.abc import Iterator

from sources.support.names import is_name
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading
from sources.support.tongues import KIN, KIN_ALSO, MARRYING

_STRICT = frozenset("mother father wife husband sister brother son daughter".split())
_CLOSE = _STRICT | {"parent", "child", "spouse", "sibling"}  # what may be meant by another word of its kind
_CHAIN = 2  # relations that may make up another one: a father's brother is an uncle
_COUPLES = (("mother", "father"), ("wife", "husband"), ("sister", "brother"), ("son", "daughter"))
_OPPOSITE = {one: other for pair in _COUPLES for one, other in (pair, pair[::-1])}


def wrong_kin(pair: Pair) -> Iterator[Clash]:
    """A clash where a relation isn't told but another is, and where a name is related otherwise."""
    known = _kin_places(pair.passage)
    for kin, place in _kin_places(pair.claim).items():
        if kin in _STRICT and kin not in known and not _follows(kin, set(known), pair):
            rival = known.get(_OPPOSITE[kin])
            found = pair.passage.said(rival, rival) if rival is not None and pair.in_best(rival) else ""
            if _here(pair, known):
                yield Clash("kinship", pair.claim.said(place, place), found)
        elif kin not in _CLOSE and kin not in known and len(_here(pair, known)) < _CHAIN:
            yield Clash("kinship", pair.claim.said(place, place))
    yield from _names_otherwise(pair)


def _kin_places(reading: Reading) -> dict[str, int]:
    places: dict[str, int] = {}
    table = KIN.get(reading.tongue, {})
    for place, token in enumerate(reading.tokens):
        if token.folded in table:
            places.setdefault(table[token.folded], place)
    return places


def _here(pair: Pair, known: dict[str, int]) -> list[int]:
    return [place for place in known.values() if pair.near[0] <= place < pair.near[1]]


def _follows(kin: str, known: set[str], pair: Pair) -> bool:
    if kin in ("wife", "husband") and any(stem.startswith(MARRYING) for stem in pair.passage.stems):
        return True
    return bool(KIN_ALSO.get(kin, frozenset()) & known) and _OPPOSITE.get(kin) not in known


def _names_otherwise(pair: Pair) -> Iterator[Clash]:
    """ "His sister Anna" where the passage has "his wife Anna"."""
    known = dict(_kin_of_names(pair.passage))
    for name, (kin, place) in _kin_of_names(pair.claim):
        other, there = known.get(name, (kin, 0))
        if other != kin and {other, kin} <= _STRICT:
            yield Clash("kinship", pair.claim.said(place, place), pair.passage.said(there, there))


def _kin_of_names(reading: Reading) -> Iterator[tuple[str, tuple[str, int]]]:
    table = KIN.get(reading.tongue, {})
    for place, token in enumerate(reading.tokens[:-1]):
        kin = table.get(token.folded)
        if kin and is_name(reading, place + 1):
            yield reading.tokens[place + 1].folded, (kin, place)
