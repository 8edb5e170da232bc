"""Units keep what they refer to."""

# ruff: noqa: E501 - a case stands on one line

from __future__ import annotations

import pytest

from engine.authors.base import SourceText, Subject
from engine.authors.extract.person import identify
from engine.authors.extract.units import units_of

SUBJECT = Subject("Elspeth Marrow")


def texts_of(
    text: str, *, author: str = "Jonas Petrie", language: str = "en", name: str = "Elspeth Marrow"
) -> list[str]:
    source = SourceText(1, text, "A Life", author, language=language)
    person = identify(Subject(name, language=language), (source,))
    return [" ".join(sentence.text for sentence in unit.sentences) for unit in units_of(source, person)]


@pytest.mark.parametrize(
    "opener",
    [
        "This pleased the merchants.", "However, nobody paid for it.", "Such tables were rare.", "The latter was never printed.",
        "They were burned in the yard.",
    ],
)  # fmt: skip
def test_a_leaning_sentence_joins_the_one_before(opener: str) -> None:
    text = f"Elspeth Marrow made a table of the tides in 1855. {opener}"
    assert texts_of(text) == [text]


@pytest.mark.parametrize(
    "opener",
    [
        "This pleased the merchants of the town.",
        "Its pages were of blue paper.",
        "But nobody had paid for it.",
        "When the wind rose, they were carried into the yard.",
        "I could regard them in no other light.",
        "Captain Hay called upon him for a copy of the table.",
        "Under its influence the trade of Leith grew for a year.",
        "The one was open and the other was closed to the ships.",
        "The work of the one was the rest of the other.",
        "There was a world besides the harbour, of which Leith knew little.",
        "In the same book there was a table of the tides at Leith.",
        "I found it was a word for a lantern of the harbour.",
        "I was often woken by the cries of an aunt of mine, whom he used to beat.",
        "I further stated that the water would stand over the quay.",
        "I went, and the keeper of the harbour showed me the quay.",
        "I have never found it in the ports of the south.",
        "The plan was never carried out by the merchants of Leith.",
        "There were in Leith, by the harbour's own count, from four to six hundred; in other ports there were fewer.",
        "Third, the great tide of the spring had carried off the gauge.",
        '"Come down to the quay at once! The water is over the stones!"',
        "“The figures are wrong!” “They are wrong by an inch.”",
    ],
)
def test_a_leaning_sentence_without_the_one_before_is_left_out(opener: str) -> None:
    assert texts_of(f"{opener}\n\nElspeth Marrow sailed to Lisbon in the summer of 1858.") == [
        "Elspeth Marrow sailed to Lisbon in the summer of 1858."
    ]


def test_words_whose_speaker_is_named_beside_them_stand_alone() -> None:
    text = '"The figures are right," said Elspeth Marrow to the merchants of Leith, and went home.'
    assert texts_of(text) == [text]


def test_she_may_open_a_unit_only_when_she_is_the_subject() -> None:
    filler = "Elspeth Marrow counted the ships that passed the window of the house on the long quay at Leith every day of the year. "
    dated = "She sailed to Lisbon in June, 1858, to read the gauges."
    assert dated in texts_of(filler * 2 + dated)
    other = "Ann Hay lived in the house across the quay and never spoke to anyone but her cat. "
    assert all(not text.startswith("She") for text in texts_of(filler * 2 + other + dated))


def test_no_unit_cuts_a_quotation() -> None:
    text = 'Marrow laid the slate on the desk. "The sea keeps better time," she said. "It always did. It always will."'
    assert all(text.count('"') % 2 == 0 for text in texts_of(text))


def test_headings_captions_and_debris_are_in_no_unit() -> None:
    text = (
        "CHAPTER IV. LAST YEARS\n\nElspeth Marrow at her desk in Leith.\n\n"
        "Elspeth Marrow returned to Skerra in 1894 with her daughter. See page 12 for the [sic] picture.\n\n* * *"
    )
    assert texts_of(text) == ["Elspeth Marrow returned to Skerra in 1894 with her daughter."]


def test_the_occasion_of_a_picture_makes_no_sentence_of_its_caption() -> None:
    caption = "Elspeth Marrow and the Provost at the harbour, May 20, 1894, when a lamp was given to her by the town."
    told = "Elspeth Marrow and her sister, when they arrived at Skerra in 1894, were received with a lamp."
    assert texts_of(f"{caption}\n\n{told}") == [told]


@pytest.mark.parametrize(
    "caption",
    [
        "Elspeth Marrow, photographed by Hay in 1871.",
        "The school in Leith, from a photograph taken in 1858.",
        "Fig. 3. The brig Halcyon in the harbour of Lisbon.",
        "Elspeth Marrow (left) with her daughter Ann, Leith, 1866.",
        "Plate IV: The shop in Tolbooth Wynd.",
        "(Courtesy of the Hydrographic Society of London.)",
        "From a daguerreotype made in 1851.",
        "The first page of the letter of 3 May 1849.",
    ],
)
def test_words_under_a_picture_are_in_no_unit(caption: str) -> None:
    told = "Elspeth Marrow sailed to Lisbon in the summer of 1858."
    assert texts_of(f"{told}\n\n{caption}\n\n{told}") == [told, told]


@pytest.mark.parametrize(
    "told",
    [
        "Elspeth Marrow, painted by Hay, sat for nine hours.",
        "In 1849 Elspeth Marrow sailed to New York.",
        "Marrow died in 1902.",
        "A portrait of Elspeth Marrow was hung in Leith.",
    ],
)
def test_short_sentences_full_of_names_are_sentences(told: str) -> None:
    assert texts_of(told) == [told]


def test_units_have_at_most_five_sentences_and_share_none() -> None:
    text = "Elspeth Marrow kept a slate. " + "It was grey and old. " * 9
    units = texts_of(text)
    assert len(units) == 1
    assert units[0].count(".") == 5


def test_a_new_year_begins_a_new_unit() -> None:
    text = "In 1853 Marrow foretold the flood of the river. In 1855 Marrow printed the table of the tides."
    assert len(texts_of(text)) == 2


def test_spanish_openers_lean_too() -> None:
    text = "Teodora Valcárcel publicó un catálogo en 1868. Este libro fue muy leído."
    assert texts_of(text, language="es", name="Teodora Valcárcel") == [text]
