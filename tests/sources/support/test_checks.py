"""Each typed check both ways: what it must pass, and what it must find."""

from __future__ import annotations

import pytest

from sources.people import parse_name
from sources.support import check, check_all
from sources.vocabulary import Verdict

CURIE = (
    "Marie Curie was born in Warsaw on 7 November 1867, the youngest of five children. In 1891 she followed her "
    "sister Bronislawa to Paris, where she lived for about three years in a garret. She married Pierre Curie in "
    "July 1895; he earned 6,000 francs a year. The Academy did not elect her in January 1911."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Marie Curie was born in Warsaw on November 7, 1867.",
        "Marie Curie was born on the 7th of November, 1867, in Warsaw.",
        "Marie Curie was born in Warsaw in November 1867.",
        "Marie Curie was born in Warsaw in the 1860s.",
        "She followed her sister to Paris in 1891.",
    ],
)
def test_a_date_may_be_written_otherwise_or_told_less_exactly(sentence: str) -> None:
    assert check(sentence, CURIE).holds


@pytest.mark.parametrize(
    "sentence",
    [
        "Marie Curie was born in Warsaw on 7 November 1876.",
        "Marie Curie was born in Warsaw on 17 November 1867.",
        "Marie Curie was born in Warsaw on 7 December 1867.",
        "Marie Curie was born in Warsaw in the 1870s.",
        "She married Pierre Curie on 26 July 1895.",  # no day is told
        "She married Pierre Curie in 1891.",  # a year of something else
    ],
)
def test_a_wrong_or_invented_date_is_found(sentence: str) -> None:
    assert not check(sentence, CURIE).holds


@pytest.mark.parametrize(
    ("sentence", "passage", "language"),
    [
        ("Nació el 7 de noviembre de 1867 en Varsovia.", "Nació en Varsovia el 7 noviembre 1867.", "es"),
        ("Elle naquit le 1er mai 1850 à Lyon.", "Elle naquit à Lyon, le 1 mai 1850.", "fr"),
        ("Er wurde am 3. März 1820 in Köln geboren.", "In Köln wurde er am 3 März 1820 geboren.", "de"),
        ("Nasceu em 7 de março de 1820 no Porto.", "Nasceu no Porto, a 7 de março de 1820.", "pt"),
        ("Nacque il 2 aprile 1805 a Pisa.", "Nacque a Pisa il 2 aprile del 1805.", "it"),
    ],
)
def test_dates_are_read_in_six_languages(sentence: str, passage: str, language: str) -> None:
    assert check(sentence, passage, language=language).holds
    wrong = sentence.replace("18", "17")
    assert check(wrong, passage, language=language).verdict == Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Twenty-four nurses sailed with her.", "She sailed with 24 nurses."),
        ("A dozen nurses sailed with her.", "She sailed with twelve nurses."),
        ("The prize was worth $60,000 in cash.", "The prize was worth sixty thousand dollars in cash."),
        ("He worked for about half a year in the shop.", "He worked for six months in the shop."),
        ("The siege lasted less than two weeks.", "The siege lasted eleven days."),
        ("He stayed for three decades in the studio.", "He stayed in the studio for thirty years."),
        ("More than 11,000 copies were sold in London.", "In London 11,500 copies were sold."),
        ("She was aged twenty-four when she sailed.", "She sailed at the age of 24."),
    ],
)
def test_a_number_may_be_written_otherwise(sentence: str, passage: str) -> None:
    assert check(sentence, passage, language="en").holds


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Forty-two nurses sailed with her.", "She sailed with 24 nurses."),
        ("The prize was worth $6,000 in cash.", "The prize was worth sixty thousand dollars in cash."),
        ("The siege lasted less than two weeks.", "The siege lasted eleven weeks."),
        ("He had five sons.", "He had four sons and five horses."),
        ("Three quarters of the 250 men died.", "Three quarters of the 205 men died."),
    ],
)
def test_a_wrong_number_is_found(sentence: str, passage: str) -> None:
    assert not check(sentence, passage, language="en").holds


def test_a_length_that_must_be_reckoned_is_no_contradiction() -> None:
    passage = "She studied in Paris from 1891 to 1894 and then went home to Warsaw."
    assert check("She studied in Paris for three years.", passage).verdict != Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Mrs. Curie followed her sister Bronislawa to Paris.", True),
        ("Pierre Curie earned 6,000 francs a year.", True),
        ("She followed her sister Helena to Paris.", False),
        ("She followed her sister Bronislawa to Zürich.", False),
    ],
)
def test_names_and_places(sentence: str, holds: bool) -> None:
    assert check(sentence, CURIE).holds is holds


def test_the_subject_need_not_be_named_where_the_passage_says_i() -> None:
    passage = "I was born in Tuckahoe, near Hillsborough, in Talbot county, Maryland."
    sentence = "Frederick Douglass was born in Tuckahoe in Talbot County, Maryland."
    assert check(sentence, passage, about=parse_name("Frederick Douglass")).holds
    assert not check(sentence, passage).holds
    assert not check(sentence, passage, about=parse_name("Harriet Tubman")).holds


