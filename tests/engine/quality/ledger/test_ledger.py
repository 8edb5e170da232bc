"""Statements about lives that can't all be true, and many that can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.quality import ledger
from engine.quality.views import About
from tests.engine.quality.makers import ABOUT, book, cited, view

FATHER = "Her uncle, Mr. John Barlow, spoke of Ada Quill often."


def _seen(*texts: str, about: About = ABOUT) -> list[Seen]:
    """What the ledger finds in chapters with these texts, beside one that names the people."""
    return list(ledger.check_book(book(FATHER, *texts, about=about)))


CONTRADICTIONS = [
    ("Ada Quill was born in Leith in 1817.", "Ada Quill was born in 1818, the last of nine."),
    ("Ada Quill (1817–1895) drew maps.", "Ada Quill was born on 3 May 1818 in Leith."),
    ("Born in 1817. Ada Quill was born in 1817.", "Quill was born in the spring of 1819."),
    ("Ada Quill died in London on 3 May 1895.", "Ada Quill died on 4 May 1895."),
    ("Ada Quill died in 1895.", "In 1897 Ada Quill died at home."),
    ("Ada Quill was born in 1817.", "Ada Quill died in 1816."),
    ("Ada Quill was born in 1817.", "Ada Quill was twelve years old in 1840."),
    ("Ada Quill was born in 1817.", "In 1840 Ada Quill, then twelve years old, sailed to Oslo."),
    ("Ada Quill was born in 1817.", "Ada Quill died in 1895 at the age of sixty."),
    ("Ada Quill died in 1895.", "In 1899 she travelled to Oslo."),
    ("Ada Quill was born in 1817.", "In 1810 Ada Quill wrote a book."),
    ("Mr. John Barlow was born in 1790.", "Mr. John Barlow was born in 1795."),
    ("Ada Quill married Peter Lowry in 1840.", "Ada Quill married Peter Lowry in 1841."),
    ("Ada Quill married Peter Lowry on 3 May 1840.", "Ada Quill married Hans Olsen on 3 May 1840."),
    ("Ada Quill drew maps. Her mother was Jane Carter.", "Ada Quill sailed. Her mother was Mary Stone."),
    ("Ada Quill was appointed surveyor of the northern coast in 1850.",
     "Ada Quill was appointed surveyor of the northern coast in 1853."),
    ("Ada Quill was born in Edinburgh.", "Ada Quill was born in Oslo."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_two_statements_that_can_not_both_be_true(one: str, other: str) -> None:
    (seen,) = _seen(one, other)
    assert seen.severity == Severity.WARNING
    assert "2. Part" in seen.message
    assert "3. Part" in seen.message
    assert seen.place in other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Quill was born in 1817.", "Ada Quill was born in May 1817."),
        ("Ada Quill was born in 1817.", "Ada Quill was born about 1818."),
        ("Ada Quill was born in 1817.", "Ada Quill was born, it was believed, probably in 1816."),
        ("Ada Quill was born in 1817.", "Mr. John Barlow was born in 1790."),
        ("Ada Quill was born in 1817.", "Her brother was born in 1820."),
        ("Ada Quill was born in 1817.", "Ada Quill's son was born in 1840."),
        ("Ada Quill was born in 1817.", "Ada Quill was born again in 1840, as she said, when she drew."),
        ("Ada Quill was born in 1817.", "Ada Quill was about twelve years old in 1830."),
        ("Ada Quill was born in 1817.", "In 1840 Ada Quill, then twenty-three years of age, sailed to Oslo."),
        ("Ada Quill was born in 1817.", "In 1850 she wrote that she was nine years old when she drew first."),
        ("Ada Quill was born in 1817.", "Her daughter was nine years old in 1850."),
        ("Ada Quill died in 1895.", "In 1899 a statue of Ada Quill was unveiled."),
        ("Ada Quill died in 1895.", "In 1899 Mr. John Barlow wrote of Ada Quill."),
        ("Ada Quill died in 1895.", "Mr. John Barlow spoke. In 1899 he travelled to Oslo."),
        ("Ada Quill died in 1895.", "The letters that Ada Quill wrote were printed in 1899."),
        ("Ada Quill married Peter Lowry in 1840.", "Ada Quill married Hans Olsen in 1860."),
        ("Ada Quill married Peter Lowry in 1840.", "Ada Quill married Lowry in June 1840."),
        ("Ada Quill drew. Her mother was Jane Carter.", "Ada Quill sailed. Her mother, Jane, was tall."),
        ("Ada Quill was appointed surveyor of the northern coast in 1850.",
         "Ada Quill was appointed surveyor of the northern coast again in 1853."),
        ("Ada Quill was appointed surveyor of the northern coast in 1850.",
         "Ada Quill was appointed keeper of the royal maps in 1853."),
        ("Ada Quill was born in Edinburgh.", "Ada Quill was born in Leith."),
        ("Ada Quill was born in Edinburgh.", "Ada Quill was born in Scotland."),
    ],
)  # fmt: skip
def test_statements_that_go_together(one: str, other: str) -> None:
    assert _seen(one, other) == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "Ana Ruiz nació en 1817 en Lima.", "Ana Ruiz nació el 3 de mayo de 1818."),
        ("fr", "Ana Ruiz naquit en 1817 à Lima.", "Ana Ruiz est née le 3 mai 1818."),
        ("de", "Ana Ruiz starb 1895 in Lima.", "Ana Ruiz starb am 3. Mai 1896."),
        ("pt", "Ana Ruiz nasceu em 1817 em Lima.", "Ana Ruiz nasceu a 3 de maio de 1818."),
        ("it", "Ana Ruiz nacque nel 1817 a Lima.", "Ana Ruiz nacque il 3 maggio 1818."),
        ("es", "Ana Ruiz murió en 1895.", "En 1899 Ana Ruiz viajó a Quito."),
        ("es", "Ana Ruiz nació en 1817.", "Ana Ruiz tenía doce años en 1850."),
    ],
)
def test_in_other_languages(language: str, one: str, other: str) -> None:
    about = replace(ABOUT, name="Ana Ruiz", language=language)
    assert len(list(ledger.check_book(book(one, other, about=about)))) == 1


def test_the_order_of_the_two_statements_does_not_matter() -> None:
    for one, other in (("1817", "1818"), ("1818", "1817")):
        assert len(_seen(f"Ada Quill was born in {one}.", f"Ada Quill was born in {other}, alas.")) == 1


def test_she_means_nobody_where_two_may_be_meant() -> None:
    known = "Mrs. Jane Carter was born in 1800. It was Mrs. Mary Stone who came; Mrs. Mary Stone was born in 1801."
    both = "He saw Mrs. Jane Carter and Mrs. Mary Stone. She was born in 1790."
    one = "He saw Mrs. Jane Carter. She was born in 1790."
    assert _seen(known, both) == []
    assert len(_seen(known, one)) == 1


def test_i_is_the_subject_only_in_what_the_subject_wrote() -> None:
    sentence = "I was born in 1818."
    own = replace(ABOUT, own=frozenset({7}))
    first = view("Ada Quill was born in 1817.", about=own)
    for source, findings in ((7, 1), (8, 0)):
        told = view(f"“{sentence}”[^1]", cited(1, sentence, source=source), name="2. Oslo", about=own)
        assert len(list(ledger.check_book([first, told]))) == findings


def test_the_description_gives_the_life_when_the_book_does_not() -> None:
    about = replace(ABOUT, description="Scottish surveyor (1801–1877)")
    (seen,) = _seen("In 1899 Ada Quill travelled to Oslo.", about=about)
    assert "1801–1877" in seen.message


def test_a_contradiction_is_told_once_however_often_its_sides_return() -> None:
    texts = ["Ada Quill was born in 1817.", "Ada Quill was born in 1818, alas."] * 3
    assert len(_seen(*texts)) == 1


def test_a_timeline_that_repeats_a_sentence_adds_nothing() -> None:
    chapter = view("Ada Quill was born in 1817.")
    row = view("**1817** — Ada Quill was born in 1817.", name="Timeline", kind="timeline")
    assert list(ledger.check_book([chapter, row])) == []
