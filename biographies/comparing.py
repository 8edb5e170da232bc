"""What was changed between two texts, word by word, as operations that lead from the one to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

# Words with the space behind them; the marks of citations are words of their own.
_TOKENS: Final = re.compile(r"\[\^\d+\]\s*|[\w’'-]+\s*|[^\w\s]\s*|\s+")
_PARAGRAPHS: Final = re.compile(r"(?<=\n\n)(?=[^\n])")
MOST_PAIRS: Final = (
    2_000_000  # of words to be held against one another; beyond that a passage is changed as a whole
)


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch that stays (`equal`), goes (`delete`) or comes (`insert`)."""

    op: str
    text: str


def compare(before: str, after: str) -> list[Step]:
    """The steps in order: those that stay and go, joined, are `before`; those that stay and come are `after`.

    Paragraphs are held against one another first and words only within those that differ, so a long chapter costs
    little more than what was changed in it.
    """
    return list(_joined(_by_paragraph(_PARAGRAPHS.split(before), _PARAGRAPHS.split(after))))


def _by_paragraph(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Step("equal", "".join(old[a:b]))
        else:
            yield from _by_word("".join(old[a:b]), "".join(new[c:d]))


def _by_word(before: str, after: str) -> Iterator[Step]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        yield from (Step("delete", before), Step("insert", after))
        return
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Step("equal", "".join(old[a:b]))
        else:
            yield from (Step("delete", "".join(old[a:b])), Step("insert", "".join(new[c:d])))


def _joined(steps: Iterator[Step]) -> Iterator[Step]:
    """Neighbours of one kind as one step, and no empty ones."""
    for op, group in groupby((step for step in steps if step.text), key=lambda step: step.op):
        yield Step(op, "".join(step.text for step in group))
