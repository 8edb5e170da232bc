"""Which of two sources that say the same stays."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from sources.comparing import twins
from sources.duplicates import signature
from sources.models import Source

CHANCE = random.Random(7)
VOCABULARY = [f"word{number}" for number in range(3_000)]
LETTER = " ".join(CHANCE.choices(VOCABULARY, k=300))
BOOK = " ".join(CHANCE.choices(VOCABULARY, k=4_000))
MENU = " ".join(CHANCE.choices(VOCABULARY, k=60))
_numbers = itertools.count(1)


def source(text: str, **columns: Any) -> Source:
    number = next(_numbers)
    known = {"found": "url", "credibility_score": 50.0, "title": f"No. {number}", **columns}
    return Source(pk=number, number=number, text=text, signature=signature(text), **known)


def out(*sources: Source) -> list[int]:
    """The places in the list of those that go."""
    gone = {pk for pk, _because in twins(sources)}
    return [place for place, one in enumerate(sources) if one.pk in gone]


def test_of_equals_the_first_stays() -> None:
    assert out(source(BOOK), source(BOOK.upper()), source(LETTER)) == [1]
    found = twins([source(BOOK, title="The First"), source(BOOK)])
    assert "“The First”" in found[0][1]


def test_of_equals_the_more_credible_stays_and_given_goes_before_found() -> None:
    assert out(source(BOOK), source(BOOK, credibility_score=80.0)) == [0]
    assert out(source(BOOK, found="finder", credibility_score=99.0), source(BOOK)) == [0]
    undecided = source(BOOK, found="finder", decision="suggested", credibility_score=99.0)
    assert out(undecided, source(BOOK, found="finder")) == [0]


def test_the_same_text_in_another_frame_is_the_same() -> None:
    other_menu = " ".join(CHANCE.choices(VOCABULARY, k=60))
    assert out(source(f"{MENU} {BOOK}"), source(f"{BOOK} {other_menu}")) == [1]
    assert out(source(f"{MENU} {BOOK}"), source(f"{MENU} {LETTER}")) == []


@pytest.mark.parametrize("words", [60, 150, 300])
def test_an_excerpt_gives_way_to_the_whole(words: int) -> None:
    excerpt = " ".join(BOOK.split()[1000 : 1000 + words])
    assert out(source(excerpt, credibility_score=99.0), source(BOOK)) == [0]
    assert "holds more" in twins([source(excerpt), source(BOOK)])[0][1]


def test_a_given_letter_stays_beside_a_found_book_that_quotes_it() -> None:
    book = source(f"{BOOK} {LETTER}", found="finder")
    assert out(source(LETTER), book) == []
    assert out(source(LETTER), source(f"{LETTER} {MENU} {MENU} {MENU}", found="finder")) == [1]


def test_a_quotation_makes_no_twins() -> None:
    quoted = " ".join(BOOK.split()[:100])
    assert out(source(BOOK), source(f"{LETTER} {quoted}")) == []


def test_a_chain_of_twins_leaves_one_and_names_it() -> None:
    several = [source(BOOK, credibility_score=float(score)) for score in (10, 30, 20, 90, 40)]
    found = twins(several)
    assert len(found) == 4
    assert all(f"source {several[3].number}," in because for _pk, because in found)


def test_a_signature_of_an_earlier_release_is_made_anew() -> None:
    old = source(BOOK)
    old.signature = {"exact": "", "sketch": [1, 2]}
    assert out(old, source(BOOK)) == [1]
