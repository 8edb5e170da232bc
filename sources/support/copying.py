"""A claim that copies its source nearly word by word: what was changed in it?

Measured on pairs of both kinds: wrong sentences are mostly copies with one thing exchanged. So in a copy each
exchanged date, number, name, relation, negation or opposite counts, even if the passage has the new word elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sources.gazetteer import genders, is_place
from sources.name_words import TITLES, is_common_word
from sources.support.dates import Date
from sources.support.names import name_places
from sources.support.pair import Clash, Pair
from sources.support.polarity import is_denied
from sources.support.quantities import agree
from sources.support.reading import Reading
from sources.support.tongues import ARTICLES_THAT_COUNT, FEMALE, MALE, PRONOUNS

COPIED = 0.6  # of a claim's words, in the order of the source
_LONGEST = 120  # words: the comparison takes the time of a product
_SHORTEST = 4  # words; less is no sentence


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens of the passage from `old` on became tokens of the claim from `new` on (first, past the last)."""

    old: tuple[int, int]
    new: tuple[int, int]


def changed(pair: Pair, changes: Iterable[Change]) -> Iterator[Clash]:
    """A clash for each typed thing that was exchanged in a copy."""
    for change in changes:
        if change.old[0] < change.old[1]:
            yield from _exchanged(pair, change)


def changes_of(pair: Pair) -> list[Change]:
    """What was changed on the way from the sentence that was copied, or from its neighbourhood; [] for no copy."""
    words = list(pair.claim.folded)
    if not _SHORTEST <= len(words) <= _LONGEST:
        return []
    for first, past in dict.fromkeys((_original(pair, words), pair.near)):
        source = pair.passage.folded[first : min(past, first + 3 * _LONGEST)]
        if sum(map(set(source).__contains__, words)) < COPIED * len(words):
            continue
        matcher = SequenceMatcher(None, source, words, autojunk=False)
        if sum(block.size for block in matcher.get_matching_blocks()) >= COPIED * len(words):
            opcodes = _tight(matcher.get_opcodes(), len(words))
            return [Change((first + old, first + end), (new, stop)) for old, end, new, stop in opcodes]
    return []


def _original(pair: Pair, words: list[str]) -> tuple[int, int]:
    """The sentence of the passage with the most of the claim's pairs of neighbouring words."""
    wanted = set(pairwise(words))
    hits = [at for at, two in enumerate(pairwise(pair.passage.folded)) if two in wanted]
    counts = [bisect_left(hits, past - 1) - bisect_left(hits, first) for first, past in pair.passage.spans]
    return pair.passage.spans[counts.index(max(counts))]


_Opcode = tuple[str, int, int, int, int]


def _tight(opcodes: Sequence[_Opcode], length: int) -> Iterator[tuple[int, int, int, int]]:
    """The changes; before the first and after the last copied word only as much of the source as of the claim."""
    for tag, old, end, new, stop in opcodes:
        if tag == "equal":
            continue
        if new == 0:
            old = max(old, end - stop)
        elif stop == length:
            end = min(end, old + stop - new)
        if end > old or stop > new:
            yield old, end, new, stop


def _exchanged(pair: Pair, change: Change) -> Iterator[Clash]:
    if change.old[1] - change.old[0] > 2 * (change.new[1] - change.new[0]) + 2:
        return  # so much for so little is no exchange but another way to say it
    for kind, typed in _KINDS:
        before, after = typed(pair.passage, change.old), typed(pair.claim, change.new)
        if kind == "name":
            after = {word: at for word, at in after.items() if not _is_meant(pair, word, change)}
        lost = [at for word, at in before.items() if word not in after]
        gained = [at for word, at in after.items() if word not in before]
        if lost and gained and not _is_told(pair, kind, gained[0][0], change):
            said, found = pair.claim.said(*gained[0]), pair.passage.said(*lost[0])
            moved = kind == "name" and _is_in_best(pair, gained[0][0])
            yield Clash("name elsewhere" if moved else kind, said, found, sure=not moved and kind != "gender")
    yield from _denied(pair, change)
    yield from _opposed(pair, change)


