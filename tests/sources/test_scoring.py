"""Scores and the reasons beside them."""

from __future__ import annotations

import pytest

from sources.people import parse_name
from sources.scoring import classify, credibility, relevance

NAME = "María José Łukasz Ávila"
ABOUT = "Señora Avila was born in the north. " + "The house was large. " * 30
OTHER = "The whale is a mammal of the sea. " * 60


def _relevance(text: str, title: str = "", author: str = "", description: str = "") -> float:
    return relevance(NAME, description, text, title, author).value


def test_a_text_about_somebody_else_is_not_relevant() -> None:
    assert _relevance(OTHER, title="Whales", author="John Doe") == 0
    assert _relevance(OTHER, description="a student of the whale and other mammals") == 0


def test_names_count_in_any_spelling() -> None:
    assert _relevance(ABOUT) > 0.2
    assert _relevance(ABOUT.replace("Avila", "Ávila’s")) == _relevance(ABOUT)
    assert _relevance(ABOUT.replace("Avila", "AVILA")) == _relevance(ABOUT)


def test_more_mentions_an_earlier_one_and_the_title_raise_the_score() -> None:
    late = OTHER * 2 + "Here Avila came."
    often = "Avila wrote and Avila spoke. " * 10 + OTHER

    assert 0.1 <= _relevance(late) < _relevance(ABOUT) < _relevance(often)
    assert _relevance(late) < _relevance(late, title="On Ávila") <= 1
    assert _relevance(ABOUT) < _relevance(ABOUT, description="born in the north")


def test_the_given_name_alone_is_somebody_else() -> None:
    assert _relevance("María went home. " * 20) == 0


def test_what_the_person_wrote_is_relevant_without_a_name() -> None:
    assert _relevance(OTHER, author="M. Ávila") >= 0.9
    assert "wrote it" in relevance(NAME, "", OTHER, "", "Maria Avila").because
    assert _relevance(OTHER, author="John Doe; María Ávila") >= 0.9
    assert _relevance(OTHER, author="Ávila, María") >= 0.9


@pytest.mark.parametrize(
    "author", ["Pedro Ávila", "P. Ávila", "John Doe", "", ";;", "María Doe", "Ávila Press"]
)
def test_a_namesake_or_relative_is_not_the_person(author: str) -> None:
    assert _relevance(OTHER, author=author) == 0


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Martin Luther King, Jr.", "king"),
        ("Ludwig van Beethoven", "beethoven"),
        ("Sir John Roe", "roe"),
        ("Plato", "plato"),
        ("Roe, Jane (1822-1901)", "roe"),
        ("Søren Åbye Kierkegård", "kierkegard"),
    ],
)
def test_a_name_is_taken_apart(name: str, family: str) -> None:
    parsed = parse_name(name)

    assert parsed is not None
    assert parsed.family == family


def test_a_person_without_a_name_is_found_nowhere() -> None:
    assert relevance("—", "", ABOUT, "", "").value == 0


def test_the_reason_says_what_was_counted() -> None:
    because = relevance(NAME, "", "Avila came. Avila left. " + OTHER, "Life of Ávila", "").because

    assert "title" in because
    assert "2 times" in because


def test_credibility_rises_with_what_can_be_checked() -> None:
    bare = credibility("secondary", "", "", "", "", True)
    full = credibility("secondary", "Jane Roe", 1901, "A Press", "https://archive.org/x", True)
    blog = credibility("secondary", "Jane Roe", "1901", "A Press", "https://roe.blogspot.com/x", True)
    unread = credibility("secondary", "Jane Roe", "1901", "A Press", "", False)

    assert 0 <= unread.value < blog.value < full.value <= 100
    assert bare.value < full.value
    assert "no author" in bare.because
    assert "anyone can publish" in blog.because


def test_an_old_source_is_as_good_as_a_new_one() -> None:
    assert credibility("primary", "A", 1745, "P", "", True) == credibility(
        "primary", "A", 2020, "P", "", True
    )


def test_the_host_is_read_and_not_the_path() -> None:
    plain = credibility("secondary", "A", 1900, "P", "https://example.com/archive.org", True)

    assert plain == credibility("secondary", "A", 1900, "P", "", True)
    assert plain == credibility("secondary", "A", 1900, "P", "http://[bad", True)


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
        ("", "secondary"),
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
