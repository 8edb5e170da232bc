"""Hostile strings in every place of a book: the text is printed, and nothing but text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from biographies.exports.manuscript import Block, IndexEntry, Inline, Manuscript, Note, Place, Section
from tests.biographies.exports.docx_books import Printed

LINES = (Path(__file__).parents[2] / "data" / "hostile_texts.jsonl").read_text(encoding="utf-8").splitlines()
OWN_FIELD = re.compile(r" PAGEREF (?:section|place)[0-9bi]+ \\h ")
FOREIGN = ("fldSimple", "object", "altChunk", "drawing", "pict", "ins", "del")


def hostile_texts() -> dict[str, str]:
    """The list by id; the repeated ones shortened to what still is far more than a line."""
    texts = {}
    for record in map(json.loads, LINES):
        text = record.get("text") or record["text_repeat"][0] * 20_000
        texts[f"{record['id']} {record['cls']}"] = text
    return texts


TEXTS = hostile_texts()


def expected(text: str) -> str:
    """What Word can hold of it: no characters that XML forbids, and one kind of line end."""
    allowed = [
        c for c in text if c in "\t\n\r" or not (c < " " or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff")
    ]
    return re.sub("\r\n|\r", "\n", "".join(allowed))


def everywhere(text: str) -> Manuscript:
    """A book that says `text` in every place that takes one."""
    cell = (Inline(text, italic=True),)
    blocks = (
        Block("paragraph", (Inline(text, notes=(1,)),)),
        Block("heading", (Inline(text),)),
        Block("quote", (Inline(text),)),
        Block("entry", (Inline(text, bold=True),)),
        Block("table", rows=((cell, cell),), header=(text, text)),
    )
    chapter = Section("chapter", text, blocks, (Note(1, (Inline(text),)),), number=1)
    labels = dict.fromkeys(("contents", "chapter", "index", "index_by_chapter", "draft"), text)
    index = (IndexEntry(text, "person", (Place(0, 0),)),)
    return Manuscript(text, text, text, text, (chapter,), (text,), labels, index, publisher=text, draft=True)


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_hostile_text_is_printed_as_it_is_and_as_text_only(text: str) -> None:
    printed = Printed.of(everywhere(text))
    wanted = expected(text)
    for style in ("HalfTitle", "Imprint", "FirstParagraph", "Heading2", "Quote", "Entry", "TableLabel"):
        assert printed.texts(style) == [wanted], style
    assert printed.texts("TableHead") == [wanted, wanted]
    assert printed.texts("TableText") == [wanted]
    assert printed.texts("Index1") == [f"{wanted}, 1"]
    if wanted.strip():
        labelled = " ".join(wanted.split())  # a label of the book is always one line
        assert printed.texts("Heading1") == [wanted, labelled]  # of the chapter and of the index
        assert printed.texts("Title") == printed.texts("Publisher") == [wanted]
    assert list(printed.notes.values()) == [wanted]
    root = printed.document.element
    assert all(OWN_FIELD.fullmatch(code.text) for code in root.iter(qn("w:instrText")))
    assert not [made.tag for made in root.iter() for tag in FOREIGN if made.tag.endswith(f"}}{tag}")]
    assert not [name for name in printed.parts if b'TargetMode="External"' in printed.parts[name]]


def test_a_book_of_a_single_enormous_word_is_printed() -> None:
    printed = Printed.of(everywhere("x" * 1_000_000))
    assert printed.texts("FirstParagraph") == ["x" * 1_000_000]


def test_tabs_and_every_kind_of_line_end_are_kept() -> None:
    printed = Printed.of(everywhere("a\tb\r\nc\rd\ne"))
    assert printed.texts("FirstParagraph") == printed.texts("Title") == ["a\tb\nc\nd\ne"]
