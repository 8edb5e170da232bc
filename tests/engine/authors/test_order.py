"""A book is told in order: what carries a story on, what is a look back, and who speaks when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from engine.authors.base import FactDate, FactDraft, SourceText, Span, Wishes
from engine.authors.extract.candidates import Candidate, candidate_of
from engine.authors.extract.chaptering import cut
from engine.authors.extract.debuts import debuts_of, with_debuts
from engine.authors.extract.finding import find, main_date
from engine.authors.extract.landmarks import death_told_once, without_headwords
from engine.authors.extract.life import Life
from engine.authors.extract.person import identify
from engine.authors.extract.rising import rising
from engine.authors.extract.timing import placed
from engine.authors.extract.title_ideas import Ideas
from engine.authors.extract.title_matters import matter_ideas
from engine.authors.extract.title_shelf import Shelf
from engine.authors.extract.title_words import cues_of
from engine.authors.extract.units import units_of
from engine.authors.extract.weaving import woven
from sources.splits import has_split_word
from tests.engine.authors.lives import MARROW, marrow_sources
from tests.engine.authors.test_extractive import Book

LIFE = Life(1831.0, 1902.0)
PERSON = identify(MARROW, marrow_sources())


def unit(
    source: int,
    first: int,
    when: float = 0.0,
    *,
    date: str = "",
    text: str = "It was told.",
    people: Iterable[str] = (),
    speaks: bool = False,
    kind: str = "statement",
    paragraph: int = -1,
) -> Candidate:
    """A unit of one sentence; `date` is "1845" or "1845-03"."""
    given = None
    if date:
        year, _, month = date.partition("-")
        start = dt.date(int(year), int(month or 1), 1)
        end = dt.date(int(year), int(month or 12), 28)
        given = FactDate(start, end, "month" if month else "year", date)
    fact = FactDraft(
        f"{source}.{first}",
        (Span(source, first * 100, first * 100 + 50),),
        text,
        kind,
        date=given,
        people=tuple(people),
    )
    surely = bool(date) or bool(when)
    return Candidate(
        fact, first, first, 0, 20, False, speaks, False, when=when, surely=surely, paragraph=paragraph
    )


def source(number: int, work: str) -> SourceText:
    return SourceText(number, "", work, "Jonas Petrie", work, 1910)


def years(units: list[Candidate]) -> list[float]:
    text = {number: source(number, f"Work {number}") for number in (1, 2)}
    return [round(one.when, 1) for one in placed(units, text, identify(MARROW, ()), LIFE)]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([1841, 1845, 1843, 1847], [1841, 1845, 1847]),  # a look back
        ([1841, 1842, 1860, 1843, 1844], [1841, 1842, 1843, 1844]),  # a glance ahead
        ([], []),
        ([1850, 1850], [1850, 1850]),
    ],
)
def test_the_dates_that_carry_a_story_on(told: list[float], kept: list[float]) -> None:
    assert [when for _, when in rising(list(enumerate(told)))] == kept


def test_a_bare_year_carries_less_than_an_exact_date() -> None:
    assert [when for _, when in rising([(0, 1841.0), (1, 1850.0), (2, 1847.0)], [1.0, 0.6, 1.0])] == [
        1841.0,
        1847.0,
    ]


def test_what_follows_a_look_back_stays_where_the_story_was() -> None:
    units = [unit(1, 0, date="1845-03"), unit(1, 1, date="1843-12"), unit(1, 20), unit(1, 30, date="1847-03")]
    assert years(units)[1] == pytest.approx(1844.0, abs=0.1)
    assert 1845 < years(units)[2] < 1847


def test_a_look_back_goes_on_to_the_end_of_its_paragraph() -> None:
    units = [
        unit(1, 0, date="1866-02", paragraph=1),
        unit(1, 5, date="1850-05", paragraph=2),
        unit(1, 6, paragraph=2),
        unit(1, 7, paragraph=2),
        unit(1, 8, paragraph=3),
        unit(1, 9, date="1870-03", paragraph=4),
    ]
    assert [int(when) for when in years(units)] == [1866, 1850, 1850, 1850, 1866, 1870]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("When I was a child I counted the waves in my bed. The waves had numbers.", False),
        ("I gave lessons in Leith soon after leaving you. Nobody paid me for them.", False),
        ("The table came from the printer on Monday. Nobody has paid me for it.", True),
    ],
)
def test_a_letters_date_places_what_is_news_and_not_what_it_remembers(told: str, kept: bool) -> None:
    letter = SourceText(
        1, told, "Letter to Captain Hay", "Elspeth Marrow", "", 1878, "primary", "letter", language="en"
    )
    units = [candidate_of(fact, letter, PERSON) for fact in find(MARROW, letter)]
    assert units
    assert [one.when for one in placed(units, {1: letter}, PERSON, LIFE)] == [1878.0] * (len(units) * kept)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The skippers of Leith obeyed the Pilotage Act of 1853 with groans and with late tables.", None),
        ("Los marineros obedecían la Ley de 1853 con pena y con muchas quejas en todo el puerto.", None),
        ("The skippers of Leith groaned at the flood of 1853 and at the late tables of Marrow.", 1853),
        ("In 1853 the skippers of Leith groaned at the Pilotage Act of 1849 and at late tables.", 1853),
    ],
)
def test_the_year_in_the_name_of_a_law_dates_nothing(text: str, date: int | None) -> None:
    tongue = "es" if text.startswith("Los") else "en"
    about = SourceText(1, text, "A Life", "Jonas Petrie", language=tongue)
    (only,) = units_of(about, identify(MARROW, (about,)))
    told = main_date(only, about)
    assert (told and told.start.year) == date


def test_no_chapter_opens_with_words_that_the_one_before_introduced() -> None:
    units = [unit(1, place * 10, 1840.0 + place, text="It was told. " * 4) for place in range(9)]
    assert len(cut(units, 2)[0]) == 5
    units[5] = replace(units[5], fact=replace(units[5].fact, text='"Come here!" That was my school.'))
    assert len(cut(units, 2)[0]) == 4


def test_a_bare_year_after_an_exact_date_of_it_means_what_is_left_of_it() -> None:
    first, second = years([unit(1, 0, date="1894-05"), unit(1, 1, date="1894")])
    assert first == second
    before, after = years([unit(1, 0, date="1893"), unit(1, 1, date="1894")])
    assert before < after


def test_a_witness_who_names_a_far_later_year_stays_in_the_order_of_the_text() -> None:
    units = [unit(1, 0, date="1840-01"), unit(1, 1, date="1855", speaks=True), unit(1, 2, date="1841-01")]
    assert years(units)[1] < 1842


def test_a_person_dates_what_has_no_date() -> None:
    chain = [unit(1, 0, 1860.0), unit(1, 1), unit(1, 2, people=["Ann Hay"]), unit(1, 3), unit(1, 4, 1890.0)]
    debuts = debuts_of([*chain, unit(2, 0, 1878.0, people=["Ann Hay"]), unit(2, 1, people=["Ann Hay"])])
    assert debuts == {"Ann Hay": 1878.0}
    ends = [(0, 1860.0), (4, 1890.0)]
    assert with_debuts(ends, chain, debuts) == [(0, 1860.0), (2, 1878.0), (4, 1890.0)]
    assert with_debuts([(0, 1876.0), (4, 1879.0)], chain, debuts) == [(0, 1876.0), (4, 1879.0)]


def test_two_accounts_of_the_same_days_are_told_one_after_the_other() -> None:
    witness = [unit(1, place, 1841.5 + place / 100, speaks=True) for place in range(4)]
    report = [unit(2, place, 1841.6 + place / 100) for place in range(3)]
    later = [unit(2, 9, 1844.0), unit(1, 9, 1843.0, speaks=True)]
    told = woven([*witness, *report, *later], {1: "Memoir", 2: "Life"})
    assert [one.source for one in told] == [2, 2, 2, 1, 1, 1, 1, 1, 2]
    assert sorted(one.key for one in told) == sorted(one.key for one in [*witness, *report, *later])


def test_a_date_that_only_says_up_to_when_dates_nothing() -> None:
    text = "Elspeth Marrow counted nine thousand ships in the thirty years preceding 1860."
    (only,) = units_of(about := SourceText(1, text, "A Life", "Jonas Petrie"), identify(MARROW, (about,)))
    assert main_date(only, about) is None


def test_the_death_is_told_once_and_the_others_are_cited() -> None:
    tellings = (
        "Elspeth Marrow died on Skerra on 9 October 1902. She had wound the clock that morning. Nobody was with her.",
        "On 9 October 1902 Marrow passed away in the room under the lamp, and the keepers wept for a night.",
        "Marrow had walked to the pier. At noon, on 9 October 1902, Marrow died. The boat came late. The bell rang.",
    )
    units = [
        replace(one, fact=replace(one.fact, text=text, score=4.0 - place), last=text.count("."))
        for place, text in enumerate(tellings)
        for one in [unit(place + 1, 0, date="1902-10")]
    ]
    other = unit(4, 0, date="1902-10", text="Her brother James Corrigall died in October, 1902.")
    person = identify(MARROW, ())
    kept = death_told_once([*units, other], person)
    assert [one.source for one in kept] == [
        1,
        3,
        4,
    ]  # the third adds something, the second only says it again
    assert {span.source for span in kept[0].fact.also} == {2}
    doubtful = [units[0], units[1], replace(units[2], fact=replace(units[2].fact, contradicts="other"))]
    assert [one.source for one in death_told_once(doubtful, person)] == [1]


def test_no_chapter_tells_the_line_that_opens_an_encyclopedia() -> None:
    entry = (
        "MARROW, ELSPETH (1831–1902), Scottish computer of tides, was born in 1831 on Skerra. "
        "She was educated at Aberdeen and worked for nine years at Leith, where she made a table of the Forth."
    )
    life = "Elspeth Marrow was born on the island of Skerra in the room under the lamp in March, 1831."
    sources = (
        SourceText(1, entry, "Marrow, Elspeth", "", "A Dictionary of Harbours", 1910, "tertiary"),
        SourceText(2, life, "A Life", "Jonas Petrie", year=1905),
    )
    book = Book(MARROW, sources, Wishes())
    told = " ".join(
        piece.text for draft in book.chapters() for one in draft.paragraphs for piece in one.pieces
    )
    assert any(
        fact.text.startswith("MARROW, ELSPETH") for fact in book.facts.values()
    )  # it's evidence all the same
    assert life in told
    assert any(fact.text.startswith("She was educated") for fact in book.facts.values())  # a unit of its own
    assert "MARROW" not in told
    line, birth = unit(1, 0, text=entry, kind="birth"), unit(2, 0, text=life, kind="birth")
    assert without_headwords([line, birth], identify(MARROW, ())) == [birth]
    alone = Book(MARROW, sources[:1], Wishes()).chapters()[0]
    assert alone.paragraphs[0].pieces[0].text.startswith("MARROW")  # nothing else tells the birth


@pytest.mark.parametrize(
    ("language", "text", "split"),
    [
        ("en", "These are thoughts and feel ings of mine.", True),
        ("en", "The conven tion met at noon.", True),
        ("es", "La constitu ción fue leída.", True),
        ("en", "When they attempted to break the news to her, she wept.", False),
        ("en", "They were not her own, but get her gifts.", False),
        ("en", "He paid fourpence, or phip, to day and to morrow.", False),
        ("xx", "These are feel ings.", False),
    ],
)
def test_a_word_torn_apart_is_noticed(language: str, text: str, split: bool) -> None:
    assert has_split_word(text, language) is split


def test_titles_name_a_matter_and_are_no_pair_of_nouns() -> None:
    text = (
        "She learned to read in a year. Nobody had taught her to read. She learned to read in the jail at Wick. "
        'Elspeth Marrow wrote a book entitled "Tides and Lamps." Her daughter Isobel was born in the spring.'
    )
    ideas = {idea.text for idea in matter_ideas([unit(1, 0, text=text)], cues_of("en"), identify(MARROW, ()))}
    assert ideas == {"Learning to read", "The jail at Wick", "Tides and Lamps", "The Birth of Isobel"}
    for plan in Book(MARROW, marrow_sources(), Wishes()).outline.chapters:
        assert not re.fullmatch(r"[A-Z]\w+(?: [A-Z]\w+)? and [A-Z]\w+(?: [A-Z]\w+)?", plan.title)


@pytest.mark.parametrize(
    ("told", "titled"),
    [
        ("In those years her father, Konrad Vogel, kept the light. Konrad Vogel could not read.", False),
        ("In those years her brother was Konrad Marrow. Konrad Marrow kept the light.", False),
        ("In those years Konrad Vogel kept the light. Konrad Vogel could not read.", True),
        ("In those years her father read much. The light was kept by Konrad Vogel alone.", True),
    ],
)
def test_a_name_alone_is_no_title_if_it_is_of_the_family(told: str, titled: bool) -> None:
    name = "Konrad Marrow" if "Konrad Marrow" in told else "Konrad Vogel"
    shelf = Shelf(({},), ({name: 1.0},), ({},))
    ideas = Ideas(
        [unit(1, 0, text=told, people=[name])], 0, shelf, cues_of("en"), LIFE, PERSON, "en", last=False
    )
    assert any(idea.text == name for idea in ideas.all()) is titled
