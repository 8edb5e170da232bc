"""The extractive author, from sources to a written book."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import pytest

from engine.authors.base import (
    Brief,
    Draft,
    FactDate,
    FactDraft,
    Outline,
    Piece,
    SourceText,
    Span,
    Subject,
    Wishes,
)
from engine.authors.extract.person import identify
from engine.authors.extract.reading import read
from engine.authors.extract.telling import Teller
from engine.authors.extractive import ExtractiveAuthor
from tests.engine.authors.lives import MARROW, VALCARCEL, marrow_sources, valcarcel_sources

AUTHOR = ExtractiveAuthor()
SECTIONS = ("prologue", "introduction", "timeline", "epilogue", "glossary", "dramatis_personae")


class Book:
    """A planned book with its facts by key."""

    def __init__(self, subject: Subject, sources: tuple[SourceText, ...], wishes: Wishes) -> None:
        self.subject, self.sources = subject, sources
        found = tuple(fact for source in sources for fact in AUTHOR.find_facts(subject, source))
        self.outline: Outline = AUTHOR.plan_outline(subject, sources, found, wishes)
        self.facts = {fact.key: fact for fact in self.outline.facts}

    def of(self, keys: tuple[str, ...]) -> tuple[FactDraft, ...]:
        return tuple(self.facts[key] for key in keys)

    def chapter(self, place: int, regeneration: int = 0) -> Draft:
        plan = self.outline.chapters[place]
        brief = Brief(
            self.subject,
            self.sources,
            self.of(plan.facts),
            self.of(plan.reserve),
            plan.title,
            regeneration=regeneration,
        )
        return AUTHOR.write_chapter(brief)

    def section(self, kind: str) -> Draft:
        keys = {"prologue": self.outline.prologue, "epilogue": self.outline.epilogue}.get(kind, ())
        return AUTHOR.write_section(
            kind, Brief(self.subject, self.sources, self.of(keys), all_facts=self.outline.facts)
        )

    def chapters(self) -> list[Draft]:
        return [self.chapter(place) for place in range(len(self.outline.chapters))]


@lru_cache(maxsize=8)
def marrow(chapters: int | None = 3, words: int | None = 600) -> Book:
    return Book(MARROW, marrow_sources(), Wishes(chapters, words))


@lru_cache(maxsize=8)
def valcarcel() -> Book:
    return Book(VALCARCEL, valcarcel_sources(), Wishes())


def pieces(drafts: list[Draft]) -> list[Piece]:
    found: list[Piece] = []
    for draft in drafts:
        for paragraph in draft.paragraphs:
            found += paragraph.pieces
        for row in draft.rows:
            found += row.pieces
    return found


def told(drafts: list[Draft]) -> list[Piece]:
    return [piece for piece in pieces(drafts) if not piece.lead]


@pytest.mark.parametrize("book", [marrow, valcarcel])
def test_every_sentence_is_verbatim_and_cited(book: Callable[[], Book]) -> None:
    made = book()
    texts = {source.number: source.text for source in made.sources}
    drafts = [*made.chapters(), *(made.section(kind) for kind in SECTIONS if kind != "introduction")]
    assert told(drafts)
    for piece in told(drafts):
        span = piece.cites[0]
        assert texts[span.source][span.start : span.end] == piece.text


def test_no_sentence_is_told_twice() -> None:
    tally = Counter(piece.text for piece in told([*marrow().chapters(), marrow().section("epilogue")]))
    assert max(tally.values()) == 1


def test_no_run_of_more_than_eight_neighbours_of_one_source() -> None:
    book = marrow(chapters=1, words=1000)
    for source in book.sources:
        places = sorted(
            read(source).starts[piece.cites[0].start]
            for piece in told([*book.chapters(), book.section("epilogue")])
            if piece.cites[0].source == source.number
        )
        longest = run = 1
        for one, other in pairwise(places):
            run = run + 1 if other == one + 1 else 1
            longest = max(longest, run)
        assert longest <= 8


def test_no_source_gives_more_than_its_share() -> None:
    # Larger sources than the fixtures: the rule has a floor for tiny books.
    sources = tuple(replace(source, text=_longer(source)) for source in marrow_sources())
    book = Book(MARROW, sources, Wishes())
    words: Counter[int] = Counter()
    for piece in told(book.chapters()):
        words[piece.cites[0].source] += len(piece.text.split())
    assert words.total() > 1000
    assert max(words.values()) <= 0.35 * words.total()


def _longer(source: SourceText) -> str:
    """The text, and events after it that no other source tells; the second source has by far the most."""
    verbs = "measured sounded sketched dredged lettered mended painted bartered catalogued surveyed".split()
    things = "harbour estuary lagoon channel causeway breakwater skerry boathouse mudflat cistern lighthouse".split()
    kinds = "northern flooded narrow forgotten wooden crowded frozen silted royal crooked stony sunken windy".split()
    events = [
        f"In {1832 + year % 65} Marrow {verbs[(year * source.number) % 10]} the {kinds[(year + source.number) % 13]} "
        f"{things[(year + 3 * source.number) % 11]} and {verbs[(year + source.number) % 10]} a "
        f"{kinds[(year * source.number + 5) % 13]} {things[(year * 7 + source.number) % 11]} for the pilots."
        for year in range(150 if source.number == 2 else 40)
    ]
    return source.text + "\n\n" + "\n\n".join(events)


def test_first_person_stands_in_quotation_marks_after_its_speaker_is_named() -> None:
    paragraphs = [paragraph for draft in marrow().chapters() for paragraph in draft.paragraphs]
    quoted = [paragraph for paragraph in paragraphs if any(piece.quoted for piece in paragraph.pieces)]
    assert quoted
    for piece in told(marrow().chapters()):
        assert piece.quoted == (piece.cites[0].source in (1, 4))
    first = quoted[0].pieces[0]
    assert first.lead
    assert first.italic
    assert "she writes" in first.text.casefold()
    assert "Tides and Lamps" in first.text


def test_a_paragraph_that_opens_with_she_says_who_and_by_whom() -> None:
    for draft in [*marrow().chapters(), marrow().section("epilogue")]:
        opened = False
        for paragraph in draft.paragraphs:
            head = paragraph.pieces[0]
            if not head.lead and head.text.startswith(("She ", "Her ")):
                assert opened  # only after a paragraph about her
            named = "Marrow" in " ".join(piece.text for piece in paragraph.pieces)
            opened = named or head.text.startswith(("She ", "Her "))


def test_chapters_follow_the_years() -> None:
    whens = [
        [fact.date.start.year for fact in marrow().of(plan.facts) if fact.date and not fact.date.inherited]
        for plan in marrow().outline.chapters
    ]
    middles = [sorted(years)[len(years) // 2] for years in whens if years]
    assert len(middles) >= 2
    assert middles == sorted(middles)


def test_titles_are_different_and_no_span_of_years() -> None:
    titles = [plan.title for plan in marrow().outline.chapters]
    assert len(set(titles)) == len(titles) == 3
    assert not any(char.isdigit() for title in titles for char in title)
    assert titles[0] == "Childhood in Skerra"


def test_the_same_statement_is_told_once_with_both_citations() -> None:
    twice = "Elspeth Marrow lectured at Edinburgh before six hundred people in the cold winter of 1878."
    sources = (
        SourceText(1, twice + " The hall was full of smoke and wet coats.", "One", "A. Petrie"),
        SourceText(2, twice + " Nobody coughed while the lamp was burning.", "Two", "B. Hay"),
    )
    book = Book(MARROW, sources, Wishes())
    assert sum(piece.text == twice for piece in told(book.chapters())) <= 1
    kept = [fact for fact in book.outline.facts if twice in fact.text]
    assert any(span.source != fact.sentences[0].source for fact in kept for span in fact.also)


def test_contradicting_deaths_are_marked() -> None:
    sources = (
        *marrow_sources(),
        SourceText(
            9,
            "Elspeth Marrow died at Leith on 3 May 1904. Elspeth Marrow had been ill for a year.",
            "A Note",
            "X. Y.",
            year=1920,
        ),
    )
    book = Book(MARROW, sources, Wishes(1, 600))
    marked = [fact for fact in book.outline.facts if fact.contradicts]
    assert ["1904" in fact.text for fact in marked] == [True]
    assert "1902" in book.facts[marked[0].contradicts].text


def test_timeline_is_in_order_and_labelled_in_the_language_of_the_book() -> None:
    rows = marrow().section("timeline").rows
    years = [int(row.label.split("–")[0].split()[-1]) for row in rows]
    assert years == sorted(years)
    assert {"March 4, 1831", "May 12, 1863", "1851–1860"} <= {row.label for row in rows}
    assert "14 de enero de 1908" in {row.label for row in valcarcel().section("timeline").rows}


def test_people_are_people_and_say_who_they_are() -> None:
    rows = {row.label: row.pieces[0].text for row in marrow().section("dramatis_personae").rows}
    assert rows["Andrew Marrow"].startswith("My father, Andrew Marrow")
    assert "retired officer" in rows["Robert Hay"]
    assert not {"Elspeth Marrow", "Royal Society", "Keith Medal"} & set(rows)


def test_glossary_explains_ships_and_offices() -> None:
    labels = [row.label for row in marrow().section("glossary").rows]
    assert "Halcyon" in labels
    assert labels == sorted(labels, key=str.casefold)


def test_introduction_claims_balance_only_where_there_is_balance() -> None:
    facts = marrow().outline.facts
    one = tuple(fact for fact in facts if fact.sentences[0].source == 2)
    for told_facts, claimed in ((facts[:0], False), (one, False), (_even(facts), True)):
        draft = AUTHOR.write_section(
            "introduction", Brief(MARROW, marrow_sources(), (), told_facts=told_facts)
        )
        assert ("a third" in " ".join(piece.text for piece in pieces([draft]))) == claimed


def _even(facts: tuple[FactDraft, ...]) -> tuple[FactDraft, ...]:
    """One fact of each source, their texts of one length."""
    firsts = {fact.sentences[0].source: fact for fact in reversed(facts)}
    return tuple(replace(fact, text="one two three") for fact in firsts.values())


def test_introduction_says_what_the_book_is_and_cites_nothing() -> None:
    draft = marrow().section("introduction")
    text = " ".join(piece.text for piece in pieces([draft]))
    assert "without a language model" in text
    assert "4 sources" in text
    assert all(piece.lead and not piece.cites for piece in pieces([draft]))


def test_introduction_says_only_what_is_known_of_the_sources() -> None:
    """Two sources of which nobody said what they are aren't called biographies."""
    sources = tuple(replace(one, kind="unknown") if one.number in (2, 4) else one for one in marrow_sources())
    text = " ".join(
        piece.text for piece in pieces([AUTHOR.write_section("introduction", Brief(MARROW, sources, ()))])
    )
    assert "1 is a witness of the time." in text
    assert "Of 2 it isn't known whether witnesses or later writers speak." in text
    assert "biographer" not in text


