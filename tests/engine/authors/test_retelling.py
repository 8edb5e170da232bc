"""Other passages in the place of one paragraph's, by the author that can only quote."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from engine import paragraphs, rewriting, texts
from engine.authors.base import Brief, CannotRewrite, FactDraft, Paragraph, Piece, Span, Standing
from engine.authors.extract import retelling
from engine.authors.extract.telling import Teller
from tests.engine.authors.test_extractive import AUTHOR, Book, marrow


def standing(book: Book, place: int) -> tuple[Brief, texts.Base, tuple[Standing, ...]]:
    """A chapter as it was written, and what another text of it may use."""
    plan = book.outline.chapters[place]
    written = texts.from_draft(book.chapter(place), book.sources, book.subject.name)
    base = texts.Base(written.text, tuple(written.citations))
    brief = Brief(book.subject, book.sources, book.of(plan.facts), book.of(plan.reserve), plan.title)
    return brief, base, rewriting.standing(base)


def rewritten(book: Book, place: int, number: int) -> tuple[Paragraph, ...] | None:
    brief, _base, text = standing(book, place)
    try:
        return AUTHOR.rewrite(brief, text, [number])[number]
    except CannotRewrite:
        return None


def places(book: Book) -> list[tuple[int, int]]:
    return [
        (place, number)
        for place in range(len(book.outline.chapters))
        for number in range(1, len(standing(book, place)[2]) + 1)
    ]


def test_it_tells_what_the_text_does_not_tell_yet_word_for_word() -> None:
    book = marrow(3, 300)
    found = {at: new for at in places(book) if (new := rewritten(book, *at))}
    assert len(found) >= 3
    for (place, _number), new in found.items():
        cited = {span for one in standing(book, place)[2] for span in one.cites}
        sources = {source.number: source.text for source in book.sources}
        for piece in (piece for paragraph in new for piece in paragraph.pieces if not piece.lead):
            first = piece.cites[0]
            assert sources[first.source][first.start : first.end] == piece.text
            assert not cited & set(piece.cites)


def test_what_stands_around_it_stays() -> None:
    book = marrow(3, 300)
    for place, number in places(book):
        new = rewritten(book, place, number)
        if new is None:
            continue
        _brief, base, text = standing(book, place)
        made = texts.with_paragraphs(base, {number: new}, book.sources, book.subject.name)
        parts, after = paragraphs.cut(base.text), paragraphs.cut(made.text)
        assert after[: number - 1] == parts[: number - 1]
        assert after[len(after) - len(parts) + number :] == parts[number:]
        if number < len(text) and text[number].text.startswith("“"):
            assert new[-1].pieces[-1].quoted, "whose words the next one quotes was said before"


def test_it_stays_in_the_time_of_its_place() -> None:
    book = marrow(3, 300)
    dates = {fact.sentences[0]: fact.date for fact in book.facts.values() if fact.date}
    for place, number in places(book):
        text = standing(book, place)[2]
        new = rewritten(book, place, number) or ()
        known = {span: dates[span].start for one in text for span in one.cites if span in dates}
        before = [known[span] for span in _cites(text, number - 1) if span in known]
        after = [known[span] for span in _cites(text, number + 1) if span in known]
        for span in (piece.cites[0] for paragraph in new for piece in paragraph.pieces if piece.cites):
            if span in dates:
                assert all(date <= dates[span].start for date in before)
                assert all(dates[span].start <= date for date in after)


def _cites(text: tuple[Standing, ...], number: int) -> tuple[Span, ...]:
    return text[number - 1].cites if 1 <= number <= len(text) else ()


def test_with_nothing_in_reserve_it_says_what_would_help() -> None:
    book = marrow(3, 300)
    brief, _base, text = standing(book, 0)
    with pytest.raises(CannotRewrite, match="a language model is needed"):
        AUTHOR.rewrite(replace(brief, reserve=()), text, [1])


def test_two_paragraphs_never_tell_the_same() -> None:
    book = marrow(3, 300)
    for place in range(len(book.outline.chapters)):
        brief, _base, text = standing(book, place)
        chosen = [number for number in range(1, len(text) + 1) if rewritten(book, place, number)]
        try:
            new = AUTHOR.rewrite(brief, text, chosen)
        except CannotRewrite:
            continue
        told = [
            piece.cites[0] for one in new.values() for part in one for piece in part.pieces if piece.cites
        ]
        assert len(told) == len(set(told))


class OneEach:
    """Tells each fact in a paragraph of its own, those named by a lead-in, or all of them in one."""

    def __init__(self, *led: str, together: bool = False) -> None:
        self.led, self.together = led, together

    def tell(self, facts: tuple[FactDraft, ...]) -> tuple[Paragraph, ...]:
        made = [
            (
                *((Piece("She writes:", lead=True),) if fact.key in self.led else ()),
                Piece(fact.text, fact.sentences),
            )
            for fact in facts
        ]
        if self.together:
            return (Paragraph(tuple(piece for pieces in made for piece in pieces)),)
        return tuple(Paragraph(pieces) for pieces in made)


@pytest.mark.parametrize(
    ("teller", "after_leads", "fits"),
    [
        (OneEach(), False, True),
        (OneEach("new"), False, True),
        (OneEach("after"), True, True),
        (OneEach("after"), False, False),
        (OneEach(together=True), True, False),
    ],
)
def test_a_neighbour_that_would_have_to_change_refuses_the_choice(
    teller: OneEach, after_leads: bool, fits: bool
) -> None:
    before, new, after = (
        FactDraft(key, (Span(1, start, start + 9),), key)
        for start, key in ((0, "before"), (10, "new"), (20, "after"))
    )
    facts = ((before,), (new,), (after,))
    found = retelling._set(cast(Teller, teller), facts, after_leads=after_leads)
    assert (found is not None) is fits
    assert not found or {span for one in found for span in one.pieces[-1].cites} == {Span(1, 10, 19)}
