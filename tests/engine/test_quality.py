"""What quality control sees: each check on a small view that has, or hasn't, what it looks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from biographies.vocabulary import Severity
from engine import reading
from engine.quality import chronology, citations, length, repetition
from engine.quality.views import CitedSentence, SectionView

BORN = "Ada Quill was born in Leith in 1801."
DREW = "She drew the maps of every harbour."


def _cited(number: int, sentence: str, stored: str | None = None, verdict: str = "verbatim") -> CitedSentence:
    return CitedSentence(number, sentence, sentence, sentence if stored is None else stored, verdict)


def _view(text: str, *cited: CitedSentence, kind: str = "chapter", name: str = "1. Leith") -> SectionView:
    return SectionView(name, kind, tuple(reading.parse(text)), 100, 100, cited, ())


GOOD = _view(f"*She writes:* “{BORN}[^1] {DREW}”[^2]", _cited(1, BORN), _cited(2, DREW))


def test_a_sound_section_has_no_findings() -> None:
    assert [*length.check(GOOD), *citations.check(GOOD), *repetition.check(GOOD)] == []


@pytest.mark.parametrize(("words", "findings"), [(100, 0), (76, 0), (70, 1), (124, 0), (130, 1)])
def test_a_length_far_from_the_target_is_seen(words: int, findings: int) -> None:
    assert len(list(length.check(replace(GOOD, words=words)))) == findings


def test_a_mark_that_names_nothing_is_an_error() -> None:
    (seen,) = citations.check(_view(f"{BORN}[^7]"))
    assert (seen.severity, seen.place) == (Severity.ERROR, "[^7]")


def test_a_quotation_that_left_its_source_is_an_error() -> None:
    (seen,) = citations.check(_view(f"{BORN}[^1]", _cited(1, BORN, stored="Something else.")))
    assert seen.severity == Severity.ERROR


def test_text_without_a_mark_is_an_error_unless_it_is_the_compilers() -> None:
    (seen,) = citations.check(_view(f"{BORN}[^1] {DREW}", _cited(1, BORN)))
    assert seen.place == DREW
    assert list(citations.check(_view(f"{BORN}[^1] *{DREW}*", _cited(1, BORN)))) == []


def test_what_no_rule_could_verify_is_shown() -> None:
    (seen,) = citations.check(_view(f"{BORN}[^1]", _cited(1, BORN, verdict="cannot_tell")))
    assert (seen.severity, seen.place) == (Severity.WARNING, BORN)


def test_a_sentence_told_twice_is_seen_in_prose_but_not_in_lists() -> None:
    twice = (_cited(1, DREW), _cited(2, BORN), _cited(3, DREW.upper()))
    assert len(list(repetition.check(_view("", *twice)))) == 1
    assert list(repetition.check(_view("", *twice, kind="glossary"))) == []


def test_a_sentence_with_two_witnesses_is_told_once() -> None:
    assert list(repetition.check(_view("", _cited(1, DREW), _cited(2, DREW)))) == []


def test_a_sentence_in_two_chapters_is_an_error() -> None:
    views = [_view("", _cited(1, DREW)), _view("", _cited(1, DREW), name="2. Oslo")]
    (seen,) = repetition.check_book(views)
    assert (seen.severity, seen.place) == (Severity.ERROR, DREW)


def test_a_chapter_that_goes_back_in_time_is_seen() -> None:
    years = [1801, 1850, 1820]
    views = [replace(GOOD, name=str(year), dates=(dt.date(year, 1, 1),)) for year in years]
    (seen,) = chronology.check_book(views)
    assert "1820" in seen.message
    assert list(chronology.check_book(views[:2])) == []