def test_epilogue_tells_death_and_monument() -> None:
    text = " ".join(piece.text for piece in told([marrow().section("epilogue")]))
    assert "9 October 1902" in text
    assert "monument" in text


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="preface"):
        marrow().section("preface")


def test_regeneration_is_another_text_and_always_the_same_one() -> None:
    book = marrow(chapters=2, words=500)
    texts = [[piece.text for piece in told([book.chapter(0, regeneration)])] for regeneration in (0, 1, 1)]
    assert texts[0] != texts[1]
    assert texts[1] == texts[2]


def test_a_wish_beyond_the_evidence_is_lowered_openly() -> None:
    book = marrow(chapters=40, words=9000)
    assert sum(plan.target_words for plan in book.outline.chapters) < 1100
    assert len(book.outline.notes) == 2
    assert "9000" in book.outline.notes[0]


@pytest.mark.parametrize("wished", [200, 300])
def test_a_short_book_is_as_long_as_wished_with_the_compilers_own_words(wished: int) -> None:
    book = marrow(chapters=2, words=wished)
    assert 0.95 * wished <= sum(len(piece.text.split()) for piece in pieces(book.chapters())) <= wished
    assert not any("wished. Add sources" in note for note in book.outline.notes)


def test_the_length_that_the_sources_allow_is_the_one_that_is_told() -> None:
    book = marrow(chapters=2, words=9000)
    told = sum(len(piece.text.split()) for piece in pieces(book.chapters()))
    assert f"about {told} words" in book.outline.notes[0]


