"""Is the same thing affirmed in the one and denied in the other? By cue words, which is brittle: only what is near."""

from __future__ import annotations

from collections.abc import Iterator

from sources.support.families import senses
from sources.support.names import name_places
from sources.support.pair import Clash, Pair, is_denial
from sources.support.reading import Reading
from sources.support.tongues import BOUND, CONVERSE, DENYING, NEGATION, NO_NEGATION_BEFORE

_THOUGHT = frozenset(
    "if could would might should unless"
    " si podria habria pourrait aurait wenn wurde konnte se poderia potrebbe".split()
)
_NEVER = frozenset("never nunca jamas jamais nie niemals mai".split())
_NONE = frozenset(
    "none nobody neither ninguno nadie aucun personne niemand keiner nenhum ninguem nessuno".split()
)
_LONG = 5  # "unable", not "under"
_ROOM = 7  # tokens around a negation
_SHORT_SENTENCE = 5  # tokens: all of it is denied
_REACH = 5  # tokens behind a negation within which its verb stands


def turned(pair: Pair) -> Iterator[Clash]:
    """A clash for each negation or opposite that stands on one side only."""
    yield from _negated_once(pair)
    yield from _denied_nowhere(pair)
    yield from _opposed(pair)


def _negated_once(pair: Pair) -> Iterator[Clash]:
    claim, passage = pair.claim, pair.passage
    whole = (0, len(claim.tokens))
    here, there = dict(negated(claim, *whole)), dict(negated(passage, *pair.best))
    if not here:
        yield from _denied_elsewhere(pair)
        for stem, cue in there.items():
            short = pair.best[1] - pair.best[0] <= _SHORT_SENTENCE
            if _affirmed(claim, whole, stem) and (short or _share_company(passage, claim, cue, stem)):
                at = claim.stems.index(stem)
                kind = _kind(passage, pair.best)
                yield Clash(kind, claim.said(at, at), passage.said(cue, _end(passage, cue, stem)))
    elif not any(passage.negates(at) for at in range(*pair.best)):
        for stem, cue in here.items():
            if pair.denies_alike(cue) or _is_prevented(passage, stem):  # another sentence denies it
                continue
            if _affirmed(passage, pair.best, stem) and _share_company(claim, passage, cue, stem):
                at = passage.stems.index(stem, pair.best[0])
                said = claim.said(cue, _end(claim, cue, stem))
                yield Clash(_kind(passage, pair.best), said, passage.said(at, at))


_PREVENTING = frozenset(
    "prevented prevents forbade forbidden barred impidio prohibio empecha interdit verhinderte verbot".split()
)


def _is_prevented(passage: Reading, stem: str) -> bool:
    """Whether something kept it from happening: "invited her to follow; the war prevented it"."""
    places = [at for at, one in enumerate(passage.stems) if one == stem]
    return any(
        word in _PREVENTING and abs(at - place) <= _ROOM
        for at, word in enumerate(passage.folded)
        for place in places
    )


def _denied_elsewhere(pair: Pair) -> Iterator[Clash]:
    """A clash where another sentence denies what the claim affirms, and none affirms it: "He never married."."""
    claim, passage = pair.claim, pair.passage
    if passage.words.keys().isdisjoint(NEGATION.get(passage.tongue, ())):
        return
    for first, past in passage.spans:
        if past - first > _SHORT_SENTENCE or (first, past) == pair.best:
            continue
        for stem, cue in negated(passage, first, past):
            if stem not in claim.stems or passage.stems.count(stem) > 1:
                continue
            at = claim.stems.index(stem)
            yield Clash("denied", claim.said(at, at), passage.said(cue, _end(passage, cue, stem)))


def _kind(passage: Reading, span: tuple[int, int]) -> str:
    """A negation; or what is only thought of: "could I have worked" denies as much as it affirms."""
    thought = any(token.folded in _THOUGHT for token in passage.tokens[slice(*span)])
    return "condition" if thought else "negation"


def _denied_nowhere(pair: Pair) -> Iterator[Clash]:
    """A clash where a claim denies what nothing near denies, or denies something else than what is denied there."""
    here = [(cue, stem) for stem, cue in negated(pair.claim, 0, len(pair.claim.tokens))]
    if not here or any(_denies(token.folded) for token in pair.passage.tokens[slice(*pair.near)]):
        return
    cues = [at for at in range(*pair.near) if pair.passage.negates(at)]
    around = {
        stem for cue in cues for stem in pair.passage.stems[max(pair.near[0], cue - _ROOM) : cue + _ROOM + 1]
    }
    for cue, stem in here:
        never = pair.claim.tokens[cue].folded in _NEVER
        wanted = {stem} if never else set(filter(None, pair.claim.stems[cue : cue + _ROOM]))
        if not wanted & around:
            yield Clash("denial", pair.claim.said(cue, _end(pair.claim, cue, stem)))


