"""Other passages in the place of a paragraph's: facts of the chapter that its text doesn't tell yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.base import Brief, CannotRewrite, FactDraft, Paragraph, Span, Standing
from engine.authors.extract.telling import Teller

ENOUGH: Final = 0.7  # of the paragraph's words, and no further fact is added
MOST: Final = 1.3


def retold(
    brief: Brief, text: Sequence[Standing], chosen: Sequence[int], teller: Teller
) -> dict[int, tuple[Paragraph, ...]]:
    """For each chosen paragraph one or more that tell something else of the same time.

    Raises CannotRewrite where the sources hold nothing else: this author can't say the same in other words.
    """
    cited = {span for one in text for span in one.cites}
    made: dict[int, tuple[Paragraph, ...]] = {}
    for number in sorted(chosen):
        found = _another(brief, text, number, teller, cited)
        if found is None:
            raise CannotRewrite(
                _(
                    "The sources hold nothing else that could stand in paragraph %d. "
                    "To say the same in other words, a language model is needed."
                )
                % number
            )
        made[number] = found
        cited |= {span for one in found for piece in one.pieces for span in piece.cites}
    return made


def _another(
    brief: Brief, text: Sequence[Standing], number: int, teller: Teller, cited: set[Span]
) -> tuple[Paragraph, ...] | None:
    """The first choice that can stand there without a change of what is around it."""
    known = [*brief.facts, *brief.reserve]
    before, after = (_facts(known, text, place) for place in (number - 2, number))
    words = len(text[number - 1].text.split())
    spare = [fact for fact in known if fact.sentences and not _told(fact, cited)]
    ranked = sorted(_in_time(spare, before, after), key=lambda fact: (-fact.score, fact.key))
    for first in range(len(ranked)):
        new = tuple(sorted(_enough(ranked[first:], words), key=_when))
        after_leads = number < len(text) and text[number].leads
        if found := _set(teller, (before[-1:], new, after[:1]), after_leads=after_leads):
            return found
    return None


def _facts(known: Sequence[FactDraft], text: Sequence[Standing], place: int) -> list[FactDraft]:
    """The facts that the paragraph at a place (from 0) tells, in its order; none beyond the ends."""
    if not 0 <= place < len(text):
        return []
    by_span = {span: fact for fact in known for span in fact.sentences}
    return list(dict.fromkeys(by_span[span] for span in text[place].cites if span in by_span))


def _told(fact: FactDraft, cited: set[Span]) -> bool:
    return any(
        own.source == other.source and own.start < other.end and other.start < own.end
        for own in (*fact.sentences, *fact.also)
        for other in cited
    )


def _in_time(
    spare: Sequence[FactDraft], before: Sequence[FactDraft], after: Sequence[FactDraft]
) -> Iterator[FactDraft]:
    """Those whose date lies between what is told before and after; the undated can't be placed."""
    low = max((fact.date.start for fact in before if fact.date), default=dt.date.min)
    high = min((fact.date.start for fact in after if fact.date), default=dt.date.max)
    return (fact for fact in spare if fact.date and low <= fact.date.start <= high)


def _enough(ranked: Sequence[FactDraft], words: int) -> Iterator[FactDraft]:
    have = 0
    taken: list[FactDraft] = []
    for fact in ranked:
        own = len(fact.text.split())
        fits = not taken or have + own <= MOST * words
        if (
            have < ENOUGH * words
            and fits
            and not _told(fact, {span for one in taken for span in one.sentences})
        ):
            taken.append(fact)
            have += own
    return iter(taken)


def _when(fact: FactDraft) -> tuple[dt.date, tuple[Span, ...]]:
    return (fact.date.start if fact.date else dt.date.max, fact.sentences)


def _set(
    teller: Teller,
    facts: tuple[Sequence[FactDraft], tuple[FactDraft, ...], Sequence[FactDraft]],
    *,
    after_leads: bool,
) -> tuple[Paragraph, ...] | None:
    """The new facts as they are told between these neighbours; None if a neighbour would have to change.

    That is so when they'd run into one paragraph with it, or when the next one would need a lead-in that it hasn't.
    """
    before, new, after = facts
    own = {span for fact in new for span in fact.sentences}
    told = teller.tell((*before, *new, *after))
    ours = [one for one in told if own & _main(one)]
    if any(_main(one) - own for one in ours) or own - {span for one in ours for span in _main(one)}:
        return None
    if after and told[-1].pieces[0].lead and not after_leads:
        return None
    return tuple(ours)


def _main(paragraph: Paragraph) -> set[Span]:
    """The stretch that each of its sentences is, without what else says the same."""
    return {piece.cites[0] for piece in paragraph.pieces if piece.cites}
