"""What the passage only speaks of as wished, asked for, or failed in, and the claim tells as done."""

from __future__ import annotations

from collections.abc import Iterator

from sources.support.pair import Clash, Pair
from sources.support.reading import Reading
from sources.support.roles import is_past
from sources.support.tongues import DENYING, THWARTED, WISHING

_TO = frozenset("to a de zu da di per que".split())
_CUES = WISHING | THWARTED | DENYING
_AHEAD = 4  # tokens between the wish and what is wished
_SCOPE = 7  # tokens of what is wished
_ENDS = frozenset("and but y pero et mais und aber e mas ma".split())


def unrealised(pair: Pair) -> Iterator[Clash]:
    """A clash for a deed of the claim that stands in the passage only behind "asked to be", "tried to", "failed to"."""
    claim, passage = pair.claim, pair.passage
    if not _CUES.intersection(passage.words) or any(
        _is_cue(claim, at) or claim.negates(at) for at in range(len(claim.tokens))
    ):
        return
    told = {stem: at for at, stem in enumerate(claim.stems) if stem and not claim.tokens[at].capital}
    done = {stem: at for stem, at in told.items() if is_past(claim.tokens[at], claim.tongue)}
    for first, past in passage.spans:
        for cue in range(first, past):
            if passage.folded[cue] in WISHING:
                yield from _only_wished(pair, done, cue, past)
            elif _is_cue(passage, cue):
                yield from _only_wished(pair, told, cue, past)


def _only_wished(pair: Pair, told: dict[str, int], cue: int, past: int) -> Iterator[Clash]:
    passage = pair.passage
    scope = _scope(passage, cue, past)
    for at in scope:
        stem = passage.stems[at]
        if not stem or stem not in told:
            continue
        if not _is_told_elsewhere(passage, stem, scope):
            yield Clash("condition", pair.claim.said(told[stem], told[stem]), passage.said(cue, at))
            return


def _is_told_elsewhere(passage: Reading, stem: str, scope: range) -> bool:
    return passage.stems.count(stem) > sum(passage.stems[at] == stem for at in scope)


def _scope(reading: Reading, cue: int, past: int) -> range:
    """The tokens of what is wished: from its "to" on, up to a comma or an "and"."""
    start = next(
        (at + 1 for at in range(cue + 1, min(past, cue + _AHEAD)) if reading.tokens[at].folded in _TO), past
    )
    if start == past and reading.tongue == "de":  # the infinitive stands at the end
        start = cue + 1
    end = start
    while end < min(past, start + _SCOPE) and not _breaks(reading, end, start):
        end += 1
    return range(start, end)


def _breaks(reading: Reading, at: int, start: int) -> bool:
    token = reading.tokens[at]
    return token.folded in _ENDS or (token.apart and at > start)


def _is_cue(reading: Reading, at: int) -> bool:
    return reading.folded[at] in _CUES
