"""How much a text is about a person, and the line that says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sources.demos import demo_folders
from sources.extracting.sandbox import extract
from sources.judging import LEAST_RELEVANCE
from sources.metadata import read_list
from sources.scoring import Document, Profile, relevance
from sources.scoring.mentions import _Reader

NAME = "María José Łukasz Ávila"
ABOUT = "Señora Avila was born in the north. " + "The house was large and stood near the river. " * 3
LABELLED = Path(__file__).parents[2] / "data" / "relevance.jsonl"
ROWS: list[dict[str, str]] = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
OTHER = next(row["text"] for row in ROWS if row["why"] == "off the point")


def _score(text: str, title: str = "", author: str = "", name: str = NAME, **known: Any) -> float:
    return relevance(Profile.of(name, **known), Document(text, title, author)).value


def _of_row(row: dict[str, str]) -> float:
    known = {"name": row["subject"], "description": row["description"]}
    return _score(row["text"], row["title"], row["author"], **known)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['subject']}, {row['why']} ({row['language']})")
def test_what_is_about_the_person_is_kept_and_what_isnt_ranks_below(row: dict[str, str]) -> None:
    value = _of_row(row)
    assert value >= 0.5 if row["label"] == "high" else value <= 0.35


def test_of_the_labelled_distractors_only_works_about_the_person_may_be_kept() -> None:
    kept = {row["why"] for row in ROWS if row["label"] == "low" and _of_row(row) >= LEAST_RELEVANCE}
    assert kept <= {"film", "film es", "place newton"}


def test_the_demos_sources_are_kept_for_their_person_and_for_nobody_else() -> None:
    folder = next(one for one in demo_folders() if one.name == "frederick-douglass")
    listing = read_list(folder)
    assert listing.subject
    own = Profile.of(listing.subject.name, listing.subject.description)
    strangers = [Profile.of("Marie Curie", "Polish-born physicist"), Profile.of("Stephen Douglas", "senator")]
    for name, entry in listing.entries.items():
        text = extract((folder / name).read_bytes(), name).text
        document = Document(text, entry.title, entry.author)
        assert relevance(own, document).value >= 0.4, name
        assert all(relevance(one, document).value < LEAST_RELEVANCE for one in strangers), name


def test_a_text_about_somebody_else_is_not_relevant() -> None:
    assert _score(OTHER, title="Whales", author="John Doe") == 0
    assert _score("María went home. " * 20) == 0


def test_names_count_in_any_spelling_and_case() -> None:
    assert _score(ABOUT) > 0.2
    assert (
        _score(ABOUT.replace("Avila", "Ávila’s")) == _score(ABOUT) == _score(ABOUT.replace("Avila", "AVILA"))
    )


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("Marie Curie", True),
        ("M. S. Curie", True),
        ("Curie, Marie", True),
        ("Mme Curie", True),
        ("Mrs. Curie", True),
        ("Marie and Pierre Curie", True),
        ("Marya Skłodowska", True),
        ("Marie Skłodowska-Curie", True),
        ("l’œuvre de Marie Curie", True),
        ("Мария Кюри", True),
        ("Pierre Curie", False),
        ("P. Curie", False),
        ("Mr. Curie", False),
        ("Curie, Pierre", False),
        ("the Marie Curie Hospital", False),
        ("Institut Marie Curie", False),
        ("Marie-Curie-Gymnasium", False),
        ("Marie Smith", False),
        ("curie", False),
    ],
)
def test_whose_name_it_is(said: str, counts: bool) -> None:
    text = (
        f"In the year before the war they heard that {said} had come to the town, and all went out to look."
    )
    description = "physicist, née Marya Skłodowska"
    assert (_score(text, name="Marie Curie", description=description) > 0.05) is counts


def test_a_lone_family_name_is_whose_full_name_stands_there() -> None:
    lone = " Later Curie wrote that the furnace was cold, and Curie never complained of it in a letter."
    hers = _score(f"Marie Curie rose early.{lone}", name="Marie Curie")
    his = _score(f"Pierre Curie rose early.{lone}", name="Marie Curie")
    assert his < 0.1 < hers


def test_a_son_of_the_same_name_is_another() -> None:
    assert _score(OTHER, author="Frederick Douglass, Jr.", name="Frederick Douglass") == 0
    assert _score(OTHER, author="Frederick Douglass", name="Frederick Douglass") >= 0.9
    text = (
        "Frederick Douglass Jr. printed the paper in Rochester and set the type with his own hands in winter."
    )
    assert _score(text, name="Frederick Douglass") < 0.1


@pytest.mark.parametrize(
    "author", ["M. Ávila", "Maria Avila", "John Doe; María Ávila", "Ávila, María", "María José Łukasz-Ávila"]
)
def test_what_the_person_wrote_is_relevant_without_a_name(author: str) -> None:
    assert _score(OTHER, author=author) >= 0.9


@pytest.mark.parametrize(
    "author",
    [
        "Pedro Ávila",
        "P. Ávila",
        "John Doe",
        "",
        ";;",
        "María Doe",
        "Ávila Press",
        "Life of María Ávila Society",
    ],
)
def test_a_namesake_relative_or_society_is_not_the_person(author: str) -> None:
    assert _score(OTHER, author=author) == 0


def test_a_list_is_worth_little_whoever_is_said_to_have_written_it() -> None:
    stuffed = "Ávila facts Ávila quotes Ávila life Ávila books " * 40
    assert _score(stuffed, title=NAME, author=NAME) < LEAST_RELEVANCE


def test_one_mention_in_a_long_text_is_not_enough_and_years_of_life_help() -> None:
    once = f"{OTHER} Here María Ávila came. {OTHER}"
    assert _score(once) < LEAST_RELEVANCE
    known = {"description": "botanist, 1801–1875"}
    assert _score(f"{ABOUT} She died in 1875.", **known) > _score(ABOUT, **known)


def test_a_namesakes_dates_count_against_the_text() -> None:
    text = "John Smith ({}) grew roses in Kent. John Smith had four sons, and sold seeds to the whole county."
    known = {"name": "John Smith", "description": "captain, 1580–1631"}
    assert _score(text.format("1580–1631"), **known) > 0.5
    assert _score(text.format("1813–1861"), **known) < LEAST_RELEVANCE
    assert _score(text.format("born 1950"), **known) < LEAST_RELEVANCE


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("居里夫人", "居里夫人生于华沙。居里夫人发现了镭。" * 3),
        ("Μαρία Κιουρί", "Η Μαρία Κιουρί γεννήθηκε στη Βαρσοβία και σπούδασε στο Παρίσι."),
        ("Лев Толстой", "Лев Толстой родился в Ясной Поляне. Толстой писал романы."),
        ("नेल्सन मंडेला", "नेल्सन मंडेला का जन्म हुआ था। नेल्सन मंडेला राष्ट्रपति बने।"),
        ("محمد علي", "ولد محمد علي في المدينة. كان محمد علي ملاكما."),
    ],
)
def test_scripts_of_all_kinds(name: str, text: str) -> None:
    assert _score(text, name=name) > LEAST_RELEVANCE
    assert _score(text, name="Frederick Douglass") == 0


@pytest.mark.parametrize("name", ["—", "", "()", "Dr.", "1867", ",", "von der", "«»"])
@pytest.mark.parametrize("text", ["", "—", "1 2 3", "A", "«»", "a" * 10_000])
def test_odd_names_and_texts_do_no_harm(name: str, text: str) -> None:
    assert 0 <= relevance(Profile.of(name, name), Document(text, text, text)).value <= 1


def test_the_reason_says_what_was_seen() -> None:
    profile = Profile.of("Ana Ávila", "botanist in Oaxaca, 1801–1875")
    text = (
        "Ana Ávila came to Oaxaca in 1830. The Ana Ávila School is hers. Her brother Pedro Ávila left. " * 2
    )
    because = relevance(profile, Document(text, "Life of Ávila", "Ana Ávila")).because
    for part in (
        "Ana Ávila wrote it",
        "2 times in the text",
        "The title names",
        "Oaxaca",
        "somebody else",
        "school",
    ):
        assert part in because


def test_what_a_description_tells() -> None:
    description = "Polish-born physicist, née Maria Skłodowska; born 1867, died Passy, 4 July 1934"
    profile = Profile.of("Marie Curie", description)
    assert (profile.birth, profile.death) == (1867, 1934)
    assert profile.names.families == {"curie", "sklodowska"}
    assert Profile.of("X", "born enslaved in Maryland, died 1895").years == (1895,)
    assert Profile.of("X", "the sources were written between 1910 and 1923").years == ()


def test_a_name_without_end_is_read_a_few_words_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading each mention to the end of such a text would take the square of its length."""
    steps = 0
    joined = _Reader._joined

    def counted(reader: _Reader, place: int) -> bool:
        nonlocal steps
        steps += 1
        return joined(reader, place)

    monkeypatch.setattr(_Reader, "_joined", counted)
    relevance(Profile.of("Ada Lovelace", ""), Document("Ada Lovelace " * 2_000))
    assert steps < 40 * 4_000


