"""The PDF, opened again: its pages, their text, their notes, the numbers in contents and index."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdfium2 import PdfDocument

from biographies.errors import FormatUnavailable
from biographies.exports import cover, pdf
from biographies.exports.cover import Wrap
from biographies.exports.manuscript import Block, Inline, Manuscript, Note, Section
from biographies.exports.options import DEFAULTS, ExportOptions
from biographies.exports.pdf.book import render
from tests.biographies.exports import books
from tests.biographies.exports.books import squeezed
from tests.biographies.exports.test_docx_hostile import TEXTS, expected

ENDNOTES = ExportOptions(trim="a5", notes="endnotes")
ACTIVE = re.compile(rb"/URI\b|/JavaScript|/JS\b|/Launch|/EmbeddedFile|/SubmitForm|/GoToR|/AA\b|/OpenAction")


@cache
def printed(options: ExportOptions = DEFAULTS, draft: bool = False) -> bytes:
    """The book with an index, laid out once for all tests."""
    return render(replace(books.INDEXED, draft=draft), options)


def pages_of(data: bytes) -> list[str]:
    with PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def body_of(pages: list[str]) -> list[str]:
    """The pages from number 1 on: half-title, its back, title page, imprint, contents and an empty page are before."""
    return pages[6:]


def test_text_in_is_text_out_and_notes_stand_on_the_page_of_their_call() -> None:
    pages = [squeezed(page) for page in body_of(pages_of(printed()))]
    for section, page in zip(books.INDEXED.sections, pages, strict=False):
        for block in section.blocks:
            for inline in block.inlines:
                assert squeezed(inline.text) in page
        for note in section.notes:
            assert squeezed(f"{note.number}." + "".join(one.text for one in note.inlines)) in page


def test_no_hyphen_is_set_into_an_address() -> None:
    address = f"https://example.org/{'/'.join(['ebooksofremembrance', 'extraordinary'] * 5)}"
    entries = tuple(Block("entry", (Inline(f"{'x' * start} {address}"),)) for start in range(1, 6))
    data, _count = pdf.rendered(books.with_section(Section("bibliography", "Works", entries)), DEFAULTS)
    assert "".join("".join(pages_of(data)).split()).count(address) == len(entries)


def test_pages_have_the_size_that_was_chosen_and_the_count_is_true() -> None:
    data, count = pdf.rendered(books.with_section(books.INDEXED.sections[0]), ExportOptions(trim="5x8"))
    with PdfDocument(data) as document:
        assert len(document) == count
        assert {page.get_size() for page in document} == {(360, 576)}


def test_contents_and_index_name_the_pages_where_things_stand() -> None:
    pages = pages_of(printed())
    contents = pages[4].split("\n")
    for line in ("Prologue 1", "Timeline 2", "1 The Harbour 3", "2 Inland 4", "Bibliography 6", "Index 7"):
        assert any(line in one.replace("\r", "") for one in contents), line
    assert "Harbour, Old, 1, 3, 4" in pages[-1]  # page 3 once, although two places on it are named
    assert "Sloop, Anna, 3" in pages[-1]


def test_heads_and_folios() -> None:
    pages = body_of(pages_of(printed()))
    assert "Chapter1" in squeezed(pages[2])
    assert all(page.rstrip().endswith(str(number)) for number, page in enumerate(pages, start=1))
    words = tuple(Block("paragraph", (Inline("word " * 900),)) for _time in range(2))
    book = replace(books.with_section(Section("chapter", "Long", words, number=1)), title="Shortest")
    heads = [squeezed(page).lower().count("long") for page in body_of(pages_of(render(book)))]
    assert heads[0] == 1  # the title alone: no head on the page where a chapter opens
    assert heads[2] == 1  # a right page further on


def test_bookmarks_lead_through_the_book() -> None:
    with PdfDocument(printed()) as document:
        titles = [(one.level, one.get_title()) for one in document.get_toc()]
    assert [title for level, title in titles if level == 0] == [
        "Contents", "Prologue", "Timeline", "The Harbour", "Inland", "Glossary", "Bibliography", "Index",
    ]  # fmt: skip


def test_endnotes_stand_before_the_bibliography() -> None:
    pages = body_of(pages_of(printed(ENDNOTES)))
    place = next(number for number, page in enumerate(pages) if page.startswith("Notes"))
    assert "Bibliography" in pages[place + 1]
    for text in books.note_texts(books.INDEXED):
        assert squeezed(text) in squeezed(pages[place])
        assert squeezed(text) not in squeezed("".join(pages[:place]))


def test_a_note_called_twice_is_printed_twice_and_one_never_called_once() -> None:
    page = body_of(pages_of(render(books.with_section(books.calling_twice_and_leaving_one_out()))))[0]
    assert (page.count("First."), page.count("Second.")) == (2, 1)


def test_of_a_draft_every_page_says_so() -> None:
    assert all("DRAFT" in squeezed(page) for page in pages_of(printed(draft=True)))
    assert not any("DRAFT" in squeezed(page) for page in pages_of(printed()))


def test_the_same_book_is_the_same_bytes_without_a_clock() -> None:
    book = books.with_section(books.INDEXED.sections[2])
    first = render(book)
    assert first == render(book)
    assert b"CreationDate" not in first


def hostile_book() -> Manuscript:
    """Every hostile text in a section of its own; the endless ones are shortened, since they are only long."""
    return Manuscript("Hostile", "", "", "en", tuple(map(_hostile, TEXTS.values())), labels=books.LABELS)


def _hostile(text: str) -> Section:
    said = (Inline(text[:300], notes=(1,)),)
    return Section(
        "chapter", text[:300], (Block("paragraph", said),), (Note(1, (Inline(text[:300]),)),), number=1
    )


def test_hostile_text_is_text_and_nothing_else() -> None:
    data = render(hostile_book())
    assert not ACTIVE.search(data)
    text = squeezed("".join(pages_of(data)))
    # What a font can't draw, a reader of PDFs can't give back; letters of the Latin alphabet always come through.
    for hostile in TEXTS.values():
        for word in re.findall(r"[A-Za-z]{4,20}", expected(hostile[:200])):
            assert word in text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    from biographies.exports.pdf import press  # noqa: PLC0415  # loads Pango

    asked: list[str] = []

    def fetch(_self: object, url: str, headers: object = None) -> None:  # as WeasyPrint calls it
        asked.append(url)
        raise ValueError(url)

    monkeypatch.setattr(press.NothingToFetch, "fetch", fetch)
    render(books.with_section(Section("chapter", "<img src='http://x.example/'>", (), number=1)))
    assert not asked
    monkeypatch.undo()
    with pytest.raises(ValueError, match="fetches nothing"):
        press.NothingToFetch().fetch("file:///etc/passwd")


def test_without_the_libraries_a_person_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("biographies.exports.pdf.press", raising=False)
    monkeypatch.setitem(sys.modules, "biographies.exports.pdf.press", None)
    with pytest.raises(FormatUnavailable, match="libpango"):
        render(books.INDEXED)
    with pytest.raises(FormatUnavailable, match="libpango"):
        cover.png(books.INDEXED)


def test_the_cover_has_the_size_that_shops_ask_for() -> None:
    from PIL import Image  # noqa: PLC0415  # comes with what lays out pages

    first = cover.png(books.INDEXED)
    assert first == cover.png(books.INDEXED)
    with Image.open(BytesIO(first)) as picture:
        assert (picture.size, picture.mode) == ((1600, 2560), "RGB")
        assert len(picture.getcolors(2**20) or []) > 10  # something is drawn on it


def test_the_wrap_has_exactly_its_measures_and_words_on_a_broad_spine_alone() -> None:
    for lettered in (True, False):
        data = cover.wrap(books.INDEXED, Wrap(6, 9, 0.5, 0.125, lettered), "About it.")
        with PdfDocument(data) as document:
            (page,) = document
            assert page.get_size() == pytest.approx((12.75 * 72, 9.25 * 72), abs=0.01)
            text = page.get_textpage().get_text_range()
        assert "About it." in text
        assert squeezed(text).count(squeezed("A Keeper of Lamps")) == (2 if lettered else 1)


NAMED = (
    "Chesnutt, “Frederick Douglass: A Biography, chapters VIII to XII,” Frederick Douglass (The Beacon Biographies),"
    " 1899, passage {}."
)
TOLD = (
    "The last public office held by Frederick Douglass was that of Commissioner for the Haytian Republic at the"
    " World’s Columbian Exposition in Chicago in the summer of 1893."
)


def timeline(rows: int) -> Manuscript:
    """A row for each line's end: every call stands once where a line is full."""
    told = tuple(
        ((Inline(f"summer {1800 + n}"),), (Inline("i" * n + " " + TOLD, notes=(n,)),))
        for n in range(1, rows + 1)
    )
    notes = tuple(Note(n, (Inline(NAMED.format(n)),)) for n in range(1, rows + 1))
    return books.with_section(Section("timeline", "Timeline", (Block("table", rows=told),), notes))