def _is_told(pair: Pair, kind: str, at: int, change: Change) -> bool:
    """Whether the passage says the same of what came in, there or a sentence before or behind."""
    if kind == "kinship":
        return _does_the_same(pair, at)
    return kind == "number" and (
        _agrees(pair, at, change) or _is_same_year(pair, at) or _is_nearer(pair, at, change)
    )


def _is_nearer(pair: Pair, at: int, change: Change) -> bool:
    """Whether the sentence about the same gives that very date or number, and the exchange is another sentence's.

    Where words were moved, the comparison may run on into the next sentence for a small word: "sailed to Lisbon in
    1858", beside "In 1858 she sailed to Lisbon. She came home in 1860."
    """
    if pair.best[0] <= change.old[0] < pair.best[1]:
        return False
    said = _figures(pair.claim, (at, at + 1))
    return bool(said) and set(said) <= set(_figures(pair.passage, pair.best))


def _does_the_same(pair: Pair, at: int) -> bool:
    """Whether the relation stands before the same verb elsewhere: "my sister died …, and my mother died at forty"."""
    after = {stem for stem in pair.claim.stems[at + 1 : at + 3] if stem}
    places = [one for one in range(len(pair.passage.tokens)) if pair.passage.kin(one) == pair.claim.kin(at)]
    return any(after & set(pair.passage.stems[one + 1 : one + 3]) for one in places)


_SAME_YEAR = re.compile(
    r"\b(?:same|mismo|mesmo|stesso|selben|gleichen|meme) (?:year|ano|anno|jahre?|annee)\b"
)


def _is_same_year(pair: Pair, at: int) -> bool:
    """Whether "in the same year" stands in the sentence, and the claim's year right before it."""
    first, past = pair.best
    if not _SAME_YEAR.search(" ".join(pair.passage.folded[first:past])):
        return False
    said = [date.year for date in pair.claim.dates if date.first == at]
    before = [date.year for date in pair.passage.dates if pair.near[0] <= date.first < first]
    return bool(said and before) and said[0] == before[-1]


def _is_in_best(pair: Pair, at: int) -> bool:
    """Whether a word of the claim stands in the best sentence: perhaps it only was moved."""
    return pair.claim.tokens[at].folded in pair.passage.folded[slice(*pair.best)]


def _agrees(pair: Pair, at: int, change: Change) -> bool:
    """Whether a number or date of the claim says the same as one that was there, or less exactly the same.

    "six months", "half a year"; "in June 1879" where the passage has "on June 2, 1879".
    """
    dates = [date for date in pair.passage.dates if _touches(date.first, date.last, change.old)]
    if any(_covers(date, other) for date in pair.claim.dates if date.first == at for other in dates):
        return True
    said = [number for number in pair.claim.numbers if number.first == at]
    there = [one for one in pair.passage.numbers if _touches(one.first, one.last, change.old)]
    return any(agree(one, other) for one in said for other in there)


def _covers(date: Date, other: Date) -> bool:
    """Whether a date leaves out the day, or day and month, of another, and differs in nothing that it says."""
    said = (
        (date.year, other.year),
        (date.until, other.until),
        (date.month, other.month),
        (date.day, other.day),
    )
    return all(one in (0, there) for one, there in said)


def _is_meant(pair: Pair, word: str, change: Change) -> bool:
    """Whether a name of the claim says whom the passage calls "I" or "she"."""
    pronouns = any(token.folded in PRONOUNS for token in pair.passage.tokens[slice(*change.old)])
    return pair.is_subject(word) and pronouns


