"""Half-title, title page and imprint page."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, one_line, paragraph, text_run
from biographies.exports.docx.sheet import LOOKS, TEXT_HEIGHT
from biographies.exports.manuscript import Manuscript

IMPRINT_LETTERS_PER_LINE = 78


def half_title(book: Manuscript) -> list[BaseOxmlElement]:
    """The first page of a book: its title alone."""
    return [paragraph("HalfTitle", text_run(book.title))]


def title_page(book: Manuscript) -> list[BaseOxmlElement]:
    """Title, subtitle and author line; on its back the imprint, at the foot of the page."""
    lines = {"Title": book.title, "Subtitle": book.subtitle, "AuthorLine": book.author_line}
    printed = [paragraph(style, text_run(text)) for style, text in lines.items() if one_line(text)]
    return [*(printed or [paragraph("Closing")]), *_imprint(book)]


def _imprint(book: Manuscript) -> list[BaseOxmlElement]:
    """A page of its own even if empty, so that the contents begin on a right page."""
    printed = [paragraph("Imprint", text_run(line)) for line in book.imprint or ("",)]
    printed[0].pPr.extend([element("pageBreakBefore"), element("spacing", before=str(_drop(book.imprint)))])
    return printed


def _drop(lines: tuple[str, ...]) -> int:
    """How far down the page the imprint begins, in twips; LibreOffice knows no text aligned to the bottom."""
    look = LOOKS["Imprint"]
    printed_lines = sum(1 + len(line) // IMPRINT_LETTERS_PER_LINE for line in lines)
    height = printed_lines * look.leading * 20 + len(lines) * (look.after or 0)
    return max(0, round(TEXT_HEIGHT - height - 2 * look.leading * 20))