def test_a_name_of_the_passage_in_the_wrong_place_is_found_in_a_copy() -> None:
    passage = "Captain Auld sold the farm. Colonel Lloyd's clerk kept the books at the farm."
    assert check("Captain Auld's clerk kept the books at the farm.", passage).verdict == Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("language", "sentence", "passage", "holds"),
    [
        ("en", "In 1897 his wife joined him in Durban.", "His wife joined him in Durban in 1897.", True),
        ("en", "In 1897 his sister joined him in Durban.", "His wife joined him in Durban in 1897.", False),
        ("es", "Su hermana lo acompañó a Madrid.", "Su esposa lo acompañó a Madrid.", False),
        ("fr", "Sa soeur le suivit en exil.", "Sa femme le suivit en exil.", False),
        ("de", "Seine Schwester pflegte ihn in Bonn.", "Seine Mutter pflegte ihn in Bonn.", False),
        ("pt", "Sua irmã ficou com ele em Lisboa.", "Sua mãe ficou com ele em Lisboa.", False),
        ("it", "Sua sorella lo seguì a Roma.", "Sua moglie lo seguì a Roma.", False),
        ("en", "It was in Durban, in 1897, that his sister came.", "In 1897 his wife came to Durban.", False),
        ("en", "His uncle came to Durban in 1897.", "In 1897 his father's brother came to Durban.", True),
        (
            "en",
            "She liked best the paints that were borrowed from her mother.",
            "Her mother made an easel, and the paints were borrowed from her father.",
            False,
        ),
        ("en", "In Bonn she became his wife.", "He married her in Bonn.", True),
    ],
)
def test_kinship(language: str, sentence: str, passage: str, holds: bool) -> None:
    assert check(sentence, passage, language=language).holds is holds


@pytest.mark.parametrize(
    ("language", "sentence", "passage"),
    [
        ("en", "The Academy elected her in January 1911.", CURIE),
        ("es", "Volvió a ver a su hija.", "Nunca volvió a ver a su hija."),
        ("fr", "L'Académie l'avait élue en 1911.", "L'Académie ne l'avait pas élue en 1911."),
        ("de", "Nach dem Krieg heiratete er wieder.", "Nach dem Krieg heiratete er nicht wieder."),
        ("pt", "O casal teve filhos no Porto.", "O casal não teve filhos no Porto."),
        ("it", "Sposò la donna di Pisa.", "Non sposò la donna di Pisa."),
        ("en", "He never married the girl.", "He married the girl."),
        ("en", "The father welcomed the journey.", "The father had at first opposed the journey."),
        ("en", "She was two years older than her brother.", "She was two years younger than her brother."),
    ],
)
def test_denied_and_affirmed(language: str, sentence: str, passage: str) -> None:
    assert not check(sentence, passage, language=language).holds


def test_a_denial_in_other_words_is_no_mismatch() -> None:
    assert check("In January 1911 the Academy narrowly turned her down.", CURIE).holds


def test_words_behind_a_negation_are_not_verbatim() -> None:
    passage = "It is not true that he sold the farm."
    assert check("He sold the farm.", passage).verdict == Verdict.CANNOT_TELL


def test_who_did_it_to_whom() -> None:
    passage = "His wife Kasturba and their two sons joined him in Durban in 1897."
    assert not check("He and their two sons joined his wife Kasturba in Durban in 1897.", passage).holds


def test_the_words_that_decided_are_said() -> None:
    assert "1876" in check("Marie Curie was born in Warsaw on 7 November 1876.", CURIE).because
    assert "1867" in check("Marie Curie was born in Warsaw on 7 November 1876.", CURIE).because
    assert "Warsaw" in check("Warsaw was where Marie Curie was born in 1867.", CURIE).because


def test_nothing_near_is_unsupported() -> None:
    found = check("Glaciers melted slowly above the valley.", CURIE)
    assert found.verdict == Verdict.UNSUPPORTED


def test_another_language_can_not_be_told() -> None:
    assert check("Nació en Varsovia y era la menor de los cinco hijos de la familia.", CURIE).verdict == (
        Verdict.CANNOT_TELL
    )


def test_what_is_spread_over_two_passages_is_supported_by_both() -> None:
    passages = ["Ruth Ames went to sea with her father.", "The brig sank near Bristol in March 1840."]
    sentence = "Ruth Ames went to sea, and the brig sank near Bristol in March 1840."
    assert [one.holds for one in check_all(sentence, passages)] == [True, True]
    wrong = sentence.replace("1840", "1841")
    assert not any(one.holds for one in check_all(wrong, passages))


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("He left Leeds in 1850.", "He left Leeds before 1850, as his sister wrote."),
        ("He left Leeds in 1850.", "He left Leeds some time after the year 1850, with his wife."),
        ("He left Leeds before 1850.", "He left Leeds in 1850 with his wife."),
        ("He left Leeds on 4 May 1850.", "He left Leeds after the 4th of May, 1850, as his sister wrote."),
        ("Se fue de Cádiz en 1850.", "Se fue de Cádiz antes de 1850, según su hermana."),
        ("Il quitta Lyon en 1850.", "Il quitta Lyon après 1850, dit sa sœur."),
        ("Er verließ Bonn im Jahr 1850.", "Er verließ Bonn vor dem Jahr 1850 mit seiner Frau."),
    ],
)
def test_what_lies_before_or_after_a_date_is_not_that_date(sentence: str, passage: str) -> None:
    assert not check(sentence, passage).holds


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("He left Leeds before the year 1850.", "Before 1850 he left Leeds for good."),
        ("In 1850 he left, and after 1850 he never wrote.", "He left Leeds in 1850. After 1850 he never wrote again."),
        ("Er verließ Bonn nach 1850.", "Nach dem Jahr 1850 verließ er Bonn."),
        ("He left Leeds in 1850.", "The house was sold before the winter. He left Leeds in 1850."),
    ],
)  # fmt: skip
def test_the_same_side_of_a_date_is_the_same(sentence: str, passage: str) -> None:
    assert check(sentence, passage).holds
