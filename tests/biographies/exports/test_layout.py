"""Counting pages in LibreOffice: the real one, where it is installed; without it a book goes without."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from biographies.exports import layout
from biographies.exports.docx import render
from biographies.exports.manuscript import IndexEntry, Place
from tests.biographies.exports.docx_books import BOOK, INDEXED, prose
from tests.fakes.programs import needs

LAMPS = prose(*["A lamp burned in the harbour. " * 30] * 9)
LONG = replace(
    INDEXED,
    sections=(replace(BOOK.sections[0], blocks=LAMPS), *BOOK.sections[1:]),
    index=(IndexEntry("Harbour", "place", (Place(0, 0), Place(0, 8), Place(2, 0))),),
)  # fmt: skip


def test_pages_are_numbered_from_the_first_section() -> None:
    assert layout.numbered({"section1": 6, "place0b8i0": 8, "front": 2}) == {"section1": 1, "place0b8i0": 3}
    assert layout.numbered({"section2": 6}) == {}


def test_a_machine_without_libreoffice_counts_nothing() -> None:
    assert layout.pages_of(b"", program="", face="Times New Roman", seconds=1) == {}
    assert layout.pages_of(b"", program="no-such-office", face="Times New Roman", seconds=1) == {}


def test_a_face_of_other_widths_is_not_counted_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "as_pdf", lambda *_a, **_k: pytest.fail("laid out all the same"))
    assert layout.pages_of(b"", program="true", face="No Such Face 17", seconds=1) == {}


def test_a_program_that_hangs_is_ended_with_all_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "has_widths_of", lambda _face: True)
    office = tmp_path / "office"
    office.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    office.chmod(0o700)
    assert layout.pages_of(b"", program=str(office), face="", seconds=0.2) == {}


@needs("soffice")
def test_libreoffice_opens_the_book_and_its_pages_are_the_printed_ones() -> None:
    pdf = layout.as_pdf(render(LONG, laid_out=True), program="soffice", seconds=120)
    pages = layout.numbered(layout.named_pages(pdf))
    assert pages["section1"] == 1
    assert 1 < pages["place0b8i0"] < pages["section2"] < pages["section3"] == pages["place2b0i0"]
    printed = pypdfium2.PdfDocument(io.BytesIO(pdf))
    texts = [page.get_textpage().get_text_range() for page in printed]
    offset = next(number for number, text in enumerate(texts) if text.startswith("Prologue"))
    inland = texts[offset + pages["section4"] - 1]
    assert "Inland" in inland
    assert inland.rstrip().endswith(str(pages["section4"]))
    assert "Index of Names and Places" in texts[offset + pages["section7"] - 1]