def test_refusal_names_the_language_or_the_want_of_sentences() -> None:
    assert AUTHOR.refusal(MARROW, marrow_sources()) == ""
    assert "language" in AUTHOR.refusal(replace(MARROW, language="es"), marrow_sources())
    assert "No sentence" in AUTHOR.refusal(MARROW, (SourceText(1, "12 34\n\n* * *"),))
    assert AUTHOR.plan_outline(MARROW, (), (), Wishes()).chapters == ()


def test_a_source_about_someone_else_gives_only_what_concerns_the_subject() -> None:
    about = "Magnus Corrigall bought a boat. Magnus Corrigall sold fish at Stromness every week. " * 40
    source = SourceText(
        1, about + "In 1842 Magnus Corrigall carried bread to Elspeth Marrow on Skerra.", "Corrigall", "X. Y."
    )
    facts = AUTHOR.find_facts(MARROW, source)
    assert [("Marrow" in fact.text) for fact in facts] == [True]


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "“" * 5000, "A. " * 3000, "a" * 50_000, "\u202e\u0000٣٤ " * 500]
)
def test_hostile_texts_give_no_error(text: str) -> None:
    source = SourceText(1, text, "", "", year=None)
    facts = AUTHOR.find_facts(MARROW, source)
    AUTHOR.plan_outline(MARROW, (source,), facts, Wishes())


