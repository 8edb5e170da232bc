"""The Markdown, read again by a parser: the text, its emphasis and its notes are what they were."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from biographies.exports.manuscript import Block, Inline, Section
from biographies.exports.markdown import render
from biographies.exports.markdown.escaping import styled
from tests.biographies.exports import books
from tests.biographies.exports.docx_books import BOOK
from tests.biographies.exports.test_docx_hostile import TEXTS, everywhere, expected

NOTE = re.compile(r"^\[\^([\d-]+)\]: ?(.*)$", re.MULTILINE)
CALL = re.compile(r"\[\^[\d-]+\]")


def read(text: str) -> list[tuple[str, str]]:
    """Blocks as (tag, text), the calls of notes left out."""
    tokens = MarkdownIt("commonmark").enable("table").parse(NOTE.sub("", text))
    return [
        (tokens[place - 1].tag, CALL.sub("", said(token)))
        for place, token in enumerate(tokens)
        if token.type == "inline"
    ]


def said(token: Token) -> str:
    return "".join(child.content if "break" not in child.type else "\n" for child in token.children or [])


def spans(token: Token) -> list[tuple[str, bool, bool]]:
    """The letters of a line with their emphasis."""
    found: list[tuple[str, bool, bool]] = []
    italic = bold = 0
    for child in token.children or []:
        italic += {"em_open": 1, "em_close": -1}.get(child.type, 0)
        bold += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        found += [(letter, bool(italic), bool(bold)) for letter in child.content]
    return found


def test_text_and_notes_are_what_they_were() -> None:
    text = render(books.INDEXED).decode()
    blocks = read(text)
    for section in BOOK.sections:
        for block in section.blocks:
            if block.kind != "table":
                assert books.text_of(block) in [said for _tag, said in blocks]
    assert [note for _name, note in NOTE.findall(text)] == [
        "Parish register.", "Register, _folio 3_", "Letter of 1802.", "Diary, p. 9.", "Memoir.",
    ]  # fmt: skip
    assert len(CALL.findall(NOTE.sub("", text))) == books.calls(BOOK)
    assert ("h2", "Chapter 1. The Harbour") in blocks
    assert [said for tag, said in blocks if tag in ("th", "td")] == [
        "Date",
        "Event",
        "1801",
        "Born",
        "c. 1830",
        "Sails",
    ]


def test_a_note_never_called_is_called_at_the_end() -> None:
    text = render(books.with_section(books.calling_twice_and_leaving_one_out())).decode()
    assert CALL.findall(NOTE.sub("", text)) == ["[^1-1]", "[^1-1]", "[^1-2]"]


def test_the_same_book_is_the_same_bytes() -> None:
    assert render(books.INDEXED) == render(books.INDEXED)


@pytest.mark.parametrize("block", [Block("poem"), Block("paragraph", (Inline("x", notes=(7,)),))])
def test_what_does_not_fit_is_refused(block: Block) -> None:
    with pytest.raises(ValueError):
        render(books.with_section(Section("chapter", "T", (block,), number=1)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_hostile_text_is_text_and_nothing_else(text: str) -> None:
    book, wanted = everywhere(text), expected(text)
    printed = render(book).decode()
    if wanted.strip():
        # Calls are ours; a hostile one is escaped, and so isn't found.
        blocks = [said for tag, said in read(printed) if tag in ("p", "h3", "th", "td")]
        assert blocks.count(wanted) >= 8
    tokens = MarkdownIt("commonmark").enable("table").parse(NOTE.sub("", printed))
    kinds = {child.type for token in tokens for child in token.children or [token]}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "code_inline",
        "fence",
        "code_block",
    }


def any_inlines(chance: random.Random) -> list[Inline]:
    """Plain text and one kind of emphasis: two kinds never touch in a manuscript."""
    letters = "ab é\u00a0.,;:!?*_`[]()<>#+-=|~&\\\"'\t1“”—字 \n"
    emphasis = chance.choice([(True, False), (False, True), (True, True)])
    return [
        Inline(
            "".join(chance.choices(letters, k=chance.randint(0, 6))),
            *chance.choice([(False, False), emphasis]),
        )
        for _piece in range(chance.randint(1, 5))
    ]


def test_of_two_kinds_of_emphasis_that_touch_the_text_is_kept() -> None:
    line = styled([Inline("one.", italic=True), Inline("“two”", bold=True), Inline("3")], "")
    assert line == "_one._&#8220;two”3"


def test_every_line_is_read_as_it_was_meant() -> None:
    for seed in range(400):
        inlines = any_inlines(random.Random(seed))  # nothing secret hangs on it
        wanted = [(letter, one.italic, one.bold) for one in inlines for letter in one.text]
        tokens = MarkdownIt("commonmark").parse(styled(inlines, ""))
        found = [letter for one in tokens if one.type == "inline" for letter in spans(one)]
        # White space has no emphasis that anybody could see.
        assert [seen(one) for one in found] == [seen(one) for one in wanted], seed


def seen(one: tuple[str, bool, bool]) -> Any:
    letter, italic, bold = one
    return letter if letter.isspace() else (letter, italic, bold)
