"""Marks and addresses of a conversation with a model, and places where a reader sees nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sources.injection.base import Sign
from sources.injection.needles import folded, may_match
from sources.injection.orders import has_command
from sources.injection.patterns import FRAMES, PATTERNS, TOLD
from sources.injection.tokens import Word


def found_in(text: str, words: list[Word]) -> Iterator[Sign]:
    """Marks that count alone, hints that count together, and frames with a command inside."""
    plain = folded(text)
    for name, weak, pattern in PATTERNS:
        if may_match(pattern, plain):
            yield from (Sign(name, *match.span(), weak) for match in pattern.finditer(text))
    starts = [word.start for word in words]
    for name, pattern in FRAMES:
        for match in pattern.finditer(text) if may_match(pattern, plain) else ():
            held = words[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
            if TOLD.search(match[0]) if name != "address" else has_command(held):
                yield Sign(name, *match.span())
