"""Ends of sentences that the tokenizer doesn't know: full stops of other scripts, and one blind spot of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Span = tuple[int, int]

_CLOSERS = r"[\"”’'»)\]」』）》】〉]*"
# Ideographic, Arabic, Urdu, Devanagari, Ethiopic, Burmese and Khmer. Chinese leaves no space after them; after
# a closing mark without a space the sentence goes on ("是的。”她说").
_SIGN = re.compile(
    rf"(?:[。！？｡]+(?:(?=[^\"”’'»)\]」』）》】〉。！？｡\s])|{_CLOSERS}(?=\s|[“「『（《]))"
    rf"|[؟۔।॥።။។]+{_CLOSERS}(?=\s))"
)
# The Greek question mark is a semicolon of Latin.
_GREEK = re.compile(
    r"(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e][\"”’'»)\]]*(?=\s+[«“\"(]?[\u0386-\u03ab\u1f08-\u1fff])"
)
# nupunkt reads "in New York. Mr. Roe came" as one sentence, since "York" often goes on.
_COURTESY = re.compile(
    r"(?<![A-Za-z])(?!(?:Hon|Rev|Prof|Messrs|Sept|Lieut|Capt)\w*\.)[A-Za-z]+[a-z]{3}\.[\"”’')\]]*"
    r"(?=\s+(?:Mr|Mrs|Ms|Dr)\.\s+[A-Z])"
)
_ENDS = (_SIGN, _GREEK, _COURTESY)


def split_at_signs(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, cut behind every such sign inside of them."""
    for start, end in spans:
        cuts = sorted(found.end() for pattern in _ENDS for found in pattern.finditer(text, start, end))
        edges = [start, *(cut for cut in cuts if cut < end), end]
        yield from pairwise(edges)
