"""What the Word export prints: every text, every note, in the order and the look of a book."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from biographies.exports.docx import House, render
from biographies.exports.docx.sheet import SHEETS
from biographies.exports.manuscript import Block, Inline, Note
from biographies.exports.options import TRIMS, ExportOptions
from tests.biographies.exports.docx_books import (
    BOOK,
    CHAPTER_ONE,
    INDEXED,
    Printed,
    one_chapter,
    prose,
    text_of,
)

printed = Printed.of(BOOK)


def test_front_matter_names_the_book_and_says_how_it_was_made() -> None:
    assert printed.texts("HalfTitle") == printed.texts("Title") == ["A Keeper of Lamps"]
    assert printed.texts("Subtitle") == ["The Life of Somebody"]
    assert printed.texts("AuthorLine") == ["The Compiler"]
    assert printed.texts("Imprint") == ["Compiled from sources, without a language model."]


def test_sections_are_headed_by_real_headings_and_chapters_numbered() -> None:
    headings = [
        p.text for p in printed.document.paragraphs if p.style is not None and p.style.name == "Heading 1"
    ]
    assert headings == ["Prologue", "Timeline", "The Harbour", "Inland", "Glossary", "Bibliography"]
    assert printed.texts("ChapterNumber") == ["Chapter 1", "Chapter 2"]


def test_every_kind_of_block_is_printed_in_its_style() -> None:
    assert printed.texts("Heading2") == ["The Ship"]
    assert printed.texts("Quote") == ["I never looked back."]
    assert printed.texts("Entry") == ["Yawl, a boat"]
    assert printed.texts("Bibliography") == ["Doe, J. Harbours."]


def test_first_paragraphs_are_not_indented_and_others_are() -> None:
    first = ["A lamp burned in the harbour.", "She was born here. Alone", "It was small.", "Years went by."]
    assert printed.texts("FirstParagraph") == first
    assert printed.texts("BodyText") == ["Then she left.", "She said so twice."]


def test_text_is_justified_with_no_lonely_lines() -> None:
    styles = printed.document.styles
    assert styles["Body Text"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert styles["Normal"].paragraph_format.widow_control
    assert styles["Heading 1"].paragraph_format.keep_with_next


def test_no_hyphen_is_set_into_the_addresses_of_a_bibliography() -> None:
    properties = printed.document.styles["Bibliography"].element.pPr
    assert properties.find(qn("w:suppressAutoHyphens")) is not None


def test_italic_and_bold_stay_where_they_were() -> None:
    runs = {run.text: run for paragraph in printed.document.paragraphs for run in paragraph.runs}
    assert (runs["Alone"].italic, runs["Alone"].bold) == (True, None)
    assert (runs["Yawl"].italic, runs["Yawl"].bold) == (None, True)


def test_timeline_is_a_table_whose_header_row_repeats() -> None:
    (table,) = printed.document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Date", "Event"],
        ["1801", "Born"],
        ["c. 1830", "Sails"],
    ]
    repeats = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeats == [True, False, False]


def test_notes_are_footnotes_in_the_order_of_their_calls() -> None:
    texts = ["Parish register.", "Register, folio 3", "Letter of 1802.", "Diary, p. 9.", "Memoir."]
    assert list(printed.notes.values()) == texts
    assert printed.calls == list(printed.notes)


def test_note_calls_in_a_row_are_separated() -> None:
    first = next(p for p in printed.document.paragraphs if p.text.startswith("She was born"))
    assert [run.text for run in first.runs][-3:] == ["", ",", ""]


def test_a_note_that_is_called_twice_is_printed_at_both_places() -> None:
    twice = Block("paragraph", (Inline("One.", notes=(1,)), Inline(" Two.", notes=(1,))))
    book = Printed.of(one_chapter(twice, notes=(Note(1, (Inline("Source."),)),)))
    assert list(book.notes.values()) == ["Source.", "Source."]
    assert len(set(book.calls)) == 2


def test_a_note_that_is_never_called_is_printed_all_the_same() -> None:
    book = Printed.of(one_chapter(*prose("Text."), notes=(Note(1, (Inline("Source."),)),)))
    assert list(book.notes.values()) == ["Source."]
    assert book.calls == list(book.notes)


def test_a_call_without_its_note_is_an_error() -> None:
    with pytest.raises(ValueError, match="note 7"):
        render(one_chapter(Block("paragraph", (Inline("Text.", notes=(7,)),))))


def test_two_notes_of_one_number_are_an_error() -> None:
    with pytest.raises(ValueError, match="same number"):
        render(one_chapter(*prose("Text."), notes=(Note(1, ()), Note(1, ()))))


def test_a_block_of_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="'picture'"):
        render(one_chapter(Block("picture")))


def test_contents_link_to_every_heading() -> None:
    links = list(printed.document.element.body.iter(qn("w:hyperlink")))
    marks = {
        mark.get(qn("w:name")): mark.getparent()
        for mark in printed.xml("word/document.xml").iter(qn("w:bookmarkStart"))
    }
    shown = ["".join(piece.text for piece in link.iter(qn("w:t"))) for link in links]
    assert shown == ["Prologue", "Timeline", "1The Harbour", "2Inland", "Glossary", "Bibliography"]
    assert [marks[link.get(qn("w:anchor"))].text for link in links] == [
        "Prologue", "Timeline", "The Harbour", "Inland", "Glossary", "Bibliography",
    ]  # fmt: skip


def test_each_section_has_its_title_as_running_head_on_right_pages() -> None:
    sections = printed.document.sections
    heads = [section.header.paragraphs[0].text.strip("\t") for section in sections]
    assert heads == [
        "",
        "",
        "Contents",
        "Prologue",
        "Timeline",
        "The Harbour",
        "Inland",
        "Glossary",
        "Bibliography",
    ]
    assert {section.even_page_header.paragraphs[0].text.strip("\t") for section in list(sections)[2:]} == {
        BOOK.title
    }


def test_a_long_title_is_cut_in_running_heads_only() -> None:
    title = "The " + "Long " * 30 + "Road"
    book = Printed.of(one_chapter(*prose("Text."), title=title))
    assert book.texts("Heading1") == [title]
    head = list(book.document.sections)[-1].header.paragraphs[0].text.strip("\t")
    assert head == "The Long Long Long Long Long Long Long Long…"


def test_front_matter_is_counted_in_roman_and_page_one_is_the_first_section() -> None:
    counts = [section._sectPr.find(qn("w:pgNumType")) for section in printed.document.sections]
    formats = [(count.get(qn("w:fmt")), count.get(qn("w:start"))) for count in counts]
    assert formats[:5] == [
        ("lowerRoman", "1"),
        ("lowerRoman", None),
        ("lowerRoman", None),
        ("decimal", "1"),
        ("decimal", None),
    ]


def test_printed_words_come_from_the_labels() -> None:
    labels = {"contents": "Tartalom", "chapter": "{number}. fejezet", "prologue": "Előszó"}
    sections = (replace(BOOK.sections[0], title=""), CHAPTER_ONE)
    book = Printed.of(replace(BOOK, labels=labels, sections=sections))
    assert book.texts("TOCHeading") == ["Tartalom"]
    assert book.texts("ChapterNumber") == ["1. fejezet"]
    assert book.texts("Heading1") == ["Előszó", "The Harbour"]


def test_a_chapter_without_title_is_headed_by_its_number() -> None:
    book = Printed.of(one_chapter(*prose("Text."), title=" "))
    assert book.texts("Heading1") == ["Chapter 1"]
    assert book.texts("ChapterNumber") == []


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-US"), ("de", "de-DE"), ("pt-BR", "pt-BR"), ("no such tongue!", "x-none")]
)
def test_spelling_is_set_to_the_books_language(language: str, tag: str) -> None:
    defaults = Printed.of(replace(BOOK, language=language)).xml("word/styles.xml").find(f".//{qn('w:lang')}")
    assert defaults is not None
    assert defaults.get(qn("w:val")) == tag


@pytest.mark.parametrize(("language", "expected"), [("he", True), ("fa-IR", True), ("en", False)])
def test_scripts_from_right_to_left_are_set_so(language: str, expected: bool) -> None:
    styles = Printed.of(replace(BOOK, language=language)).xml("word/styles.xml")
    assert (styles.find(f".//{qn('w:bidi')}") is not None) is expected


def test_page_is_a_trim_size_with_mirrored_margins_and_hyphenation() -> None:
    section = printed.document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (section.page_width.inches, section.page_height.inches) == (6, 9)
    assert section.gutter
    settings = {child.tag for child in printed.xml("word/settings.xml")}
    assert {qn("w:mirrorMargins"), qn("w:autoHyphenation"), qn("w:evenAndOddHeaders")} <= settings


def test_metadata_names_title_author_and_language() -> None:
    properties = printed.document.core_properties
    assert (properties.title, properties.author, properties.language) == (
        "A Keeper of Lamps",
        "The Compiler",
        "en",
    )


def test_a_draft_says_so_on_every_page() -> None:
    sections = Printed.of(BOOK, ExportOptions(draft=True)).document.sections
    for section in sections:
        told = [section.header, section.even_page_header]
        told += [section.first_page_header] if section.different_first_page_header_footer else []
        assert all("DRAFT" in [paragraph.text for paragraph in head.paragraphs] for head in told)
    assert not any(
        "DRAFT" in p.text for section in printed.document.sections for p in section.header.paragraphs
    )


def test_endnotes_are_collected_before_the_bibliography_under_the_headings_of_their_chapters() -> None:
    book = Printed.of(BOOK, ExportOptions(notes="endnotes"))
    assert list(book.notes.values()) == list(printed.notes.values())
    assert book.calls == list(book.notes)
    assert book.texts("Heading1")[-2:] == ["Notes", "Bibliography"]
    (collecting,) = [
        number
        for number, section in enumerate(book.document.sections)
        if section._sectPr.find(qn("w:noEndnote")) is None
    ]
    assert collecting == len(book.document.sections) - 2
    assert book.texts("NotesHeading") == ["Timeline"]
    root = book.xml("word/endnotes.xml")
    later = [text_of(p) for p in root.iter(qn("w:p")) if p.style == "NotesHeading"]
    assert later == ["1. The Harbour", "2. Inland"]


def test_endnotes_laid_out_for_counting_have_the_same_words() -> None:
    book = Printed.of(BOOK, ExportOptions(notes="endnotes"), laid_out=True)
    assert [text.strip() for text in book.texts("EndnoteText")] == list(printed.notes.values())
    assert book.notes == {}


def test_pages_that_were_counted_are_in_contents_and_index_from_the_start() -> None:
    pages = {
        "section1": 1,
        "section3": 17,
        "place0b0i0": 1,
        "place2b0i2": 17,
        "place2b5i0": 17,
        "place3b0i0": 40,
    }
    book = Printed.of(INDEXED, pages=pages)
    assert (book.texts("TOC1")[0], book.texts("TOCChapter")[0]) == ("Prologue\t1", "1\tThe Harbour\t17")
    assert book.texts("TOC1")[1] == "Timeline\t"  # a page that nobody counted isn't guessed
    assert book.texts("Index1") == ["Doe, Jane, 1, 17"]
    assert book.texts("IndexLetter") == ["Hull, 40"]
    assert book.texts("IndexNote") == ["The numbers are those of pages."]


def test_without_pages_the_index_names_chapters_and_says_so() -> None:
    book = Printed.of(INDEXED)
    assert book.texts("Index1") == ["Doe, Jane, Prologue, 1"]
    assert book.texts("IndexLetter") == ["Hull, 2"]
    assert book.texts("IndexNote") == ["The numbers are those of chapters."]


@pytest.mark.parametrize("trim", TRIMS)
def test_every_size_of_page_has_its_text_inside_generous_margins(trim: str) -> None:
    section = Printed.of(BOOK, ExportOptions(trim=trim)).document.sections[0]
    assert (section.page_width.twips, section.page_height.twips) == (TRIMS[trim].width, TRIMS[trim].height)  # type: ignore[union-attr]
    assert section.left_margin.inches + section.gutter.inches > 0.7  # type: ignore[union-attr]
    assert section.right_margin.inches > 0.5  # type: ignore[union-attr]
    assert 3.5 < SHEETS[trim].text_width / 1440 < 5.6


def test_sections_begin_on_right_pages_on_wish() -> None:
    starts = [one.start_type for one in Printed.of(BOOK, ExportOptions(recto=True)).document.sections[4:]]
    assert set(starts) == {WD_SECTION.ODD_PAGE}
    assert WD_SECTION.ODD_PAGE not in {one.start_type for one in printed.document.sections[3:]}


def test_the_first_words_of_a_chapter_are_small_capitals_and_no_letter_is_lost() -> None:
    text = "She was born in the harbour, they say."
    book = Printed.of(one_chapter(*prose(text)))
    (first,) = [p for p in book.document.paragraphs if p.text == text]
    assert [run.text for run in first.runs] == ["She was born in", " the harbour, they say."]
    assert first.runs[0].style.name == "Opening Words"


def test_a_scene_break_is_an_ornament_and_the_next_paragraph_is_not_indented() -> None:
    book = Printed.of(one_chapter(*prose("One."), Block("break"), *prose("Two.", "Three.")))
    assert book.texts("SceneBreak") == ["*   *   *"]
    assert book.texts("FirstParagraph") == ["One.", "Two."]
    assert book.texts("BodyText") == ["Three."]


def test_the_face_of_a_book_is_that_of_its_theme() -> None:
    book = Printed.of(BOOK, house=House(face="Georgia"))
    assert book.parts["word/theme/theme1.xml"].count(b'latin typeface="Georgia"') == 2
    assert b"Georgia" in book.parts["word/fontTable.xml"]
