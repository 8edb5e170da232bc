"""Who writes of the subject: a person, or a work in the marks of the book's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from engine.authors.base import SourceText, Subject
from engine.authors.extract.leadins import LeadIns
from engine.authors.extract.person import identify

SUBJECT = Subject("Marguerite Valdoré", "astronome", "fr")
TEXT = "Elle naquit à Brest."
NB = "\u00a0"


ENTRY = SourceText(1, TEXT, "Valdoré, Marguerite", work="Dictionnaire des savants, t. 4")
SIGNED = SourceText(1, TEXT, "Valdoré, Marguerite", author="Émile Fabre", work="Dictionnaire")
ARTICLE = SourceText(1, TEXT, "La veilleuse: un portrait", work="L'Écho des Alpes")


@pytest.mark.parametrize(
    ("source", "language", "named"),
    [
        (ENTRY, "fr", f"«{NB}Dictionnaire des savants{NB}»"),
        (ENTRY, "en", "“Dictionnaire des savants”"),
        (ARTICLE, "de", "„La veilleuse“"),
        (SIGNED, "fr", "Émile Fabre"),
    ],
)
def test_a_work_without_an_author_is_named_in_the_marks_of_the_language(
    source: SourceText, language: str, named: str
) -> None:
    lead_ins = LeadIns(identify(SUBJECT, (source,)), {1: source})
    with translation.override(language):
        said = [lead_ins.about_subject(1, 0) for _turn in range(4)]
    assert all(named in one for one in said)
    assert len(set(said)) > 1
