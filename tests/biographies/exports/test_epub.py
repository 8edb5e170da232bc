"""The EPUB, opened again: every document is XML, every link leads somewhere, and the text is the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from biographies.errors import FormatUnavailable
from biographies.exports import cover
from biographies.exports.epub import render
from biographies.exports.manuscript import Block, Inline, Manuscript, Note, Section
from biographies.exports.markup.nodes import EPUB_TYPE, XHTML, said
from tests.biographies.exports import books
from tests.biographies.exports.docx_books import BOOK
from tests.biographies.exports.test_docx_hostile import TEXTS, everywhere, expected

OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
STYLED = {"paragraph": "p", "heading": "h2", "quote": "blockquote", "entry": "p"}


def no_cover(_book: Manuscript) -> bytes:
    raise FormatUnavailable("no pages here")


@pytest.fixture(autouse=True)
def _without_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "png", no_cover)  # it takes a second; its own tests make it


@dataclass(frozen=True)
class Opened:
    """A rendered EPUB."""

    data: bytes

    @classmethod
    def of(cls, book: Manuscript) -> Opened:
        return cls(render(book))

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.data)) as package:
            return {name.removeprefix("EPUB/"): package.read(name) for name in package.namelist()}

    @cached_property
    def pages(self) -> dict[str, Any]:
        return {name: etree.fromstring(part) for name, part in self.parts.items() if name.endswith(".xhtml")}

    def sections(self) -> list[Any]:
        return [page for name, page in sorted(self.pages.items()) if name.startswith("section-")]

    def found(self, tag: str, **wanted: str) -> list[Any]:
        """Elements of the sections, in order, by tag and `epub:type` or class."""
        return [
            one
            for page in self.sections()
            for one in page.iter(f"{{{XHTML}}}{tag}")
            if all(
                (one.get(EPUB_TYPE) if name == "kind" else one.get("class")) == value
                for name, value in wanted.items()
            )
        ]


def own_text(element: Any) -> str:
    """What an element says without the calls of notes."""
    for one in list(element.iter(f"{{{XHTML}}}a", f"{{{XHTML}}}sup")):
        if one.get("class") in ("call", "between"):
            one.text = ""
    return said(element)


def test_text_in_is_text_out() -> None:
    book = books.INDEXED
    for section, page in zip(book.sections, Opened.of(book).sections(), strict=True):
        blocks = {
            one.get("id"): own_text(one)
            for one in page.iter()
            if re.fullmatch(r"s\d+b\d+", one.get("id") or "")
        }
        wanted = [books.text_of(block) for block in section.blocks if block.kind != "table"]
        assert [text for text in blocks.values() if text != "Date"][
            : len(wanted)
        ] == wanted or section.kind == "timeline"
        for block in section.blocks:
            cells = [own_text(cell) for cell in page.iter(f"{{{XHTML}}}td")]
            assert cells == ["".join(one.text for one in cell) for row in block.rows for cell in row]


def test_notes_in_are_notes_out_and_each_call_finds_its_note() -> None:
    printed = Opened.of(BOOK)
    asides = printed.found("aside", kind="footnote")
    assert [said(one).split(". ", 1)[1] for one in asides] == books.note_texts(BOOK)
    assert len(printed.found("a", kind="noteref")) == books.calls(BOOK) == 5
    for page in printed.sections():
        ids = {one.get("id") for one in page.iter()}
        assert {one.get("href")[1:] for one in page.iter(f"{{{XHTML}}}a") if one.get("href")[0] == "#"} <= ids


def test_a_note_called_twice_and_one_never_called() -> None:
    printed = Opened.of(books.with_section(books.calling_twice_and_leaving_one_out()))
    assert [one.get("href") for one in printed.found("a", kind="noteref")] == ["#n1", "#n1", "#n2"]
    ids = [one.get("id") for one in printed.sections()[0].iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_place_in_the_book() -> None:
    printed = Opened.of(books.INDEXED)
    for name, page in printed.pages.items():
        for link in (one.get("href") for one in page.iter() if one.get("href")):
            target, place = urldefrag(link)
            assert (target or name) in printed.parts
            assert not place or place in {one.get("id") for one in printed.pages[target or name].iter()}


def test_the_index_names_each_section_once_and_the_first_place_in_it() -> None:
    page = Opened.of(books.INDEXED).pages["index.xhtml"]
    entry = next(page.iter(f"{{{XHTML}}}li"))
    assert said(entry) == "Harbour, Old, Prologue, 1, 2"
    assert [one.get("href") for one in entry] == [
        "section-001.xhtml#s0b0",
        "section-003.xhtml#s2b0i2",
        "section-004.xhtml#s3b0",
    ]


def test_contents_and_landmarks() -> None:
    contents, landmarks = Opened.of(books.INDEXED).pages["contents.xhtml"].iter(f"{{{XHTML}}}nav")
    titles = [one.text for one in contents.iter(f"{{{XHTML}}}a")]
    assert titles == [
        "Prologue",
        "Timeline",
        "1. The Harbour",
        "2. Inland",
        "Glossary",
        "Bibliography",
        "Index",
    ]
    kinds = [one.get(EPUB_TYPE) for one in landmarks.iter(f"{{{XHTML}}}a")]
    assert kinds == ["toc", "bodymatter", "titlepage", "copyright-page", "glossary", "bibliography", "index"]


def test_the_package_says_what_it_is() -> None:
    package = etree.fromstring(Opened.of(books.INDEXED).parts["content.opf"])
    said_of = {one.tag.removeprefix(DC): one.text for one in package.iter(f"{DC}*")}
    assert (said_of["title"], said_of["creator"], said_of["language"]) == (
        "A Keeper of Lamps",
        "The Compiler",
        "en",
    )
    features = {
        one.text for one in package.iter(f"{OPF}meta") if one.get("property") == "schema:accessibilityFeature"
    }
    assert {"tableOfContents", "readingOrder", "index"} <= features
    listed = [one.get("href") for one in package.iter(f"{OPF}item")]
    assert (
        len(listed) == len(set(listed)) == len(Opened.of(books.INDEXED).parts) - 3
    )  # mimetype, container, package


def test_the_same_book_is_the_same_bytes() -> None:
    assert render(books.INDEXED) == render(books.INDEXED)
    with ZipFile(BytesIO(render(BOOK))) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_cover_is_the_publications_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "png", lambda _book: b"picture")
    parts = Opened.of(BOOK).parts
    assert parts["cover.png"] == b"picture"
    assert b'properties="cover-image"' in parts["content.opf"]


def test_of_a_draft_every_page_says_so() -> None:
    printed = Opened.of(books.with_section(BOOK.sections[0], draft=True))
    assert all("DRAFT" in said(page) for page in printed.pages.values())


@pytest.mark.parametrize(
    "section",
    [
        Section("chapter", "T", (Block("poem"),), number=1),
        Section("chapter", "T", (Block("paragraph", (Inline("x", notes=(7,)),)),), number=1),
        Section("chapter", "T", (), (Note(1, ()), Note(1, ())), number=1),
    ],
)
def test_what_does_not_fit_is_refused(section: Section) -> None:
    with pytest.raises(ValueError):
        render(books.with_section(section))


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_hostile_text_is_text_and_nothing_else(text: str) -> None:
    printed = Opened.of(everywhere(text))
    wanted = expected(text)
    (page,) = printed.sections()
    for identity, kind in enumerate(["paragraph", "heading", "quote", "entry"]):
        (block,) = (one for one in page.iter() if one.get("id") == f"s0b{identity}")
        assert own_text(block) == wanted, kind
    assert [own_text(cell) for cell in page.iter(f"{{{XHTML}}}td", f"{{{XHTML}}}th")] == [wanted] * 4
    (note,) = printed.found("aside")
    assert said(note) == f"1. {wanted}"
    for one in (element for document in printed.pages.values() for element in document.iter()):
        assert etree.QName(one).localname not in ("script", "iframe", "object", "img", "form", "style")
        assert not any(name.startswith("on") for name in one.attrib)
        assert "://" not in (one.get("href") or "")