def test_years_of_letters_behind_a_name_are_no_life() -> None:
    """ "Letters to María Ávila (1848-1849)": who lives a year is nobody that somebody writes to."""
    name, known = "Jeanne Aubry", {"description": "French binder (1809-1882)"}
    text = f"Letters to {name} (1848-1849). " + f"{name} kept the house in the north. " * 6
    other = text.replace("1848-1849", "1748-1809")
    assert _score(text, name=name, **known) >= LEAST_RELEVANCE > _score(other, name=name, **known)


LIFE = (
    "%s was born in the year of the flood, and the family moved north. Nobody knows who paid for the journey, but in"
    " May %s arrived with one trunk. In autumn a fever broke out, and three of the children died within a week. %s"
    " wrote to a friend that the house had become too quiet to live in. The council refused the plan twice before it"
    " was built after all, in a manner which %s never explained."
)


def _told(name: str, *called: str) -> float:
    return _score(LIFE % tuple(called[place % len(called)] for place in range(4)), name=name)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Jeanne d'Arc", ("Jeanne d’Arc", "Jeanne")),
        ("Gabriele D'Annunzio", ("Gabriele d'Annunzio", "d'Annunzio")),
        ("Jean le Rond d’Alembert", ("d’Alembert",)),
        ("Catherine the Great", ("Catherine the Great", "Catherine II")),
        ("Catherine the Great", ("Catherine",)),
        ("Joan of Arc", ("Joan",)),
        ("Juana la Loca", ("Juana la Loca", "Juana")),
        ("Friedrich der Große", ("Friedrich", "Friedrichs")),
        ("Annette von Droste-Hülshoff", ("die Droste", "Droste")),
        ("Napoleon Bonaparte", ("Napoleon", "Napoleon’s")),
        ("Galileo Galilei", ("Galileo",)),
        ("Dante Alighieri (1265–1321)", ("Dante in 1321", "Dante")),
        ("Nikolai Rimsky-Korsakov", ("Rimsky", "Rimsky-Korsakov")),
    ],
)
def test_people_without_a_family_name_are_found_by_the_name_they_have(
    name: str, called: tuple[str, ...]
) -> None:
    assert _told(name, *called) >= 0.35


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Joan of Arc", ("Joan Baez", "Joan of Navarre")),
        ("Catherine the Great", ("Catherine Howard", "Catherine of Aragon")),
        ("Catherine the Great", ("Anna", "Great Yarmouth")),
        ("Juana la Loca", ("Juana Inés", "Juana de Ibarbourou")),
        ("Jeanne d'Arc", ("Jeanne Moreau", "Jeanne")),
        ("Antoine de Saint-Exupéry", ("Saint Peter", "the Saint")),
        ("Anna Smith-Jones", ("John Smith", "Mr. John Jones")),
        ("Napoleon Bonaparte", ("Napoleon III", "Napoleon Hill")),
        ("Dante Alighieri (1265–1321)", ("Dante",)),
        ("Dante Alighieri (1265–1321)", ("Dante Rossetti in 1321", "Dante Rossetti")),
    ],
)
def test_namesakes_of_a_given_name_are_somebody_else(name: str, called: tuple[str, ...]) -> None:
    assert _told(name, *called) < LEAST_RELEVANCE
