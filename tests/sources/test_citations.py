"""Bibliography and notes as a reader sees them; italics between underscores."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest

from sources.authorship import names_of
from sources.citations import Run, Work, bibliography, later_notes, note, notes

BOOK = "A Life at Sea, a Tale"
WORKS = [
    Work(
        "3", "A Life at Sea: chapter 3", "John Roe", 1845, BOOK, "Example Company, New York", "autobiography"
    ),
    Work(
        "1", "A Life at Sea: chapter 1", "John Roe", 1845, BOOK, "Example Company, New York", "autobiography"
    ),
    Work("p", "Why?", "Ana Ávila; B. C. King, Jr.", None, "", "Press, Paris", url="https://example.com/a"),
    Work(
        "e",
        "Roe, John",
        "The Example Encyclopædia",
        1910,
        "The Example Encyclopædia, vol. 2",
        "UP",
        "encyclopedia",
    ),
    Work(
        "m",
        "On rivers",
        "Zoë van Dam",
        "May 1881",
        "The Magazine 23 (May 1881), pp. 125-131",
        "",
        "magazine article",
    ),
    Work("n", "Annals & <b>more</b>", "", "1900-01-02"),
]


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(f"_{run.text}_" if run.italic else run.text for run in runs)


def _list(style: str, language: str = "en", works: list[Work] = WORKS) -> list[str]:
    return [_plain(reference.runs) for reference in bibliography(works, style, language)]


def test_chicago() -> None:
    assert _list("chicago") == [
        "_Annals & <b>more</b>_, 1900.",
        "Ávila, Ana, and B. C. King Jr. _Why?_ Paris: Press, n.d. https://example.com/a.",
        "Dam, Zoë van. “On rivers.” _The Magazine_ 23 (1881): 125–31.",
        "Roe, John. “Chapter 1.” In _A Life at Sea, a Tale_. New York: Example Company, 1845.",
        "Roe, John. “Chapter 3.” In _A Life at Sea, a Tale_. New York: Example Company, 1845.",
        "“Roe, John.” In _The Example Encyclopædia, vol. 2_. UP, 1910.",
    ]


def test_apa() -> None:
    assert _list("apa") == [
        "_Annals & <b>more</b>_. (1900).",
        "Ávila, A., & King, B. C., Jr. (n.d.). _Why?_ Press. https://example.com/a",
        "van Dam, Z. (1881). On rivers. _The Magazine_, _23_, 125–131.",
        "Roe, J. (1845a). Chapter 1. In _A Life at Sea, a Tale_. Example Company.",
        "Roe, J. (1845b). Chapter 3. In _A Life at Sea, a Tale_. Example Company.",
        "The Example Encyclopædia. (1910). Roe, John. In _The Example Encyclopædia, vol. 2_. UP.",
    ]


def test_other_languages_have_their_own_words() -> None:
    spanish = _list("chicago", "es")

    assert spanish[1].startswith("Ávila, Ana, y B. C. King Jr.")
    assert "«Chapter 1». En _A Life at Sea, a Tale_" in spanish[3]
    assert _list("chicago", "xx") == _list("chicago", "en")


def test_notes_are_short() -> None:
    short = {work.key: _plain(note(work)) for work in WORKS}

    assert short["1"] == "Roe, “Chapter 1,” _A Life at Sea, a Tale_, 1845."
    assert short["e"] == "“Roe, John,” _The Example Encyclopædia, vol. 2_, 1910."
    assert short["m"] == "van Dam, “On rivers,” _The Magazine_, 1881."
    assert short["p"] == "Ávila and King, _Why?_, n.d."
    assert short["n"] == "_Annals & <b>more</b>_, 1900."


def test_the_order_of_the_input_does_not_matter_and_nothing_warns() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert _list("chicago", works=WORKS[::-1]) == _list("chicago")
    assert [reference.key for reference in bibliography(WORKS, "chicago", "en")] == [
        "n",
        "p",
        "m",
        "1",
        "3",
        "e",
    ]


def test_no_works_have_no_bibliography() -> None:
    assert bibliography([], "chicago", "en") == []


def test_a_style_that_we_do_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        bibliography(WORKS, "vancouver", "en")


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (Work("k", "T", "Plato", -380), "Plato. _T_, -380."),
        (Work("k", "", ""), "_Untitled_, n.d."),
        (Work("k", "T\ue000x\ue001", "A B", "c. 1850"), "B, A. _Tx_, c. 1850."),
        (Work("k", "Life", "A B", 1900, "Life"), "B, A. _Life_, 1900."),
        (Work("k", "Life, May 2, 1900", "A B", 1900, "Life"), "B, A. _Life, May 2, 1900_, 1900."),
        (Work("k", "T", "A B", 1900, "", "printed in another book"), "B, A. _T_, 1900."),
        (Work("k", "T", "A B", 1900, url="upload:abc"), "B, A. _T_, 1900."),
        (Work("k", "T </span> x", "A B", 1900), "B, A. _T </span> x_, 1900."),
    ],
)
def test_odd_works_look_right(work: Work, expected: str) -> None:
    assert _list("chicago", works=[work]) == [expected]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Jane Roe", [("Roe", "Jane")]),
        ("Roe, Jane", [("Roe", "Jane")]),
        ("Jane Roe; John Doe", [("Roe", "Jane"), ("Doe", "John")]),
        ("Jane Roe and John Doe", [("Roe", "Jane"), ("Doe", "John")]),
        ("Jane Roe (Mrs. John Roe)", [("Roe", "Jane")]),
        ("Jane Roe; prefatory note by John Doe", [("Roe", "Jane")]),
        ("translated by John Doe", [("Doe", "John")]),
        ("Warren G. Doe; Jane Roe and others", [("Doe", "Warren G."), ("Roe", "Jane")]),
        ("Booker T. Roe", [("Roe", "Booker T.")]),
        ("Dr. Jane Roe", [("Roe", "Jane")]),
    ],
)
def test_people_have_family_and_given_name(author: str, expected: list[tuple[str, str]]) -> None:
    assert [(name["family"], name["given"]) for name in names_of(author)] == expected


@pytest.mark.parametrize(
    "author",
    [
        "Plato",
        "The Times",
        "Example University Press",
        "Society for the Study of Rivers",
        "Friends of the Long River",
        "Group 47",
    ],
)
def test_organisations_stay_in_one_piece(author: str) -> None:
    assert names_of(author) == [{"literal": author}]


def test_nobody_is_nobody() -> None:
    assert names_of("") == names_of(" ; ") == []


HOSTILE = [
    Work("bare", ""),
    Work("long", "T " * 150, "A B; C D; E F; G H"),
    Work("markup", "<b>Bold &amp; <script>x</script></b>", "<i>Evil</i>", "99999"),
    Work("von", "Memoir", "Ludwig von Beethoven", 1811),
    Work("double", "Poema", "García Lorca, Federico", "1930"),
    Work("body", "Report", "National Archives", "n.d."),
    Work("empty", "T", "   ;; ", ""),
    Work("one", "Undated", "X Y"),
    Work("two", "Also undated", "X Y"),
]


@pytest.mark.parametrize("style", ["chicago", "apa"])
def test_every_note_names_one_entry_whatever_is_missing(style: str) -> None:
    works = [*WORKS, *HOSTILE]
    told = {key: _plain(runs) for key, runs in notes(works, style, "en").items()}

    assert set(told) == {reference.key for reference in bibliography(works, style, "en")}
    assert len(set(told.values())) == len(works)
    assert all(text.strip() for text in told.values())


def test_apa_notes_say_author_and_year_with_the_letter_of_the_entry() -> None:
    works = [*WORKS, *HOSTILE]
    told = {key: _plain(runs) for key, runs in notes(works, "apa", "en").items()}
    entries = {reference.key: reference.text for reference in bibliography(works, "apa", "en")}

    assert (told["1"], told["3"]) == ("Roe, 1845a", "Roe, 1845b")
    assert entries["3"].startswith("Roe, J. (1845b).")
    assert (told["two"], told["one"]) == ("Y, n.d.-a", "Y, n.d.-b")
    assert told["von"] == "von Beethoven, 1811"


@pytest.mark.parametrize(
    ("year", "printed"),
    [(None, "n.d."), ("c. 380 BC", "c. 380 BC."), ("1845", "1845.")],
)
def test_a_note_names_the_work_that_holds_a_part_whatever_its_date(year: str | None, printed: str) -> None:
    told = _plain(note(Work("x", "On [^9] <b>rain</b>", "John Roe", year, "Weather, and Other Essays")))
    assert told == f"Roe, “On [^9] <b>rain</b>,” _Weather, and Other Essays_, {printed}"
    assert "_Essays_" in _plain(note(Work("y", "Regen", "John Roe", year, "Essays"), "es"))


def test_later_notes_name_author_and_title_alone_and_never_two_works_alike() -> None:
    twice = replace(WORKS[0], key="t", title="Chapter 1", author="Jane Roe", work="Another Life", year="1850")
    works = [*WORKS, twice]
    told = {key: _plain(runs) for key, runs in later_notes(works, "chicago", "en").items()}

    assert told["e"] == "“Roe, John,”"
    assert (told["m"], told["p"]) == ("van Dam, “On rivers,”", "Ávila and King, _Why?_,")
    assert (told["1"], told["t"]) == (
        "Roe, “Chapter 1,” _A Life at Sea, a Tale_, 1845.",
        "Roe, “Chapter 1,” _Another Life_, 1850.",
    )
    assert len(set(told.values())) == len(works)
    assert later_notes(works, "apa", "en") == notes(works, "apa", "en")


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("Douglass, Frederick, 1818-1895", "Douglass, Frederick"),
        ("douglass, frederick, 1818-1895", "Douglass, Frederick"),
        ("Twain, Mark, 1835-1910, author", "Twain, Mark"),
        ("Brown, William Wells, 1814?-1884", "Brown, William Wells"),
        ("Tubman, Harriet, approximately 1822-1913", "Tubman, Harriet"),
        ("Scott, Walter, Sir, 1771-1832", "Scott, Walter"),
        ("o'neill, eugene", "O'Neill, Eugene"),
        ("Jane Smith, ed.", "Smith, Jane"),
        ("By John Smith", "Smith, John"),
        ("library of congress", "library of congress"),
    ],
)
def test_authors_as_library_catalogues_write_them(author: str, said: str) -> None:
    (entry,) = bibliography([Work("a", "A Title", author, "1900")], "chicago", "en")
    assert entry.text == f"{said}. A Title, 1900."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        *(("c. 1850", "c. 1850"), ("1850?", "1850?"), ("[1850]", "[1850]"), ("before 1850", "before 1850")),
        *(("1840-1850", "1840-1850"), ("1840–50", "1840–50"), ("1850s", "1850s"), ("March 3, 1845", "1845")),
        *(("1845-03", "1845"), ("1845-03-31", "1845"), ("03/04/1845", "1845"), ("18--", "18--")),
    ],
)
def test_a_date_is_never_printed_as_surer_than_it_is(given: str, said: str) -> None:
    for style in ("apa", "chicago"):
        (entry,) = bibliography([Work("a", "A Title", "Jane Smith", given)], style, "en")
        assert said in entry.text
        assert entry.text.count("18") == said.count("18")
