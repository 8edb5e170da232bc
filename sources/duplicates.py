"""How much of one text stands in another: exactly, nearly (another format, another transcription), or in part.

A sketch keeps those hashes of a text's shingles (five words in a row) that lie below a bound, and so is a fair
sample of them: "FracMinHash", Irber et al. 2022, after Broder 1997. Unlike a sketch of a fixed size it tells how
much of a short text is contained in a long one. Short texts keep all their hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, NotRequired, TypedDict

from sources.people import fold_name

SAME: Final = (
    0.7  # of the shingles: one word in fifteen may differ, or a third may be somebody's frame around it
)
SURE: Final = 48  # hashes in common reach that tell a share without looking at the texts themselves
_SHINGLE: Final = 5  # words
_FEWEST: Final = 256  # hashes kept of every text that has so many
SPACE: Final = 2**48  # six bytes: every reader of JSON keeps such an integer exactly
_BOUND: Final = SPACE // 8
# Thai to Burmese, Khmer, and the scripts of Chinese and Japanese leave no space between words: each letter is one.
_UNSPACED: Final = (
    "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"(?=[^\W_])(?:[{_UNSPACED}]|[^\W_{_UNSPACED}]+)")
_GAP = re.compile(r"[\W_]+")


class Signature(TypedDict):
    """What is kept of a text to compare it with others; storable as JSON. `bound`: all hashes below it are there."""

    exact: str
    sketch: list[int]
    bound: NotRequired[int]  # rows of earlier releases have none
    words: NotRequired[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares from 0 to 1: how much of the one stands in the other, and the other way round; from how many hashes."""

    of_one: float
    of_other: float
    sample: int


def signature(text: str) -> Signature:
    """Return the signature of a text; case, accents, punctuation and line breaks don't count."""
    folded = fold_name(text)
    hashes = set(map(_hash, _shingles(folded)))
    kept = sorted(one for one in hashes if one < _BOUND)
    bound = _BOUND
    if len(kept) < _FEWEST:
        kept = nsmallest(_FEWEST, hashes)
        bound = SPACE if len(kept) == len(hashes) else kept[-1] + 1
    exact = hashlib.sha256(_GAP.sub(" ", folded).strip().encode()).hexdigest()
    return {
        "exact": exact,
        "sketch": kept,
        "bound": bound,
        "words": sum(1 for _word in _WORD.finditer(folded)),
    }


def overlap(a: Signature, b: Signature) -> Overlap:
    """How much two texts have in common, estimated from the hashes that both sketches had to keep."""
    if a["exact"] == b["exact"]:
        return Overlap(1.0, 1.0, SURE)
    bound = min(a.get("bound", 0), b.get("bound", 0))
    one = {each for each in a["sketch"] if each < bound}
    other = {each for each in b["sketch"] if each < bound}
    common = len(one & other)
    sample = min(len(one), len(other))
    return Overlap(common / max(1, len(one)), common / max(1, len(other)), sample)


def overlap_of_texts(one: str, other: str) -> Overlap:
    """The same, exactly: from all shingles of both texts."""
    left, right = (set(_shingles(fold_name(text))) for text in (one, other))
    common = len(left & right)
    return Overlap(common / len(left), common / len(right), SURE)


def near(a: Signature, b: Signature) -> bool:
    """Whether two texts are the same or nearly: about seven tenths of the shingles of each stand in the other."""
    found = overlap(a, b)
    return min(found.of_one, found.of_other) >= SAME


def _shingles(folded: str) -> Iterator[str]:
    """One after the other: all words of a text of 20 MB at once would take half a gigabyte."""
    window: deque[str] = deque(maxlen=_SHINGLE)
    for word in _WORD.finditer(folded):
        window.append(word[0])
        if len(window) == _SHINGLE:
            yield " ".join(window)
    if len(window) < _SHINGLE:
        yield " ".join(window)


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=6).digest(), "big")