def _denied(pair: Pair, change: Change) -> Iterator[Clash]:
    """A negation gained or lost, where nothing else was put in its place ("did not elect": "turned down").

    Not at the ends of the claim: there another sentence may have begun in the source.
    """
    if change.new[0] == 0 or change.new[1] == len(pair.claim.tokens):
        return
    old = [at for at in range(*change.old) if pair.passage.negates(at)]
    new = [at for at in range(*change.new) if pair.claim.negates(at)]
    known = set(pair.passage.stems[slice(*pair.near)])
    reworded = any(stem and stem not in known for stem in pair.claim.stems[slice(*change.new)])
    if bool(old) != bool(new) and not reworded and _denials(pair, change) != 0:
        said = pair.claim.said(new[0], new[0]) if new else ""
        found = pair.passage.said(old[0], old[0]) if old else ""
        if not new or not pair.denies_alike(new[0]):
            yield Clash("negation", said, found, sure=True)


def _denials(pair: Pair, change: Change) -> int:
    """How many negations more the sentence of the passage has than the claim: moved is not removed."""
    first, past = next(span for span in pair.passage.spans if span[0] <= change.old[0] < span[1])
    there = sum(pair.passage.negates(at) for at in range(first, max(past, change.old[1])))
    return there - sum(pair.claim.negates(at) for at in range(len(pair.claim.tokens)))


def _opposed(pair: Pair, change: Change) -> Iterator[Clash]:
    old = _axes(pair.passage, change.old)
    for (axis, side), at in _axes(pair.claim, change.new).items():
        other = old.get((axis, 1 - side))
        if other is not None and (axis, side) not in old:
            yield Clash("opposite", pair.claim.said(at, at), pair.passage.said(other, other), sure=True)


_Sided = tuple[int, int]  # a pair of opposites, and the side of it


def _axes(reading: Reading, span: tuple[int, int]) -> dict[_Sided, int]:
    return {
        (axis, side ^ is_denied(reading, 0, at)): at
        for at in range(*span)
        for axis, side in reading.opposes(at)
    }


_Typed = dict[str, tuple[int, int]]  # what stands there, and its first and last token


def _figures(reading: Reading, span: tuple[int, int]) -> _Typed:
    found: _Typed = {}
    for date in reading.dates:
        if _touches(date.first, date.last, span):
            found[f"{date.year}-{date.until}-{date.month}-{date.day}"] = (date.first, date.last)
    for number in reading.numbers:
        if _touches(number.first, number.last, span):
            found[f"{number.value:g}"] = (number.first, number.last)
    if reading.tongue == "en":  # elsewhere "one" is the article
        ones = [at for at in range(*span) if reading.tokens[at].folded in ARTICLES_THAT_COUNT]
        found |= {"1": (ones[0], ones[0])} if ones else {}
    return found


def _touches(first: int, last: int, span: tuple[int, int]) -> bool:
    return first < span[1] and last >= span[0]


def _names(reading: Reading, span: tuple[int, int]) -> _Typed:
    """Names; at the head of a sentence every word that isn't a common one: here a word stands against another."""
    found = {reading.tokens[at].folded: (at, at) for at in name_places(reading) if span[0] <= at < span[1]}
    for at in range(*span):
        if reading.tokens[at].capital and reading.tokens[at].opens and not _is_ordinary(reading, at):
            found.setdefault(reading.tokens[at].folded, (at, at))
    return found


def _is_ordinary(reading: Reading, at: int) -> bool:
    word = reading.tokens[at].folded
    if reading.is_function(at) or word in TITLES:
        return True
    common = is_common_word(reading.tokens[at].text.casefold(), reading.tongue)
    return common and not is_place(word) and word not in genders()


def _kin(reading: Reading, span: tuple[int, int]) -> _Typed:
    return {reading.kin(at): (at, at) for at in range(*span) if reading.kin(at)}


def _genders(reading: Reading, span: tuple[int, int]) -> _Typed:
    if reading.tongue != "en":
        return {}
    words = [(reading.tokens[at].folded, at) for at in range(*span)]
    return {"m" if word in MALE else "f": (at, at) for word, at in words if word in MALE | FEMALE}


_KINDS: tuple[tuple[str, Callable[[Reading, tuple[int, int]], _Typed]], ...] = (
    ("number", _figures),
    ("name", _names),
    ("kinship", _kin),
    ("gender", _genders),
)
