"""The words of a text that no citation covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.quality.views import SectionView
from engine.quality.words import words
from engine.reading import Stretch

_FEW = 4  # fewer words between two cited sentences are a joint ("he said:"), not a statement
_DECOR = " \u00a0—“”«»„\"'.,;:"


def uncited(view: SectionView) -> Iterator[str]:
    """Roman text must be followed by a mark; italic text is the compiler's own and needs none.

    A mark covers the sentence that its citation names, not all that stands before it.
    """
    for block in view.blocks:
        for place, stretch in enumerate(block.stretches):
            if stretch.italic or stretch.bold:
                continue
            if stretch.marks:
                yield from _rest(view, stretch)
            elif not _goes_on(view, stretch, block.stretches[place + 1 :]):
                yield from _bare(stretch.text)


def _goes_on(view: SectionView, stretch: Stretch, after: Sequence[Stretch]) -> bool:
    """Whether it is the beginning of a cited sentence in which words are emphasised: its mark comes at the end."""
    marks = next((one.marks for one in after if one.marks), ())
    begun = stretch.text.strip()
    return bool(begun) and any(begun in view.cited[mark].sentence for mark in marks if mark in view.cited)


def _bare(text: str) -> Iterator[str]:
    bare = text.strip(" \u00a0—“”«»„\"'")
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
