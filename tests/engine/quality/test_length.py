"""Is a section as long as it should be?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from biographies.vocabulary import Severity
from engine.quality import length
from tests.engine.quality.makers import view


@pytest.mark.parametrize(("words", "findings"), [(100, 0), (76, 0), (70, 1), (124, 0), (130, 1)])
def test_a_length_far_from_the_target_is_seen(words: int, findings: int) -> None:
    assert len(list(length.check(replace(view("She drew."), words=words)))) == findings


def test_a_section_without_words_is_an_error_even_without_a_target() -> None:
    (seen,) = length.check(replace(view(""), words=0, target_words=0))
    assert seen.severity == Severity.ERROR
