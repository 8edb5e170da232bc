"""Images in a Word document: in line with the text, so that no program moves them to another page than their words."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import count

from docx.document import Document
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches

from biographies.exports.docx.elements import element, one_line, paragraph, run, text_run
from biographies.exports.docx.sheet import Sheet
from biographies.exports.figures import ALONE, printed_size
from biographies.exports.manuscript import Figure

TWIPS = 1440  # to an inch


class Pictures:
    """Puts images into one document; each of its drawings has a number of its own."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self._part = document.part
        self._sheet = sheet
        self._numbers = count(1)

    def printed(self, figure: Figure, most: float) -> Iterator[BaseOxmlElement]:
        """The image and, kept with it, its caption and credit; `most` as of `printed_size`."""
        yield paragraph("BookImage", run(element("drawing", self._inline(figure, most))))
        yield from _words(figure)

    def frontispiece(self, figure: Figure) -> Iterator[BaseOxmlElement]:
        """The same on a page for itself."""
        inline = self._inline(figure, ALONE)
        made = paragraph("BookImage", run(element("drawing", inline)))
        made.pPr.append(element("pageBreakBefore"))
        rest = self._sheet.text_height - round(inline.extent.cy / Inches(1) * TWIPS)
        made.pPr.append(element("spacing", before=str(max(0, rest // 3))))
        yield made
        yield from _words(figure)

    def _inline(self, figure: Figure, most: float) -> CT_Inline:
        """ECMA-376-1, 20.4.2.8; `descr` is what a screen reader says."""
        relation, _image = self._part.get_or_add_image(BytesIO(figure.data))
        width, height = self._sheet.text_width / TWIPS, self._sheet.text_height / TWIPS
        across, down = printed_size(figure, width, height, most)
        made = CT_Inline.new_pic_inline(
            next(self._numbers), relation, figure.name, Inches(across), Inches(down)
        )
        for side in ("distT", "distB", "distL", "distR"):
            made.set(side, "0")  # LibreOffice takes an eighth of an inch where nothing is said
        made.docPr.set("descr", one_line(figure.alt))
        return made


def _words(figure: Figure) -> Iterator[BaseOxmlElement]:
    lines = [text_run(figure.caption)] if figure.caption else []
    lines += [run(element("br"))] if figure.caption and figure.credit else []
    lines += [text_run(figure.credit, italic=True)] if figure.credit else []
    if lines:
        yield paragraph("Caption", *lines)
