"""Half-title, title page and imprint page."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, one_line, paragraph, text_run
from biographies.exports.docx.looks import Look, looks
from biographies.exports.docx.sheet import Sheet
from biographies.exports.manuscript import Manuscript

LETTERS_PER_EM = 2.1


def half_title(book: Manuscript) -> list[BaseOxmlElement]:
    """The first page of a book: its title alone."""
    return [paragraph("HalfTitle", text_run(book.title))]


def title_page(book: Manuscript, sheet: Sheet) -> list[BaseOxmlElement]:
    """Title, subtitle, author line and, at the foot, the publisher; on the back the imprint."""
    lines = {"Title": book.title, "Subtitle": book.subtitle, "AuthorLine": book.author_line}
    told = {style: text for style, text in lines.items() if one_line(text)}
    printed = [paragraph(style, text_run(text)) for style, text in told.items()]
    if one_line(book.publisher):
        told["Publisher"] = book.publisher
        drop = sheet.text_height - sum(_height(style, text, sheet) for style, text in told.items())
        printed.append(_dropped(paragraph("Publisher", text_run(book.publisher)), drop))
    return [*(printed or [paragraph("Closing")]), *_imprint(book, sheet)]


def _imprint(book: Manuscript, sheet: Sheet) -> list[BaseOxmlElement]:
    """A page of its own even if empty, so that the contents begin on a right page."""
    printed = [paragraph("Imprint", text_run(line)) for line in book.imprint or ("",)]
    printed[0].pPr.append(element("pageBreakBefore"))
    drop = sheet.text_height - sum(_height("Imprint", line, sheet) for line in book.imprint)
    return [_dropped(printed[0], drop), *printed[1:]]


def _dropped(made: BaseOxmlElement, drop: int) -> BaseOxmlElement:
    """Two lines above the foot of the page; LibreOffice knows no text aligned to the bottom."""
    made.pPr.append(element("spacing", before=str(max(0, drop - 560))))
    return made


def _height(style: str, text: str, sheet: Sheet) -> int:
    """About how high the text will be, in twips."""
    look: Look = looks(sheet)[style]
    letters = sheet.text_width / 20 / look.size * LETTERS_PER_EM
    lines = 1 + int(len(text) / letters)
    return round(lines * look.leading * 20) + (look.before or 0) + (look.after or 0)
