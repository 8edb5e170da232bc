"""A close copy of which a word or two differ: what was put there, and does the source bear it out?

No rule knows whether an exchanged word means the same, so it can't be told; only words of a short list may stand
for one another. In a freer rewording other words are no sign of anything, and nothing is looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sources.name_words import TITLES
from sources.support.class_words import HEDGES, LINKING, QUANTITIES, SAME
from sources.support.copying import Change
from sources.support.dates import Date, found_in
from sources.support.families import senses
from sources.support.names import name_places
from sources.support.numbers import Number
from sources.support.pair import Clash, Pair
from sources.support.reading import Reading

_NOTHING: frozenset[int] = frozenset()
_FEW = 2  # tokens of a claim that aren't its source's, or
_SHARE = 0.1  # so much of them: then it is a close copy


def reworded(pair: Pair, changes: Iterable[Change]) -> Iterator[Clash]:
    """A clash for each change of a close copy that changes what is said, or may."""
    changes = list(changes)
    own = sum(change.new[1] - change.new[0] for change in changes)
    if own > max(_FEW, _SHARE * len(pair.claim.tokens)):
        return
    typed = _typed(pair.claim)
    yield from _denied(pair, changes)
    for change in changes:
        yield from _exchanged(pair, change, typed)
        yield from _inserted_date(pair, change)
        yield from _weakened(pair, change)


def _denied(pair: Pair, changes: list[Change]) -> Iterator[Clash]:
    """A "not" that came in where nothing was, and that was taken out nowhere else."""
    lost = sum(pair.passage.negates(at) for change in changes for at in range(*change.old))
    gained = [at for change in changes for at in range(*change.new) if pair.claim.negates(at)]
    if len(gained) > lost:
        yield Clash("denial", pair.claim.said(gained[0], gained[0]))


def _typed(reading: Reading) -> set[int]:
    """Tokens of names, dates and numbers, and words that only link: others look after the former."""
    items: tuple[Date | Number, ...] = (*reading.dates, *reading.numbers)
    places = {at for one in items for at in range(one.first, one.last + 1)}
    return places.union(name_places(reading)) | {
        at for at, token in enumerate(reading.tokens) if token.folded in LINKING or token.folded in TITLES
    }


def _exchanged(pair: Pair, change: Change, typed: set[int]) -> Iterator[Clash]:
    """Words with content that came in: in the place of others, or from nowhere near."""
    old = _content(pair.passage, change.old)
    near = {sense for there in range(*pair.near) for sense in senses(pair.passage, there)}
    for at in range(*change.new):
        stem = pair.claim.stems[at]
        known = stem in map(pair.passage.stems.__getitem__, old) or (
            not old and not near.isdisjoint(senses(pair.claim, at))
        )
        if not stem or known or at in typed or pair.is_subject(pair.claim.tokens[at].folded):
            continue
        if pair.claim.negates(at) and any(map(pair.passage.negates, range(*pair.near))):
            continue  # "turned down" for "refused": looked at as a negation
        if not any(_are_same(pair, at, there) for there in old):
            found = pair.passage.said(old[0], old[-1]) if old else ""
            yield Clash("word", pair.claim.said(at, at), found)


def _content(reading: Reading, span: tuple[int, int]) -> list[int]:
    return [at for at in range(*span) if reading.stems[at]]


def _are_same(pair: Pair, at: int, there: int) -> bool:
    table = SAME.get(pair.claim.tongue, {})
    one = table.get(pair.claim.tokens[at].folded, _NOTHING)
    return bool(one & table.get(pair.passage.tokens[there].folded, _NOTHING))


def _inserted_date(pair: Pair, change: Change) -> Iterator[Clash]:
    """A date that was put into a sentence which doesn't have it."""
    here = list(pair.dates_in_best())
    for date in pair.claim.dates:
        inside = change.new[0] <= date.first < change.new[1]
        if inside and not found_in(date, here):
            yield Clash("date", pair.claim.said(date.first, date.last))


def _weakened(pair: Pair, change: Change) -> Iterator[Clash]:
    """All for some, this alone for this too, done for nearly done."""
    if change.old[1] - change.old[0] > change.new[1] - change.new[0] + _FEW:
        return  # a clause was left out
    tongue = pair.claim.tongue
    for table in (QUANTITIES.get(tongue, {}), dict.fromkeys(HEDGES.get(tongue, ()), 0)):
        old, new = _sides(pair.passage, change.old, table), _sides(pair.claim, change.new, table)
        if old.keys() != new.keys():
            said = [pair.claim.said(at, at) for side, at in new.items() if side not in old]
            found = [pair.passage.said(at, at) for side, at in old.items() if side not in new]
            yield Clash("quantity", said[0] if said else "", found[0] if found else "")


def _sides(reading: Reading, span: tuple[int, int], table: dict[str, int]) -> dict[int, int]:
    words = [(reading.tokens[at].folded, at) for at in range(*span)]
    return {table[word]: at for word, at in words if word in table}
