"""Some paragraphs of a text written anew, each between its neighbours as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.asking import Asker
from engine.authors.base import Brief, CannotRewrite, Paragraph, Span, Standing
from engine.authors.model import forms
from engine.authors.model.asking import Question, tokens_for
from engine.authors.model.passages import Shown, all_of, behind
from engine.authors.model.planned import planned
from engine.authors.model.writing import draft, read, unusable
from engine.prompts import Block

MOST_WORDS: Final = 2_000  # of passages in one question
NEIGHBOUR_WORDS: Final = 250  # of the text before and after, shown so that nothing is told twice
LEAST_WORDS: Final = 25  # that are asked for, however short the paragraph was


def rewrite(
    asker: Asker, brief: Brief, text: Sequence[Standing], chosen: Sequence[int]
) -> dict[int, tuple[Paragraph, ...]]:
    """One question for each chosen paragraph, in order: the later ones see the earlier in their new words."""
    words = [one.text for one in text]
    made: dict[int, tuple[Paragraph, ...]] = {}
    for number in sorted(chosen):
        shown = list(passages(brief, text, number))
        if not shown:
            raise CannotRewrite(_("No passage of the sources is tied to paragraph %d.") % number)
        made[number], words[number - 1] = _one(asker, brief, words, number, shown)
    return made


def _one(
    asker: Asker, brief: Brief, words: Sequence[str], number: int, shown: Sequence[Shown]
) -> tuple[tuple[Paragraph, ...], str]:
    wanted = max(LEAST_WORDS, len(words[number - 1].split()))
    answer = Question(asker, brief.subject, f"paragraph {number}").ask(
        "writer",
        "chapter_generation/rewrite",
        forms.PARAGRAPHS,
        [passage.block() for passage in shown],
        max_tokens=tokens_for(2 * wanted),
        check=lambda found: unusable(found, shown),
        style=brief.style,
        title=brief.title,
        around=[*planned(brief, this=True), *_around(words, number)],
        instruction=brief.instruction,
        words=wanted,
    )
    part = read(answer, shown)
    return draft([part]).paragraphs, part.plain()


def _around(words: Sequence[str], number: int) -> Iterator[Block]:
    """The paragraph as it is, and what stands before and after it: a model's words, and so no less foreign."""
    before, after = " ".join(words[: number - 1]).split(), " ".join(words[number:]).split()
    if before:
        yield Block("draft-before", " ".join(before[-NEIGHBOUR_WORDS:]))
    yield Block("draft", words[number - 1])
    if after:
        yield Block("draft-after", " ".join(after[:NEIGHBOUR_WORDS]))


def passages(brief: Brief, text: Sequence[Standing], number: int) -> Iterator[Shown]:
    """What the paragraph cites, then what the chapter's facts rest on and no other paragraph cites."""
    own, others = text[number - 1].cites, [one.cites for place, one in enumerate(text, 1) if place != number]
    everywhere = [passage for source in brief.sources for passage in all_of(source)]
    cited = [passage for passage in everywhere if any(_meets(passage, span) for span in own)]
    taken = {one.name for one in everywhere for spans in others for span in spans if _meets(one, span)}
    spare = [one for one in behind((*brief.facts, *brief.reserve), brief.sources) if one.name not in taken]
    room = MOST_WORDS
    for passage in dict.fromkeys([*cited, *spare]):
        room -= len(passage.text.split())
        if room < 0 and passage not in cited:
            return
        yield passage


def _meets(passage: Shown, span: Span) -> bool:
    own = passage.span
    return own.source == span.source and own.start < span.end and span.start < own.end