def test_a_note_of_the_timeline_stands_on_the_page_of_its_row_and_a_row_is_whole() -> None:
    rows = 24
    pages = body_of(pages_of(render(timeline(rows))))
    assert len(pages) > 3
    for page in pages:
        noted = {int(found) for found in re.findall(r"(?m)^(\d+)\. Chesnutt", page)}
        called = {int(found) for found in re.findall(r"1893\.\W*(\d+)", page)}
        labels = {int(found) - 1800 for found in re.findall(r"summer (18\d\d)", page)}
        assert noted == called == labels


LEAD = "Of Douglass, Charles Waddell Chesnutt writes:"
FULL = (
    " In 1862 he delivered a series of lectures in New England under the auspices of the recently formed"
    " Emancipation League, which contended for abolition as a military necessity."
)


def test_no_call_stands_alone_on_a_line() -> None:
    """The last line of this paragraph is full to its end in the book's own face; the first words vary it a little."""
    prose = tuple(
        Block("paragraph", (Inline(start + LEAD, italic=True), Inline(FULL, notes=(10,))))
        for start in ("", "i ", "I ", "l, ", "No: ")
    )
    section = Section("chapter", "T", (Block("quote"), *prose), (Note(10, (Inline("Register."),)),), number=1)
    text = "\n".join(pages_of(render(books.with_section(section))))
    assert text.count("10. Register.") == len(prose)
    assert not re.findall(r"necessity\.\s+\W?10", text)
