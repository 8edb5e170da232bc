"""Debris of print goes, numbers of prose stay."""

from __future__ import annotations

import pytest

from sources.extracting.tidying import tidy

FILLER = "Here he was, and then he went on in the usual way of the town."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("the grand illuminated[350] temple", "the grand illuminated temple"),
        ("this I will not be [26] positive", "this I will not be positive"),
        ("right and just. [351]", "right and just."),
        ("for republicans?[352] Is it", "for republicans? Is it"),
        ("solemnity,[353] are", "solemnity, are"),
        ("known[1][2] to all", "known to all"),
        ("known[1, 2] to all", "known to all"),
        ("the end of it.[A] And so", "the end of it. And so"),
        ("the end[^note] of it", "the end of it"),
        ("one {45} two {xii} three", "one two three"),
        ("one [Pg 45] two [Page xii] three", "one two three"),
        ("He ended the speech.12 He sat down.", "He ended the speech. He sat down."),
        ("He ended the speech.”12 He sat down.", "He ended the speech.” He sat down."),
        ("He ended the speech.¹² He sat down.", "He ended the speech. He sat down."),
        ("He ended the speech.* He sat down.", "He ended the speech. He sat down."),
        ("HIS OLD HOUSE. 11 . To the Owner", "HIS OLD HOUSE. To the Owner"),
        ("[15]Quite recently there was", "Quite recently there was"),
        ("[^1]: Quite recently there was", "Quite recently there was"),
        ("the _Morning Post_ said _no_", "the Morning Post said no"),
        ("*bold* and =caps= and **both**", "bold and caps and both"),
        ("oﬃce and ﬁre", "office and fire"),
        ("soft\u00adware and a\u00a0b", "software and a b"),
        ("the meeting [citation needed] ended", "the meeting ended"),
    ],
)
def test_marks_of_apparatus_go(given: str, expected: str) -> None:
    assert tidy([given]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 1838, 266 men and 12 women came.",
        "On the 1st, 2nd, 3rd and 19th of May, in the 30s, for 5d. and 10s. 6d.",
        "It cost $40,000 in 1903, or £150, at 3.15 p.m.",
        "The [1855] assault, and in 1860 [1870] he moved, on [March 4] as [sic] said.",
        "An 8vo book of 10in by 4in, 12mo, at 6am and 7pm.",
        "The flat of 20 m² and 5 cm³ at 10⁶ volts.",
        "See Matt.5 And no.12 Broad Street, vol.2 The End.",
        "He read 2 Kings 4:10 and wrote a_b and 2*3*4 = 24.",
        "The U.S. [Supreme] Court and the [one of his] sons.",
        "1861 was a year of war.",
        "Der 20jährige Mann und die 19te Kompanie.",
        "He met 3 of them and I[t] was late.",
    ],
)
def test_real_numbers_and_brackets_stay(text: str) -> None:
    assert tidy([text, FILLER]) == f"{text}\n\n{FILLER}"


def test_a_page_number_glued_to_a_common_word_goes() -> None:
    assert tidy(["In 1838, 266he was sold.", FILLER]).startswith("In 1838, he was sold.")


def test_a_year_glued_to_a_common_word_gets_its_space() -> None:
    assert tidy(["In 1838he was sold.", FILLER]).startswith("In 1838 he was sold.")


def test_numbers_that_rise_like_pages_are_pages_wherever_they_stand() -> None:
    found = tidy(
        ['268 "We need one."', "to enlist others in269 able hands", "by soon272 aware", "Prof.273 Roe said"]
    )

    assert found == '"We need one."\n\nto enlist others in able hands\n\nby soon aware\n\nProf. Roe said'


def test_a_page_number_in_the_middle_goes_if_it_is_the_one_that_is_missing() -> None:
    found = tidy(
        ["others in269 hands, and 12 the 270 house", "it was271Monday and some272thing", "the end273"]
    )

    assert found == "others in hands, and 12 the house\n\nit wasMonday and something\n\nthe end"


@pytest.mark.parametrize(
    "text",
    [
        ["1 January. Rain.", "2 January. Snow.", "3 January. Sun.", "4 January. Rain."],
        ["5 de marzo. Lluvia.", "6 de marzo. Sol.", "7 de marzo. Lluvia."],
        ["1 Samuel wrote.", "2 Samuel wrote.", "3 Samuel wrote."],
        ["On Apollo11 and", "on Apollo12 and", "on Apollo13 he went"],
        ["On the 1st he came, on the 2nd he went,", "on the 3rd and 4th he slept."],
    ],
)
def test_what_else_rises_step_by_step_is_left(text: list[str]) -> None:
    assert tidy(text) == "\n\n".join(text)


def test_numbers_that_do_not_rise_are_left() -> None:
    text = ["to enlist in269 able hands", "by soon4 aware", "at once91 gone"]

    assert tidy(text) == "\n\n".join(text)


def test_years_at_the_head_of_paragraphs_are_no_pages() -> None:
    text = ["1861 The war.", "1862 The siege.", "1863 The peace.", "1864 The end."]

    assert tidy(text) == "\n\n".join(text)


def test_lone_page_numbers_go_and_mend_the_sentence_they_parted() -> None:
    assert tidy(["He went up the", "45", "hill and down."]) == "He went up the hill and down."
    assert tidy(["He went up.", "Page 45", "Then he came down."]) == "He went up.\n\nThen he came down."
    assert tidy(["A title", "1921", "The text."]) == "A title\n\n1921\n\nThe text."


def test_running_heads_go_and_chapter_headings_stay() -> None:
    heads = [
        "LIFE OF A SAILOR 12",
        "He sailed.",
        "LIFE OF A SAILOR 14",
        "He came.",
        "LIFE OF A SAILOR 16",
        "He left.",
    ]
    chapters = ["CHAPTER 1", "He sailed.", "CHAPTER 2", "He came.", "CHAPTER 3", "He left."]

    assert tidy(heads) == "He sailed.\n\nHe came.\n\nHe left."
    assert tidy(chapters) == "\n\n".join(chapters)


def test_notes_and_captions_inside_a_paragraph_follow_it() -> None:
    found = tidy(["He came [Footnote 3: By ship.] home. [Illustration: The house where he lived]"])

    assert found == "He came home.\n\nBy ship.\n\nThe house where he lived"


def test_a_note_loses_its_own_number_only_if_the_text_refers_to_it() -> None:
    assert tidy(["He came home.[6]", "6. By ship."]) == "He came home.\n\nBy ship."
    assert tidy(["He came home.", "6. By ship."]) == "He came home.\n\n6. By ship."


def test_rows_of_stars_and_transcribers_notes_go() -> None:
    assert tidy(["One.", "* * * *", "[Illustration]", "[Transcriber's Note: x]", "Two."]) == "One.\n\nTwo."


def test_tidying_again_changes_nothing() -> None:
    once = tidy(["In 1838, 266he was sold.[4]", FILLER, "45", "_Yes_, he said."])

    assert tidy(once.split("\n\n")) == once
