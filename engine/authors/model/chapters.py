"""A chapter to a word budget: written in parts, then made longer or shorter until it fits."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from engine.authors.asking import Asker
from engine.authors.base import Brief, Draft
from engine.authors.model import forms
from engine.authors.model.asking import Question, Remark, tokens_for
from engine.authors.model.planned import planned
from engine.authors.model.stretches import Stretch, Written, stretches
from engine.authors.model.writing import Part, draft, read, unusable
from engine.models_api.errors import BadAnswer, TooLong, Truncated
from engine.prompts import Block

PART_WORDS: Final = 700  # what models write in one go without losing the thread
TOLERANCE: Final = 0.05
ROUNDS: Final = 3
LAST_WORDS: Final = 120  # of what is written so far, shown to who goes on
LEAST_WORDS: Final = 150  # of half a part whose answer was cut: a model that can't say so much is of no use
STEADIEST: Final = (0.4, 2.5)  # how far a model's habit of writing too much or too little is believed


class ChapterWriter:
    """Writes one chapter; learns from each answer how many words this model gives for those asked."""

    def __init__(self, asker: Asker, brief: Brief, remark: Remark = lambda _remark: None) -> None:
        self._asker, self._brief, self._remark = asker, brief, remark
        self._habit = 1.0

    def write(self) -> Draft:
        """All parts, then rounds of resizing until the chapter is within five per cent of its target."""
        brief = self._brief
        count = max(1, ceil(brief.target_words / PART_WORDS))
        parts = stretches(brief.facts, brief.sources, brief.target_words, count)
        written: list[Written] = []
        for stretch in parts:
            written += self._written(stretch, len(parts), _end(written))
        for number in range(1, ROUNDS + 1):
            if self._fits(written) or not self._resize(written, number):
                break
        return draft(one.part for one in written)

    def _written(self, stretch: Stretch, count: int, told: str) -> list[Written]:
        """A stretch; in two halves where its question or its answer is too long for the model.

        A half of what was cut keeps the room of the whole: models that think, or that ramble, need it.
        """
        try:
            return [Written(self._part(stretch, count, told), stretch.shown)]
        except (TooLong, Truncated) as error:
            cut = isinstance(error, Truncated)
            if len(stretch.shown) < 2 or (cut and stretch.words < 2 * LEAST_WORDS):
                raise
        first, second = stretch.halves(same_room=cut)
        before = self._written(first, count, told)
        return before + self._written(second, count, _end(before))

    def _fits(self, written: Sequence[Written]) -> bool:
        words = sum(one.part.words for one in written)
        return abs(words - self._brief.target_words) <= TOLERANCE * self._brief.target_words

    def _part(self, stretch: Stretch, count: int, told: str) -> Part:
        brief = self._brief
        return self._ask(
            f"part {stretch.name}",
            "chapter_generation/part",
            stretch,
            title=brief.title,
            plan=planned(brief, this=True, neighbours=True),
            part=stretch.name,
            parts=count,
            instruction=brief.instruction,
            told=[Block("draft-end", told)] if told else [],
        )

    def _resize(self, written: list[Written], number: int) -> bool:
        """Ask the parts that are furthest off again, one after another, until the chapter would fit.

        False when the model's answer is of no use: what is written stays, and its length is a finding.
        """
        even = self._brief.target_words / len(written)
        for place in sorted(range(len(written)), key=lambda at: (-abs(written[at].part.words - even), at)):
            if self._fits(written):
                return True
            have, shown = written[place].part, written[place].shown
            wanted: float = have.words + self._brief.target_words - sum(one.part.words for one in written)
            wanted = min(max(wanted, even / 2), even * 1.5)
            try:
                again = self._resized(have, Stretch(f"{place + 1} resized {number}", shown, wanted, wanted))
            except (BadAnswer, TooLong):
                return False
            if abs(again.words - wanted) < abs(have.words - wanted):
                written[place] = Written(again, shown)
        return True

    def _resized(self, have: Part, stretch: Stretch) -> Part:
        return self._ask(
            f"part {stretch.name}",
            "chapter_generation/resize",
            stretch,
            title=self._brief.title,
            have=have.words,
            draft=have.block(),
            instruction=self._brief.instruction,
        )

    def _ask(self, purpose: str, prompt: str, stretch: Stretch, **variables: Any) -> Part:
        asked, room = (max(40, round(words / self._habit)) for words in (stretch.words, stretch.room))
        question = Question(self._asker, self._brief.subject, purpose, self._remark)
        blocks = [passage.block() for passage in stretch.shown]
        answer = question.ask(
            "writer", prompt, forms.PARAGRAPHS, blocks, max_tokens=tokens_for(max(asked, room)),
            check=lambda found: unusable(found, stretch.shown), style=self._brief.style, words=asked, **variables,
        )  # fmt: skip
        part = read(answer, stretch.shown)
        low, high = STEADIEST
        self._habit = min(high, max(low, part.words / asked)) if part.words else self._habit
        return part


def _end(written: Sequence[Written]) -> str:
    """The last words so far, "" at the beginning."""
    return written[-1].part.end(LAST_WORDS) if written else ""
