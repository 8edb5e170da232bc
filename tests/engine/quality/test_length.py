"""Is a section as long as it should be?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from biographies.vocabulary import Severity
from engine.authors.extractive import ExtractiveAuthor
from engine.authors.language_model import LanguageModelAuthor
from engine.quality import length
from tests.engine.quality.makers import view


@pytest.mark.parametrize(("words", "findings"), [(100, 0), (76, 0), (70, 1), (124, 0), (130, 1)])
def test_a_length_far_from_the_target_is_seen(words: int, findings: int) -> None:
    assert len(list(length.check(replace(view("She drew."), words=words)))) == findings


def test_a_section_without_words_is_an_error_even_without_a_target() -> None:
    (seen,) = length.check(replace(view(""), words=0, target_words=0))
    assert seen.severity == Severity.ERROR


@pytest.mark.parametrize(("words", "findings"), [(105, 0), (95, 0), (106, 1), (94, 1)])
def test_who_can_write_to_measure_is_measured_more_strictly(words: int, findings: int) -> None:
    strict = replace(view("She drew."), words=words, tolerance=LanguageModelAuthor.length_tolerance)
    assert len(list(length.check(strict))) == findings


def test_an_author_that_quotes_has_more_room() -> None:
    assert ExtractiveAuthor.length_tolerance == view("She drew.").tolerance == 0.25
