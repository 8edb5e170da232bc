"""Languages, told from a sentence or two."""

from __future__ import annotations

import pytest

from sources.language import detect, settle


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She was born in the north and studied at night for many years."),
        ("es", "Su padre era fotógrafo y le enseñó a revelar las placas en la casa."),
        ("fr", "Elle est née à Paris et mourut à Londres dans une grande pauvreté."),
        ("de", "Sie wurde in Berlin geboren und starb nach der Reise in Wien."),
        ("pt", "Nasceu no Rio de Janeiro e não voltou mais para a cidade do pai."),
        ("it", "Nacque a Roma nel 1800 e morì a Firenze con la sorella più giovane."),
        ("nl", "Hij werd geboren in Leiden en woonde daar met zijn moeder tot het einde."),
        ("pl", "Urodziła się w Warszawie i była pierwszą kobietą, która to zrobiła."),
        ("it", "Il padre gli insegnò la musica."),
        ("es", "La casa de la madre se vende en junio."),
        ("da", "Det er en by med havn i øst."),
        ("nl", "De man is in de stad."),
        ("la", "Arma virumque cano, Troiae qui primus ab oris et in Italiam non sine labore venit."),
        ("sv", "Hon var född i Lund och arbetade där till sin död med att skriva."),
        ("da", "Hun var født i Odense, og hun arbejdede der til sin død med at skrive."),
        ("cs", "Narodila se v Praze a byla první žena, která se tam dostala na školu."),
        ("ru", "Он родился в Москве и умер в Париже, но его не забыли."),
    ],
)
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["", "Leeds", "1845, 1846, 1847", "日本語の文章です。", "Zxq vbn plok mjiu hytg"]
)
def test_what_is_unclear_has_no_language(text: str) -> None:
    assert detect(text) == ""


SPANISH = "Su padre era fotógrafo y le enseñó a revelar las placas en la casa de la calle mayor. " * 4


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en", SPANISH, "es"),
        ("es", SPANISH, "es"),
        ("", SPANISH, "es"),
        ("zu", SPANISH, "es"),
        ("en", SPANISH[:60], "en"),
        ("ja", "日本語の文章です。" * 20, "ja"),
        ("", "Leeds", ""),
    ],
)
def test_a_declared_language_is_believed_unless_the_words_say_another(
    declared: str, text: str, language: str
) -> None:
    assert settle(declared, text) == language
