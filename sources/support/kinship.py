"""Who is related how: as far as rules see it."""

from __future__ import annotations

from collections.abc import Iterator

from sources.support.names import is_name
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading
from sources.support.tongues import KIN, KIN_ALSO, MARRYING

_STRICT = frozenset("mother father wife husband sister brother son daughter".split())
_CLOSE = _STRICT | {"parent", "child", "spouse", "sibling"}  # what may be meant by another word of its kind
_PARENTS = frozenset("father mother parent".split())
_CHILDREN = frozenset("son daughter child".split())
_SIBLINGS = frozenset("brother sister sibling".split())
_SPOUSES = frozenset("wife husband spouse".split())
# Relations that may make up another one (a father's brother is an uncle), or that are it seen from the other side.
_CHAINS: dict[str, tuple[tuple[frozenset[str], ...], ...]] = {
    "uncle": (
        (_PARENTS, frozenset("brother sibling brother-in-law".split())),
        (frozenset(("nephew", "niece")),),
        (frozenset(("aunt",)), _SPOUSES),
    ),
    "aunt": (
        (_PARENTS, frozenset("sister sibling sister-in-law".split())),
        (frozenset(("nephew", "niece")),),
        (frozenset(("uncle",)), _SPOUSES),
    ),
    "nephew": ((_SIBLINGS, _CHILDREN), (frozenset(("uncle", "aunt")),)),
    "niece": ((_SIBLINGS, _CHILDREN), (frozenset(("uncle", "aunt")),)),
    "cousin": ((frozenset(("uncle", "aunt")), _CHILDREN), (_PARENTS, _SIBLINGS, _CHILDREN)),
    "grandmother": ((_PARENTS, frozenset(("mother",))), (frozenset(("grandson", "granddaughter")),)),
    "grandfather": ((_PARENTS, frozenset(("father",))), (frozenset(("grandson", "granddaughter")),)),
    "grandson": ((_CHILDREN, frozenset(("son", "child"))), (frozenset(("grandmother", "grandfather")),)),
    "granddaughter": ((_CHILDREN, frozenset(("daughter", "child"))), (frozenset(("grandmother", "grandfather")),)),
    "son-in-law": ((_CHILDREN, _SPOUSES),),
    "daughter-in-law": ((_CHILDREN, _SPOUSES),),
    "brother-in-law": ((_SIBLINGS, _SPOUSES),),
    "sister-in-law": ((_SIBLINGS, _SPOUSES),),
    "father-in-law": ((_PARENTS, _SPOUSES),),
    "mother-in-law": ((_PARENTS, _SPOUSES),),
    "stepmother": ((frozenset(("father",)), _SPOUSES),),
    "stepfather": ((frozenset(("mother",)), _SPOUSES),),
}  # fmt: skip
_WIDOWED = {
    **dict.fromkeys("widow viuda veuve witwe viuva vedova".split(), "husband"),
    **dict.fromkeys("widower viudo veuf witwer viuvo vedovo".split(), "wife"),
}
_OF = frozenset("of de du des del von da di".split())
_APPOSED = 4  # tokens between a relation and the name that it's said of
_COUPLES = (("mother", "father"), ("wife", "husband"), ("sister", "brother"), ("son", "daughter"))
_OPPOSITE = {one: other for pair in _COUPLES for one, other in (pair, pair[::-1])}


def wrong_kin(pair: Pair) -> Iterator[Clash]:
    """A clash where a relation isn't told but another is, and where a name is related otherwise."""
    known = _kin_places(pair.passage)
    for kin, place in _kin_places(pair.claim).items():
        if _WIDOWED.get(pair.claim.tokens[place].folded) in known:
            continue
        if kin in _STRICT and kin not in known and not _follows(kin, set(known), pair):
            rival = known.get(_OPPOSITE[kin])
            found = pair.passage.said(rival, rival) if rival is not None and pair.in_best(rival) else ""
            if _here(pair, known) or _is_named(pair.claim, place):
                yield Clash("kinship", pair.claim.said(place, place), found)
        elif kin not in _CLOSE and kin not in known and not _is_composed(kin, set(known)):
            yield Clash("kinship", pair.claim.said(place, place))
    yield from _names_otherwise(pair)


def _kin_places(reading: Reading) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, token in enumerate(reading.tokens):
        if token.folded in KIN.get(reading.tongue, {}):
            places.setdefault(reading.kin(place), place)
    return places


def _here(pair: Pair, known: dict[str, int]) -> list[int]:
    return [place for place in known.values() if pair.near[0] <= place < pair.near[1]]


def _is_composed(kin: str, known: set[str]) -> bool:
    """Whether relations of the passage may make up one of the claim; of two like ones at least two are named."""
    return any(
        all(step & known for step in chain) and len(known & frozenset().union(*chain)) >= len(chain)
        for chain in _CHAINS.get(kin, ())
    )


def _is_named(reading: Reading, place: int) -> bool:
    """Whether a name stands right behind a relation: "his brother Jakob"."""
    return place + 1 < len(reading.tokens) and is_name(reading, place + 1)


# Who married one's daughter is one's son-in-law.
_MARRIED_TO = {
    "daughter": "son-in-law", "son": "daughter-in-law", "sister": "brother-in-law", "brother": "sister-in-law"
}  # fmt: skip


def _follows(kin: str, known: set[str], pair: Pair) -> bool:
    if _MARRIED_TO.get(kin) in known and any(stem.startswith(MARRYING) for stem in pair.claim.stems):
        return True
    if kin in ("wife", "husband") and any(stem.startswith(MARRYING) for stem in pair.passage.stems):
        return True
    return bool(KIN_ALSO.get(kin, frozenset()) & known) and _OPPOSITE.get(kin) not in known


def _names_otherwise(pair: Pair) -> Iterator[Clash]:
    """ "His sister Anna" where the passage has "his wife Anna", or "Anna, a friend of his sister"."""
    known: dict[str, dict[str, int]] = {}
    for name, kin, at in _kin_of_names(pair.passage):
        known.setdefault(name, {}).setdefault(kin, at)
    for name, kin, place in _kin_of_names(pair.claim):
        there = known.get(name, {})
        if kin in there or not ({kin} <= _STRICT):
            continue
        if there and set(there) <= _STRICT:
            other = min(there.values())
            yield Clash("kinship", pair.claim.said(place, place), pair.passage.said(other, other))
        elif not there and (apart := _of_another(pair.passage, name, kin)):
            yield Clash("kinship of another", pair.claim.said(place, place), pair.passage.said(*apart))


def _kin_of_names(reading: Reading) -> Iterator[tuple[str, str, int]]:
    """(word of a name, its relation, where) for "his sister Anna Maria"."""
    for place in range(len(reading.tokens) - 1):
        kin, at = reading.kin(place), place + 1
        while kin and at < len(reading.tokens) and is_name(reading, at) and not reading.tokens[at].apart:
            yield reading.tokens[at].folded, kin, place
            at += 1


def _of_another(reading: Reading, name: str, kin: str) -> tuple[int, int] | None:
    """Where a relation stands behind a name as someone else's: "Thomas Day, a relation of her late husband"."""
    places = [at for at, word in enumerate(reading.folded) if word == name]
    for place in range(len(reading.tokens)):
        if reading.kin(place) != kin:
            continue
        if any(place < at <= place + _APPOSED for at in places):
            return None
        lead = reading.folded[max(0, place - 3) : place]
        near = [at for at in places if place - 2 * _APPOSED <= at < place]
        if near and _OF.intersection(lead):
            return near[-1], place
    return None