def _denies(word: str) -> bool:
    return word in DENYING or (word.startswith("un") and len(word) > _LONG)


def _affirmed(reading: Reading, span: tuple[int, int], stem: str) -> bool:
    return stem in reading.stems[slice(*span)]


def _share_company(denying: Reading, other: Reading, cue: int, stem: str) -> bool:
    """Whether the other text has a further word that stands around the denied one: it speaks of the same deed."""
    around = denying.stems[max(0, cue - 6) : cue + 7]
    return any(one and one != stem and one in other.stems for one in around)


def _end(reading: Reading, cue: int, stem: str) -> int:
    ahead = reading.stems[cue : cue + _REACH + 1]
    return cue + ahead.index(stem) if stem in ahead else cue


def negated(reading: Reading, first: int, past: int) -> Iterator[tuple[str, int]]:
    """The stems that a negation denies, with the place of its cue: the next with content, in German the last too."""
    for cue in range(first, past):
        if not reading.negates(cue) or _is_idle(reading, cue):
            continue
        ahead = _next(reading, cue, past)
        if ahead:
            yield ahead, cue
        # "The voyage failed" doesn't deny that there was one: a verb of denial denies what comes after it.
        turns = reading.tongue == "de" or (not ahead and not is_denial(reading, cue))
        behind = _last(reading, cue, first) if turns else ""
        if behind:
            yield behind, cue


def _last(reading: Reading, cue: int, first: int) -> str:
    return next((stem for stem in reversed(reading.stems[max(first, cue - 4) : cue]) if stem), "")


def _is_idle(reading: Reading, cue: int) -> bool:
    after = reading.tokens[cue + 1].folded if cue + 1 < len(reading.tokens) else ""
    return after in NO_NEGATION_BEFORE


def _next(reading: Reading, cue: int, past: int) -> str:
    for at in range(cue + 1, min(past, cue + _REACH + 1)):
        if reading.tokens[at].opens:
            return ""
        if reading.stems[at]:
            return reading.stems[at]
    return ""


def _opposed(pair: Pair) -> Iterator[Clash]:
    claim, passage = _sides(pair.claim, 0, len(pair.claim.tokens)), _sides(pair.passage, *pair.best)
    for (axis, follower), sides in claim.items():
        there = passage.get((axis, follower), {})
        if len(sides) == 1 and len(there) == 1 and sides.keys() != there.keys():
            (place,), (other,) = sides.values(), there.values()
            if any(senses(pair.claim, place) & senses(pair.passage, at) for at in range(*pair.best)):
                continue  # both are told there: "lived until her death"
            if pair.claim.folded[place] in CONVERSE and _seen_from_there(pair, place, other):
                continue
            yield Clash("opposite", pair.claim.said(place, place), pair.passage.said(other, other))


_FROM_OR_TO = frozenset("from to under von an bei unter a au aux de da con chez avec sous".split())


def _seen_from_there(pair: Pair, place: int, other: int) -> bool:
    """Whether who is bought from, or sold to, on the one side is the doer on the other."""
    here = _partners(pair.claim, 0, len(pair.claim.tokens))
    there = _partners(pair.passage, *pair.best)
    doers = {pair.passage.folded[at] for at in name_places(pair.passage) if pair.best[0] <= at < other}
    ours = {pair.claim.folded[at] for at in name_places(pair.claim) if at < place}
    return not ours & doers and bool(here & doers or there & ours)


def _partners(reading: Reading, first: int, past: int) -> set[str]:
    """The words of names right behind "from" or "to"."""
    names = {at for at in name_places(reading) if first < at < past}
    return {
        reading.folded[at]
        for at in names
        for start in (at, at - 1)
        if start in names and start > 0 and reading.folded[start - 1] in _FROM_OR_TO
    }


def is_denied(reading: Reading, first: int, place: int) -> bool:
    """Whether a negation stands right before, or a "none of his men" as far as five words before."""
    if any(reading.negates(at) for at in range(max(first, place - 2), place)):
        return True
    further = range(max(first, place - _REACH), max(first, place - 2))
    return any(
        reading.tokens[at].folded in _NONE and not any(t.apart for t in reading.tokens[at + 1 : place])
        for at in further
    )


def _sides(reading: Reading, first: int, past: int) -> dict[tuple[int, str], dict[int, int]]:
    """(axis, what it stands before) -> side of the axis -> place; a negation right before turns the side."""
    found: dict[tuple[int, str], dict[int, int]] = {}
    for place in range(first, past):
        for axis, side in reading.opposes(place):
            follower = _next(reading, place, past) if reading.tokens[place].folded in BOUND else ""
            denied = is_denied(reading, first, place)
            found.setdefault((axis, follower), {})[side ^ denied] = place
    return found
