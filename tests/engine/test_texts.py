"""Drafts become text and citations, and the text is read again to the character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bookgen_site.lib.text import clean_text
from engine import reading, texts
from engine.authors.base import Draft, Paragraph, Piece, Row, SourceText, Span

SOURCE = SourceText(1, "She was born in Leith. She drew maps. It rained in Oslo.")
BORN, DREW = Span(1, 0, 22), Span(1, 23, 37)
HOSTILE = Path(__file__).parents[1] / "data" / "hostile_texts.jsonl"


def _piece(span: Span, *, quoted: bool = False) -> Piece:
    return Piece(SOURCE.text[span.start : span.end], (span,), quoted=quoted)


def _set(*pieces: Piece) -> texts.Written:
    return texts.from_draft(Draft(paragraphs=(Paragraph(pieces),)), [SOURCE])


def test_each_sentence_carries_its_mark_and_its_verbatim_citation() -> None:
    written = _set(_piece(BORN), _piece(DREW))
    assert written.text == "She was born in Leith.[^1] She drew maps.[^2]"
    assert [(one.quote, one.verdict) for one in written.citations] == [
        ("She was born in Leith.", "verbatim"),
        ("She drew maps.", "verbatim"),
    ]
    assert written.words == 8


def test_a_sentence_that_is_not_in_its_source_is_not_called_verbatim() -> None:
    written = _set(Piece("She was born in Oslo.", (BORN,)))
    assert written.citations[0].verdict == "contradicted"
    assert "Oslo" in written.citations[0].because
    assert "Leith" in written.citations[0].because


def test_a_quotation_in_a_quotation_gets_inner_marks_and_is_judged_by_its_words() -> None:
    words = 'He said: "Draw a map." I did.'
    quoted = Paragraph((Piece(words, (Span(1, 0, len(words)),), quoted=True),))
    written = texts.from_draft(Draft(paragraphs=(quoted,)), [SourceText(1, words)])
    assert written.text == "“He said: ‘Draw a map.’ I did.”[^1]"
    (cited,) = written.citations
    assert (cited.quote, cited.sentence, cited.verdict) == (
        words,
        "He said: ‘Draw a map.’ I did.",
        "verbatim",
    )


def test_quoted_neighbours_stand_in_one_pair_of_quotation_marks() -> None:
    lead = Piece("She writes:", lead=True)
    written = _set(lead, _piece(BORN, quoted=True), _piece(DREW, quoted=True))
    assert written.text == "*She writes:* “She was born in Leith.[^1] She drew maps.”[^2]"


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "«\u00a0{}\u00a0»"), ("de", "„{}“"), ("es-CO", "«{}»"), ("pt", "“{}”"), ("nl", "“{}”")],
)
def test_quotation_marks_are_those_of_the_books_language(language: str, told: str) -> None:
    draft = Draft(paragraphs=(Paragraph((_piece(BORN, quoted=True),)),))
    written = texts.from_draft(draft, [SOURCE], language=language)
    assert written.text.replace("[^1]", "") == told.format("She was born in Leith.")


def test_rows_keep_label_and_sentence_apart() -> None:
    written = texts.from_draft(Draft(rows=(Row("1801", (_piece(BORN),)),)), [SOURCE])
    (block,) = reading.parse(written.text)
    assert block.label == "1801"
    assert reading.plain(written.text) == "1801 — She was born in Leith."


def _hostile() -> list[str]:
    rows = [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows if isinstance(row.get("text"), str)]


def test_the_list_of_hostile_texts_is_there() -> None:
    assert len(_hostile()) > 20


@pytest.mark.parametrize(
    "text", [*_hostile(), "1. one", "- two", "# three", "a*b*c_d_", "[x](y)", "<b>&amp;", "=\n="]
)
def test_whatever_a_source_says_is_read_again_as_it_was(text: str) -> None:
    source = SourceText(1, text)
    written = texts.from_draft(
        Draft(paragraphs=(Paragraph((Piece(text, (Span(1, 0, len(text)),)),)),)), [source]
    )
    expected = clean_text(text, multiline=False)
    assert reading.plain(written.text) == expected
    marks = [mark for block in reading.parse(written.text) for one in block.stretches for mark in one.marks]
    assert marks == ([1] if expected else [])


@pytest.mark.parametrize(
    "name", ["Letters [^9] of 1845", "[^9]", "[^9][^10]", r"\\[^9]", "[[^9]]", "a [^9](b)"]
)
def test_what_looks_like_a_mark_in_a_source_is_none(name: str) -> None:
    glued = Paragraph((Piece("Quill, "), Piece(name, italic=True), Piece(f". {name}, 1845.")), glued=True)
    drafts = [
        Draft(paragraphs=(glued,)),
        Draft(paragraphs=(Paragraph((Piece(name, (BORN,)),)),)),
        Draft(rows=(Row(name, (Piece(name, (BORN,)),)),)),
    ]
    for draft in drafts:
        written = texts.from_draft(draft, [SOURCE])
        (block,) = reading.parse(written.text)
        marks = [mark for stretch in block.stretches for mark in stretch.marks]
        assert marks == [one.number for one in written.citations]
        assert name in reading.plain(written.text)
