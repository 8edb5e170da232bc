"""The words of a text that no citation covers."""

from __future__ import annotations

from collections.abc import Iterator

from engine.quality.views import SectionView
from engine.quality.words import words
from engine.reading import Stretch

_FEW = 4  # fewer words between two cited sentences are a joint ("he said:"), not a statement
_DECOR = " —“”«»„\"'.,;:"


def uncited(view: SectionView) -> Iterator[str]:
    """Roman text must be followed by a mark; italic text is the compiler's own and needs none.

    A mark covers the sentence that its citation names, not all that stands before it.
    """
    for block in view.blocks:
        for stretch in block.stretches:
            if stretch.italic or stretch.bold:
                continue
            yield from _rest(view, stretch) if stretch.marks else _bare(stretch.text)


def _bare(text: str) -> Iterator[str]:
    bare = text.strip(" —“”\"'")
    if bare:
        yield bare


def _rest(view: SectionView, stretch: Stretch) -> Iterator[str]:
    """What is left of a stretch without the sentences of its citations."""
    named = [view.cited[mark].sentence for mark in stretch.marks if mark in view.cited]
    covered = [sentence for sentence in named if sentence and sentence in stretch.text]
    if not covered:
        return
    rest = stretch.text
    for sentence in sorted(set(covered), key=len, reverse=True):
        rest = rest.replace(sentence, "\n")
    for part in rest.split("\n"):
        if len(words(part)) >= _FEW:
            yield part.strip(_DECOR)
