"""The same text twice: exactly, or nearly (another file format, another transcription).

Near duplicates are told by a bottom-k sketch (Broder 1997): of the hashes of all shingles of five words
the smallest are kept, and the share that two sketches have in common estimates the share of shingles
that the two texts have in common.
"""

from __future__ import annotations

import hashlib
import re
from heapq import nsmallest
from typing import TypedDict

from sources.people import fold_name

_SHINGLE = 5  # words
_KEPT = 128
_NEAR = 0.7
_WORD = re.compile(r"[^\W_]+")


class Signature(TypedDict):
    """What is kept of a text to compare it with others; storable as JSON."""

    exact: str
    sketch: list[int]


def signature(text: str) -> Signature:
    """Return the signature of a text; case, accents, punctuation and line breaks don't count."""
    words = _WORD.findall(fold_name(text))
    shingles = {
        " ".join(words[place : place + _SHINGLE]) for place in range(max(1, len(words) - _SHINGLE + 1))
    }
    hashes = {_hash(shingle) for shingle in shingles}
    exact = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return {"exact": exact, "sketch": nsmallest(_KEPT, hashes)}


def _hash(shingle: str) -> int:
    # Six bytes: every reader of JSON keeps such an integer exactly.
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=6).digest(), "big")


def near(a: Signature, b: Signature) -> bool:
    """Whether two texts are the same or nearly: about seven tenths of their shingles agree."""
    if a["exact"] == b["exact"]:
        return True
    one, other = set(a["sketch"]), set(b["sketch"])
    sample = nsmallest(_KEPT, one | other)
    return sum(shingle in one and shingle in other for shingle in sample) >= _NEAR * len(sample)