PROGRAM = """
import django, hashlib
django.setup()
from tests.engine.authors.test_extractive import SECTIONS, marrow, valcarcel
books = [book() for book in (marrow, valcarcel)]
made = [repr([one.outline, one.chapters(), [one.section(kind) for kind in SECTIONS]]) for one in books]
print(hashlib.sha256("".join(made).encode()).hexdigest())
"""


def test_the_same_bytes_in_every_process() -> None:
    prints = set()
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "bookgen_site.settings"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=True
        )
        prints.add(done.stdout.strip())
    assert len(prints) == 1


ODD = (
    "Elspeth Marrow wrote to Peter Oram, a baker of Leith. Oram was a kind man. Elspeth Marrow knew J. B. Nicol, "
    "her landlord, in 1852. Elspeth Marrow lodged with Henry Richards in 1853. Henry Richards lent a boat. "
    "There was in 1854 near Leith Common, a menagerie of bears. The Tay Gauge had a bell in 1855. "
    "The Forth Society was a club of pilots. Elspeth Marrow read The Pharos, a weekly paper of the port."
)
OTHER = (
    "On the ferry Elspeth Marrow met a young man by the name of Nicol, who came near betraying her. "
    "Elspeth Marrow was helped by Mrs. Henry Richards, a clever lady of Leith. Mr. Nicol was the drunkard of the port."
)


def _odd(kind: str) -> dict[str, str]:
    sources = (SourceText(1, ODD, "Recollections"), SourceText(2, OTHER, "Ferries"))
    facts = tuple(fact for source in sources for fact in AUTHOR.find_facts(MARROW, source))
    rows = AUTHOR.write_section(kind, Brief(MARROW, sources, (), all_facts=facts)).rows
    return {row.label: row.pieces[0].text for row in rows}


def test_a_person_who_cant_be_told_apart_is_left_out_or_told_by_the_full_name() -> None:
    people = _odd("dramatis_personae")
    assert people["Peter Oram"].startswith(("Elspeth Marrow wrote", "Oram was"))
    assert not any("clever lady" in sentence or "by the name of" in sentence for sentence in people.values())
    assert not any("drunkard" in sentence for name, sentence in people.items() if name != "Mr. Nicol")


def test_a_glossary_holds_only_sentences_that_say_what_a_thing_is() -> None:
    terms = _odd("glossary")
    assert {"Forth Society", "Pharos"} <= set(terms)
    assert not {"Leith Common", "Tay Gauge"} & set(terms)


def _heads(*texts: str) -> list[str]:
    """The first piece of each paragraph, where sources tell one sentence each, all of them dated 1853."""
    sources = tuple(
        SourceText(number, text, f"Tides {number}", f"Ann Petrie {number}", year=1900)
        for number, text in enumerate(texts, start=1)
    )
    facts = tuple(
        FactDraft(str(one.number), (Span(one.number, 0, len(one.text)),), one.text, date=FLOOD)
        for one in sources
    )
    return [
        paragraph.pieces[0].text
        for paragraph in Teller(identify(MARROW, marrow_sources()), sources).tell(facts)
    ]


