"""The same words before, another person behind: "borrowed from her mother" where the passage has "from her father"."""

from __future__ import annotations

from collections.abc import Iterator

from sources.support.names import is_name
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading
from sources.support.tongues import KIN

_LEAD = 3  # tokens that must be the same, one of them with content


def refilled(pair: Pair) -> Iterator[Clash]:
    """A clash where a person follows the same words as another one in the passage, and never the same."""
    slots = _slots(pair.passage)
    for lead, (who, place) in _slots(pair.claim).items():
        other, there = slots.get(lead, (who, 0))
        if other != who and not pair.is_subject(who):
            yield Clash("kinship", pair.claim.said(place, place), pair.passage.said(there, there))


def _slots(reading: Reading) -> dict[str, tuple[str, int]]:
    """The words before each person -> who it is, and where; not where the words stand before several."""
    found: dict[str, tuple[str, int]] = {}
    several: set[str] = set()
    kin = KIN.get(reading.tongue, {})
    people = [at for at, token in enumerate(reading.tokens) if token.capital or token.folded in kin]
    for place in people:
        if place < _LEAD:
            continue
        who = reading.kin(place) or (reading.tokens[place].folded if is_name(reading, place) else "")
        if who and any(reading.stems[place - _LEAD : place]):
            lead = " ".join(token.folded for token in reading.tokens[place - _LEAD : place])
            if found.setdefault(lead, (who, place))[0] != who:
                several.add(lead)
    return {lead: who for lead, who in found.items() if lead not in several}
