"""The reference document: every style of a book with a line in it, to be changed in Word and kept."""

from __future__ import annotations

from biographies.exports.docx import packing, settings
from biographies.exports.docx.elements import element, paragraph, text_run
from biographies.exports.docx.house import House, dress
from biographies.exports.docx.looks import looks
from biographies.exports.docx.notes import KINDS
from biographies.exports.docx.pages import Pages, Paper
from biographies.exports.docx.sheet import SHEETS
from biographies.exports.docx.styles import CALLS, OPENING, TABLE
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import FOOTNOTES


def reference_docx(house: House, trim: str, language: str) -> bytes:
    """The file to begin with: the book's own styles for this trim size and face."""
    sheet, kind = SHEETS[trim], KINDS[FOOTNOTES]
    document = packing.blank()
    dress(document, house, language, sheet)
    settings.install(document, kind, language)
    lines = [paragraph(identity, text_run(look.name)) for identity, look in looks(sheet).items()]
    shown = [text_run(name, style=identity) for identity, name in [*CALLS.items(), OPENING]]
    table = element(
        "tbl",
        element("tblPr", element("tblStyle", val=TABLE[0]), element("tblW", w=str(sheet.text_width), type="dxa")),
        element("tblGrid", element("gridCol", w=str(sheet.text_width))),
        element("tr", element("tc", element("tcPr"), paragraph("TableText", text_run(TABLE[1])))),
    )  # fmt: skip
    Pages(document, Paper(sheet, kind)).add(
        [*lines, paragraph("BodyText", *shown), table, paragraph("Closing")]
    )
    packing.describe(document, Manuscript("Reference", "", "", language, ()))
    return packing.packed(document)
