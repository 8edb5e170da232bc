"""How near a source stands to what it tells."""

from __future__ import annotations

import pytest

from sources.scoring import classify

NAME = "María José Łukasz Ávila"


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("autobiography", "primary"),
        ("open letter", "primary"),
        ("official speech", "primary"),
        ("preface and letter", "primary"),
        ("biography (by spouse)", "primary"),
        ("introduction / journalist recollection", "primary"),
        ("magazine article (autobiographical)", "primary"),
        ("Tagebuch", "primary"),
        ("diario", "primary"),
        ("biography", "secondary"),
        ("Biografía", "secondary"),
        ("popular biography for young readers", "secondary"),
        ("journal article", "secondary"),
        ("scholarly history", "secondary"),
        ("essay", "secondary"),
        ("", "unknown"),
        ("book", "unknown"),
        ("newspaper", "unknown"),
        ("magazine article", "unknown"),
        ("PDF", "unknown"),
        ("encyclopedia", "tertiary"),
        ("Encyclopædia article", "tertiary"),
        ("enciclopedia", "tertiary"),
        ("chronology", "tertiary"),
    ],
)
def test_a_free_word_says_how_near_a_source_stands(form: str, kind: str) -> None:
    assert classify(form, "John Doe", NAME) == kind


def test_what_the_person_wrote_is_primary_in_any_form() -> None:
    assert classify("essay", "María Ávila", NAME) == "primary"
    assert classify("essay", "John Doe", NAME) == "secondary"
