"""People, places and things, told apart by a whole text."""

from __future__ import annotations

from sources.names import gender_of, learn, without_title

TEXT = """Mr. David Rollins met Captain Hale in Bristol. Rollins had come from Bristol on the steamer Halcyon.
On Monday the Royal Society heard Rollins. William Carey Stone wrote to Rollins from Boston, and Stone waited.
Stone lived in Thornmere and died in Thornmere. President Hale was another man. Sandy went to New York with Mr. Rollins.
"""


def kinds(text: str = TEXT, language: str = "en") -> dict[str, str]:
    return {name.full: name.kind for name in learn(text, language).names_in(text)}


def test_titles_and_given_names_make_people() -> None:
    found = kinds()
    assert found["David Rollins"] == "person"
    assert found["William Carey Stone"] == "person"
    assert found["Captain Hale"] == "person"


def test_a_lone_surname_is_the_one_who_bears_it_in_full() -> None:
    book = learn(TEXT, "en")
    assert [name.full for name in book.names_in("Then Stone left Rollins.")] == [
        "William Carey Stone",
        "David Rollins",
    ]


def test_prepositions_and_the_gazetteer_make_places() -> None:
    found = kinds()
    assert found["Bristol"] == found["Boston"] == found["New York"] == "place"
    assert found["Thornmere"] == "place"  # in no gazetteer, but one lives and dies there


def test_ships_and_societies_are_neither() -> None:
    found = kinds()
    assert found["Halcyon"] == "thing"
    assert found["Royal Society"] == "thing"


def test_days_and_first_words_are_no_names() -> None:
    assert not {"Monday", "On Monday", "Then"} & set(
        kinds("Then it rained. On Monday it rained. Every Monday it rains.")
    )


def test_a_name_does_not_run_over_the_end_of_a_sentence() -> None:
    found = kinds("She came from Boston. George Thorpe waited. George Thorpe spoke of Boston.")
    assert found == {"Boston": "place", "George Thorpe": "person"}


def test_an_office_is_not_tied_to_a_namesake_of_another_text() -> None:
    book = learn("Nathan Johnson kept a shop.", "en", parts=["They called upon President Johnson in May."])
    assert [name.full for name in book.names_in("President Johnson refused.")] == ["President Johnson"]


def test_spanish_titles_and_particles() -> None:
    found = kinds(
        "Don Miguel de la Torre viajó a Zaragoza. La Torre de Zaragoza es alta. Vivió en Zaragoza.", "es"
    )
    assert found["Miguel de la Torre"] == "person"
    assert found["Zaragoza"] == "place"


def test_genders_come_from_titles_first() -> None:
    assert gender_of("Mrs. Andrew Hay") == "f"
    assert gender_of("Andrew Hay") == "m"
    assert gender_of("Hay") == ""


def test_titles_come_off() -> None:
    assert without_title("Rev. Dr. Samuel Cox") == "Samuel Cox"


def test_a_long_run_of_capitals_is_read_in_time() -> None:
    text = "Alpha Beta Gamma " * 20_000
    assert len(learn(text, "en").names_in(text)) <= 1


def test_an_initial_that_ends_a_sentence_and_a_number_are_no_person() -> None:
    text = (
        "It ran to Newport, R. I. Forty-three years ago it was so. He had forty oars, and three men at each."
    )
    assert not [name for name in learn(text).names_in(text) if name.kind == "person"]
