"""A chapter to a word budget: written in parts, then made longer or shorter until it fits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import Any, Final

from engine.authors.asking import Asker
from engine.authors.base import Brief, Draft, FactDraft
from engine.authors.model import forms
from engine.authors.model.asking import Question, Remark, tokens_for
from engine.authors.model.passages import Shown, behind
from engine.authors.model.planned import planned
from engine.authors.model.writing import Part, draft, read
from engine.models_api.errors import BadAnswer, TooLong
from engine.prompts import Block

PART_WORDS: Final = 700  # what models write in one go without losing the thread
TOLERANCE: Final = 0.05
ROUNDS: Final = 3
LAST_WORDS: Final = 120  # of what is written so far, shown to who goes on
STEADIEST: Final = (0.4, 2.5)  # how far a model's habit of writing too much or too little is believed


class ChapterWriter:
    """Writes one chapter; learns from each answer how many words this model gives for those asked."""

    def __init__(self, asker: Asker, brief: Brief, remark: Remark = lambda _remark: None) -> None:
        self._asker, self._brief, self._remark = asker, brief, remark
        self._habit = 1.0

    def write(self) -> Draft:
        """In parts of a good length; in smaller ones where their passages are too long for the model."""
        count = max(1, ceil(self._brief.target_words / PART_WORDS))
        while True:
            try:
                return self._written(_shares(self._brief.facts, count))
            except TooLong:
                if count >= len(self._brief.facts):
                    raise
                count *= 2

    def _written(self, shares: Sequence[Sequence[FactDraft]]) -> Draft:
        """All parts, then rounds of resizing until the chapter is within five per cent of its target."""
        passages = [behind(facts, self._brief.sources) for facts in shares]
        wanted = self._brief.target_words / len(shares)
        parts: list[Part] = []
        for number, shown in enumerate(passages, 1):
            told = parts[-1].end(LAST_WORDS) if parts else ""
            parts.append(self._part(number, len(shares), shown, wanted, told))
        for number in range(1, ROUNDS + 1):
            if self._fits(parts) or not self._resize(parts, passages, number):
                break
        return draft(parts)

    def _fits(self, parts: Sequence[Part]) -> bool:
        words = sum(part.words for part in parts)
        return abs(words - self._brief.target_words) <= TOLERANCE * self._brief.target_words

    def _part(self, number: int, count: int, shown: Sequence[Shown], wanted: float, told: str) -> Part:
        brief = self._brief
        return self._ask(
            f"part {number}",
            "chapter_generation/part",
            shown,
            wanted,
            title=brief.title,
            plan=planned(brief, this=True, neighbours=True),
            part=number,
            parts=count,
            instruction=brief.instruction,
            told=[Block("draft-end", told)] if told else [],
        )

    def _resize(self, parts: list[Part], passages: Sequence[Sequence[Shown]], number: int) -> bool:
        """Ask the parts that are furthest off again, one after another, until the chapter would fit.

        False when the model's answer is of no use: what is written stays, and its length is a finding.
        """
        even = self._brief.target_words / len(parts)
        for place in sorted(range(len(parts)), key=lambda at: (-abs(parts[at].words - even), at)):
            if self._fits(parts):
                return True
            wanted: float = parts[place].words + self._brief.target_words - sum(part.words for part in parts)
            wanted = min(max(wanted, even / 2), even * 1.5)
            try:
                again = self._ask(
                    f"part {place + 1} resized {number}",
                    "chapter_generation/resize",
                    passages[place],
                    wanted,
                    title=self._brief.title,
                    have=parts[place].words,
                    draft=parts[place].block(),
                    instruction=self._brief.instruction,
                )
            except BadAnswer:
                return False
            if abs(again.words - wanted) < abs(parts[place].words - wanted):
                parts[place] = again
        return True

    def _ask(
        self, purpose: str, prompt: str, shown: Sequence[Shown], wanted: float, **variables: Any
    ) -> Part:
        asked = max(40, round(wanted / self._habit))
        question = Question(self._asker, self._brief.subject, purpose, self._remark)
        blocks = [passage.block() for passage in shown]
        answer = question.ask(
            "writer", prompt, forms.PARAGRAPHS, blocks, max_tokens=tokens_for(asked), style=self._brief.style,
            words=asked, **variables,
        )  # fmt: skip
        part = read(answer, shown)
        low, high = STEADIEST
        self._habit = min(high, max(low, part.words / asked)) if part.words else self._habit
        return part


def _shares(facts: Sequence[FactDraft], count: int) -> list[tuple[FactDraft, ...]]:
    """The facts in `count` neighbouring shares of about the same size, none empty."""
    count = min(count, max(1, len(facts)))
    bounds = [round(place * len(facts) / count) for place in range(count + 1)]
    return [tuple(facts[low:high]) for low, high in pairwise(bounds)]
