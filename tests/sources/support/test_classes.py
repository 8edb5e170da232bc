"""Closed classes, close copies and exchanged names: each finds its error, and lets the honest sentence pass."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bookgen_site.env import BASE_DIR
from sources.support import check
from sources.support.tokens import tokens_of
from sources.vocabulary import Verdict
from tests.planting import Told, rewrapped, told_in_files
from tests.planting_classes import PLANTED_CLASSES

FOLDER = BASE_DIR / "sources" / "demo" / "frederick-douglass"
MOST = 40  # errors of each class

MET = (
    "I met Pierre Curie for the first time in the spring of the year 1894. A Polish physicist whom I knew invited us. "
    "His salary was 6000 francs a year. He refused the decoration. In a few weeks all of the work was done."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "She met Pierre Curie for the first time in the autumn of 1894.",
        "She met Pierre Curie in the winter of the year 1894.",
        "A Russian physicist whom she knew invited them.",
        "His salary was 6000 dollars a year.",
        "His salary was 6000 francs a month.",
        "He accepted the decoration.",
        "In a few hours the work was done.",
        "A Polish chemist whom she knew invited them.",
        "Only a Polish physicist invited them.",
        "He never refused the decoration.",
    ],
)
def test_another_word_of_a_class_is_found(sentence: str) -> None:
    assert not check(sentence, MET, language="en").holds


@pytest.mark.parametrize(
    "sentence",
    [
        "She met Pierre Curie for the first time in the spring of 1894.",
        "A Polish physicist invited them.",
        "His salary was 6,000 francs a year.",
        "He refused the decoration.",
    ],
)
def test_its_own_words_hold(sentence: str) -> None:
    assert check(sentence, MET, language="en").holds


@pytest.mark.parametrize(
    ("language", "right", "wrong", "passage"),
    [
        ("es", "primavera", "otoño", "En la primavera de 1894 conoció en París a su marido."),
        ("es", "francos", "dólares", "El profesor ganaba en aquella escuela 6000 francos por el trabajo."),
        ("fr", "printemps", "automne", "Au printemps de 1894 elle rencontra son mari à Paris."),
        ("de", "Frühling", "Herbst", "Im Frühling 1894 traf sie in Paris ihren Mann."),
        ("pt", "primavera", "outono", "Na primavera de 1894 conheceu em Paris o marido."),
        ("it", "primavera", "autunno", "Nella primavera del 1894 incontrò a Parigi il marito."),
    ],
)
def test_classes_in_six_languages(language: str, right: str, wrong: str, passage: str) -> None:
    sentence = passage.replace("1894 ", "1894, ")
    assert check(sentence, passage, language=language).holds
    assert not check(sentence.replace(right, wrong), passage, language=language).holds


def test_a_year_of_another_sentence_isnt_this_ones() -> None:
    passage = "In 1882 his wife died after long years of illness. He went to the hills and planted trees."
    assert not check("He went to the hills and planted trees in 1882.", passage, language="en").holds


def test_names_in_each_others_place_are_found() -> None:
    passage = "Professor Branly, who had given Marconi valuable aid, was then an old man."
    assert not check("Marconi had given Professor Branly valuable aid.", passage, language="en").holds
    assert check("Branly had given Marconi valuable aid.", passage, language="en").holds


def test_what_is_only_thought_of_contradicts_nothing() -> None:
    passage = "Could I have worked at my trade I could have earned two dollars a day, but I received but one dollar."
    found = check("He could not work at his trade and received one dollar a day.", passage, language="en")
    assert found.verdict != Verdict.CONTRADICTED


@pytest.fixture(scope="module")
def told() -> Sequence[Told]:
    return told_in_files(
        [FOLDER / name for name in ("09-my-escape-from-slavery-1881.txt", "12-eb1911-douglass.html")]
    )


def test_planted_errors_of_all_classes_are_found(told: Sequence[Told]) -> None:
    found: list[bool] = []
    for kind, planter in PLANTED_CLASSES.items():
        chance = random.Random(kind)
        wrong = [(planter(one, chance), one) for one in chance.sample(told, len(told))]
        planted = [(claim, one.passage) for claim, one in wrong if claim and claim != one.sentence][:MOST]
        found += [not check(claim, passage).holds for claim, passage in planted]
    assert len(found) >= 100
    assert sum(found) >= 0.95 * len(found)


def test_sentences_wrapped_otherwise_raise_no_alarm(told: Sequence[Told]) -> None:
    chance = random.Random(3)
    alarms = [one for one in told if not check(rewrapped(one.sentence, chance), one.passage).holds]
    assert len(alarms) <= 0.02 * len(told), alarms


def test_a_word_cut_at_the_end_of_a_line_is_one_word() -> None:
    passage = "He was the most con-\nsiderable orator of his whole race."
    assert (
        check("He was the most considerable orator of his whole race.", passage).verdict == Verdict.VERBATIM
    )


def test_a_row_of_marks_is_read_in_linear_time() -> None:
    assert tokens_of("." * 200_000) == ()  # the time of its square would be hours
