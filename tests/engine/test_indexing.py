"""The index: names of the facts, where the printed text says them."""

from __future__ import annotations

import pytest

from biographies.exports.manuscript import Block, Inline, Place
from engine.indexing import Named, index, sorted_name


def _piece(*texts: str, at: tuple[int, int] = (0, 0), people: str = "", places: str = "") -> Named:
    block = Block("paragraph", tuple(Inline(text) for text in texts))
    split = [frozenset(one for one in told.split("; ") if one) for told in (people, places)]
    return Named(Place(*at), block, split[0], split[1])


def test_a_name_is_listed_where_the_text_says_it_and_nowhere_else() -> None:
    entries = index(
        [
            _piece("He fled.", " Mr. Covey saw it.", people="Edward Covey; John Brown", places="Hull"),
            _piece("Covey again, in Hull.", at=(3, 2), people="Edward Covey", places="Hull"),
        ],
        "en",
    )
    told = {entry.name: entry.places for entry in entries}
    assert told == {"Covey, Edward": (Place(0, 0, 1), Place(3, 2)), "Hull": (Place(3, 2),)}


def test_a_part_of_a_word_is_no_name_and_either_apostrophe_will_do() -> None:
    assert index([_piece("The Hullers came.", places="Hull")], "en") == ()
    (entry,) = index([_piece("In St. Michael’s.", places="St. Michael's")], "en")
    assert entry.kind == "place"


def test_entries_stand_in_the_order_of_the_alphabet_whatever_their_accents() -> None:
    pieces = [_piece("Zola, Ávila, Bonn", people="Émile Zola", places="Ávila; Bonn")]
    assert [entry.name for entry in index(pieces, "fr")] == ["Ávila", "Bonn", "Zola, Émile"]


def test_spellings_that_differ_in_stops_and_apostrophes_are_one_entry() -> None:
    entries = index(
        [
            _piece("On Fells Point Mrs Auld sat.", people="Mrs Auld", places="Fells Point"),
            _piece("On Fell’s Point sat Mrs. Auld.", at=(1, 0), people="Mrs. Auld", places="Fell's Point"),
            _piece("To Fell's Point.", at=(2, 0), places="Fell's Point; Fells"),
        ],
        "en",
    )
    assert [(one.name, one.places) for one in entries] == [
        ("Auld, Mrs.", (Place(0, 0), Place(1, 0))),
        ("Fell's Point", (Place(0, 0), Place(1, 0), Place(2, 0))),
    ]


def test_a_lone_word_is_no_person_for_an_index() -> None:
    assert index([_piece("Henry came.", people="Henry")], "en") == ()


@pytest.mark.parametrize(
    ("name", "language", "sorted_as"),
    [
        ("William Lloyd Garrison", "en", "Garrison, William Lloyd"),
        ("Mr. Hamilton", "en", "Hamilton, Mr."),
        ("Ludwig van Beethoven", "de", "Beethoven, Ludwig van"),
        ("Martin Luther King Jr.", "en", "King, Martin Luther, Jr."),
        ("Federico García Lorca", "es", "García Lorca, Federico"),
        ("Jeanne Le Goff", "fr", "Le Goff, Jeanne"),
        ("W. E. B. Du Bois", "en", "Du Bois, W. E. B."),
        ("Mr. Du Bois", "en", "Du Bois, Mr."),
        ("José María Morelos", "es", "Morelos, José María"),
    ],
)
def test_the_family_name_stands_in_front(name: str, language: str, sorted_as: str) -> None:
    assert sorted_name(name, language) == sorted_as
