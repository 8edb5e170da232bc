"""What a sentence says of a person, for the title of its chapter."""

from __future__ import annotations

import pytest

from engine.authors.extract.title_ideas import follows
from engine.authors.extract.title_words import cues_of


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "In 1878 she married the engineer Paul Delorme."),
        ("es", "Se casó con el ingeniero Delorme en 1878."),
        ("fr", "J'épousai l'ingénieur Paul Delorme à Lyon."),
        ("fr", "Elle épousa en 1878 Paul Delorme, ingénieur."),
        ("de", "Sie heiratete 1878 den Ingenieur Delorme."),
        ("pt", "Casou-se com o engenheiro Delorme; o casamento com Delorme durou pouco."),
        ("it", "Nel 1878 sposò l'ingegnere Paul Delorme."),
    ],
)
def test_a_marriage_is_told_in_every_language(language: str, told: str) -> None:
    assert follows(cues_of(language).married, "Paul Delorme", told)
    assert not follows(cues_of(language).met, "Paul Delorme", told)


def test_a_name_far_behind_the_cue_or_within_a_word_is_another_matter() -> None:
    assert not follows(
        cues_of("en").married, "Paul Delorme", "She married in the year of the flood of Delorme."
    )
    assert not follows(cues_of("en").married, "Paul Delorme", "She married a Delormes.")
