"""A house's own styles: taken from a Word file by their names, or refused with what to do."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from biographies.exports.docx import BadTemplate, House, check_template, reference_docx
from biographies.exports.docx.sheet import SHEETS
from biographies.exports.options import ExportOptions
from tests.biographies.exports.docx_books import BOOK, Printed

REFERENCE = reference_docx(House(face="Georgia"), "6x9", "en")


def _changed(size: int = 18, renamed: str = "", lost: str = "") -> bytes:
    """The reference document as a team may hand it back."""
    document = docx.Document(io.BytesIO(REFERENCE))
    document.styles["Body Text"].font.size = Pt(size)
    for style in list(document.styles.element.iter(qn("w:style"))):
        name = style.find(qn("w:name"))
        if name.get(qn("w:val")) == "heading 1" and renamed:
            style.set(qn("w:styleId"), renamed)
        if name.get(qn("w:val")) == lost:
            style.getparent().remove(style)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_the_reference_document_can_be_used_as_it_is() -> None:
    check_template(REFERENCE)
    book = Printed.of(BOOK, house=House(template=REFERENCE))
    assert book.texts("Heading1") == Printed.of(BOOK).texts("Heading1")
    assert House(template=REFERENCE).text_face == "Georgia"


def test_changed_styles_are_those_of_the_book() -> None:
    styles = Printed.of(BOOK, house=House(template=_changed(size=18))).document.styles
    assert styles["Body Text"].font.size == Pt(18)


def test_word_may_have_given_a_style_another_id() -> None:
    book = Printed.of(BOOK, house=House(template=_changed(renamed="berschrift1")))
    assert book.texts("Heading1") == Printed.of(BOOK).texts("Heading1")
    assert book.document.styles["Heading 1"].style_id == "Heading1"


def test_page_numbers_stand_at_the_edge_of_another_trim_size() -> None:
    options = ExportOptions(trim="5x8")
    root = Printed.of(BOOK, options, house=House(template=REFERENCE)).xml("word/styles.xml")
    stops = {
        style.get(qn("w:styleId")): [stop.get(qn("w:pos")) for stop in style.iter(qn("w:tab"))]
        for style in root.iter(qn("w:style"))
    }
    assert stops["TOC1"] == [str(SHEETS["5x8"].text_width)]


def test_a_missing_style_is_named() -> None:
    with pytest.raises(BadTemplate, match="lacks the styles Scene Break: begin with"):
        check_template(_changed(lost="Scene Break"))


@pytest.mark.parametrize("data", [b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadTemplate, match="isn't a Word file"):
        check_template(data)