FLOOD = FactDate(dt.date(1853, 1, 1), dt.date(1853, 12, 31), "year", "1853")


def test_a_chapter_that_opens_with_she_says_who_even_behind_another_name() -> None:
    (head,) = _heads("After the death of Andrew Duguid in 1853 she was sent to Leith.")
    assert "Marrow" in head
    (head,) = _heads("In 1853 Elspeth Marrow was sent to Leith.")
    assert head.startswith("In 1853")


def test_a_second_voice_on_the_same_time_is_named() -> None:
    told = "In 1853 Elspeth Marrow foretold the flood that came over the lower quay of Leith. " * 6
    first, second = _heads(told.strip(), told.replace("foretold", "had announced").strip())
    assert first.startswith("In 1853")
    assert "Petrie 2" in second


def test_a_third_voice_is_named_and_what_another_hand_notes_is_not_hers() -> None:
    texts = (
        ("In 1853 Elspeth Marrow foretold the flood at Leith. She had the figures by heart.", "Ann Petrie"),
        ("In 1858 Elspeth Marrow sailed to Lisbon. She read the gauges of Belém there.", "Jonas Hay"),
        ("In 1860 Elspeth Marrow came to London. She walked there every day.", "Elspeth Marrow"),
    )
    sources = tuple(
        SourceText(number, text, f"Book {number}", author, year=1900)
        for number, (text, author) in enumerate(texts, start=1)
    )
    facts = tuple(
        FactDraft(str(one.number), (Span(one.number, 0, len(one.text)),), one.text) for one in sources
    )
    told = Teller(identify(MARROW, marrow_sources()), sources).tell(facts)
    heads = [paragraph.pieces[0] for paragraph in told]
    assert [head.lead for head in heads] == [False, True, True]
    assert heads[1].text == "Jonas Hay writes in “Book 2” (1900):"
    assert heads[2].text == "In “Book 3” we read:"


@pytest.mark.parametrize(
    ("told", "terms"),
    [
        ("In 1853 Elspeth Marrow joined the Forth Tidal League, which strove for gauges in all ports.", 1),
        ("In 1853 Elspeth Marrow read for the New Leith Almanac, a weekly paper of the harbour.", 1),
        ("In 1853 Elspeth Marrow bought her first book, the Northern Pilot, at a stall in Leith.", 1),
        ("In 1853 Elspeth Marrow sailed to Lisbon in the “Northern Lady”—the steamer of the Board.", 1),
        ("In 1853 Elspeth Marrow spoke of tides in Parliament, the Tory party being away at sea.", 0),
    ],
)
def test_a_glossary_knows_the_forms_of_a_definition(told: str, terms: int) -> None:
    sources = (SourceText(1, told, "Recollections"),)
    facts = AUTHOR.find_facts(MARROW, sources[0])
    rows = AUTHOR.write_section("glossary", Brief(MARROW, sources, (), all_facts=facts)).rows
    assert len(rows) == terms


def test_a_year_that_something_came_after_is_no_date_of_the_timeline() -> None:
    text = (
        "Elspeth Marrow allied herself after 1851 with the merchants of the harbour."
        " In 1853 Elspeth Marrow foretold the great flood of the Forth at Leith."
    )
    sources = (SourceText(1, text, "A Life", "Jonas Petrie"),)
    facts = AUTHOR.find_facts(MARROW, sources[0])
    rows = AUTHOR.write_section("timeline", Brief(MARROW, sources, (), all_facts=facts)).rows
    assert [row.label for row in rows] == ["1853"]


def test_a_glossary_explains_words_of_a_trade() -> None:
    text = "Elspeth Marrow used a gauge of brass, called tidometer, at Leith in 1853. She had what is called home."
    sources = (SourceText(1, text, "Recollections"),)
    facts = AUTHOR.find_facts(MARROW, sources[0])
    rows = AUTHOR.write_section("glossary", Brief(MARROW, sources, (), all_facts=facts)).rows
    assert [row.label for row in rows] == ["tidometer"]
