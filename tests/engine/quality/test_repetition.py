"""What is told twice."""

from __future__ import annotations

from biographies.vocabulary import Severity
from engine.quality import repetition
from tests.engine.quality.makers import book, cited, view

BORN = "Ada Quill was born in Leith in 1801."
DREW = "She drew the maps of every harbour."
FLED = "He escaped from slavery in September 1838 dressed as a sailor."
FLED_AGAIN = "In September 1838, dressed as a sailor, he escaped from slavery."


def test_a_sentence_told_twice_is_seen_in_prose_but_not_in_lists() -> None:
    twice = (cited(1, DREW), cited(2, BORN), cited(3, DREW.upper()))
    (seen,) = repetition.check(view("", *twice))
    assert (seen.severity, seen.place) == (Severity.WARNING, DREW.upper())
    assert list(repetition.check(view("", *twice, kind="glossary"))) == []


def test_a_sentence_with_two_witnesses_is_told_once() -> None:
    assert list(repetition.check(view("", cited(1, DREW), cited(2, DREW)))) == []


def test_a_sentence_in_two_chapters_is_an_error() -> None:
    views = [view("", cited(1, DREW)), view("", cited(1, DREW), name="2. Oslo")]
    (seen,) = repetition.check_book(views)
    assert (seen.severity, seen.place) == (Severity.ERROR, DREW)


def test_nearly_the_same_is_seen_with_both_places() -> None:
    (here,) = repetition.check(view("", cited(1, FLED), cited(2, FLED_AGAIN)))
    assert here.severity == Severity.WARNING
    (across,) = repetition.check_book(
        [view("", cited(1, FLED)), view("", cited(1, FLED_AGAIN), name="2. Oslo")]
    )
    assert FLED in across.message
    assert "2. Oslo" in across.message
    assert across.place == FLED_AGAIN


def test_sentences_that_share_a_phrase_are_different() -> None:
    other = "He escaped from slavery in Kentucky with his brother and two friends in a small boat."
    assert list(repetition.check(view("", cited(1, FLED), cited(2, other)))) == []


def test_text_without_citations_is_compared_too() -> None:
    assert len(list(repetition.check(view(f"{DREW} {BORN} {DREW}")))) == 1


def test_a_loop_is_an_error() -> None:
    (seen, *_more) = repetition.check(view("LOOP " * 200))
    assert seen.severity == Severity.ERROR


def test_chapters_that_share_much_are_seen_though_no_sentence_is_the_same() -> None:
    halves = [f"word{n} alpha{n} beta{n} gamma{n} delta{n} epsilon{n} zeta{n}" for n in range(60)]
    one = " ".join(
        f"{half} one{n} two{n} three{n} four{n} five{n} six{n} seven{n}." for n, half in enumerate(halves)
    )
    other = " ".join(
        f"{half} uno{n} dos{n} tres{n} cuatro{n} cinco{n} seis{n} siete{n}." for n, half in enumerate(halves)
    )
    (seen,) = repetition.check_book(book(one, other))
    assert "1. Part" in seen.message
    assert list(repetition.check_book(book(one, " ".join(f"fresh{n}" for n in range(500))))) == []
