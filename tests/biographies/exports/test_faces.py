"""The house's typeface where pages are laid out: named first, never more than a name, and told where it is missing."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import LazySettings

from biographies.exports import epub, faces, pdf
from biographies.exports.options import DEFAULTS
from biographies.exports.pdf.sheet import css
from bookgen_site.doctor import programs
from engine import printing
from tests.biographies.exports import books


def test_the_house_face_stands_before_the_own_ones() -> None:
    assert faces.family("Gill Sans MT") == f'"Gill Sans MT", {faces.OWN}'
    assert faces.family("") == faces.OWN
    assert faces.family('x"; } body { display: none } "') == f'"x  body  display none", {faces.OWN}'
    assert '"Caladea", "EB Garamond 12"' in css(DEFAULTS, face="Caladea")


def test_a_pdf_is_set_in_it_and_an_epub_names_it() -> None:
    """In a face that every machine of the tests has, and that is no face of a book."""
    plain, wished = (replace(books.INDEXED, face=face) for face in ("", "DejaVu Sans Mono"))
    assert (pdf.render(wished) != pdf.render(plain)) == faces.is_installed("DejaVu Sans Mono")
    style = [ZipFile(BytesIO(epub.render(one))).read("EPUB/style.css") for one in (plain, wished)]
    assert (b"DejaVu Sans Mono" in style[0], b"DejaVu Sans Mono" in style[1]) == (False, True)


def test_a_face_that_is_missing_is_told(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(printing.log, "warning", lambda event, **about: told.append(f"{event} {about}"))
    monkeypatch.setattr(faces, "taken_for", lambda _face: "DejaVu Serif")
    monkeypatch.setattr(pdf, "render", lambda *_told: b"pages")
    printing.pdf_file(replace(books.INDEXED, face="Dejavu serif"), DEFAULTS)
    assert told == []
    printing.pdf_file(replace(books.INDEXED, face="Gill Sans"), DEFAULTS)
    assert told == ["face_not_installed {'face': 'Gill Sans'}"]
    settings.BOOK_FONT = "Gill Sans"
    assert any("Gill Sans isn't installed" in str(sign) for sign in programs.pango())
    settings.BOOK_FONT = ""
    assert not any("installed" in str(sign) for sign in programs.pango())
