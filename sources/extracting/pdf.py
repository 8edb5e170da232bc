"""PDF files, by PDFium: lines with their places on the page become paragraphs.

Why not pypdf: it needs 5 s of CPU for a chapter of 20 pages that PDFium reads in 0.3 s, since browsers
place each letter of a printed page by itself. PDFium is also what keeps browsers safe from hostile files.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from sources.errors import Unreadable
from sources.extracting.base import Draft
from sources.extracting.base import marked as _
from sources.extracting.fields import file_date_of
from sources.extracting.pdf_lines import Line, page_lines
from sources.extracting.pdf_pages import paragraphs, without_furniture

_MOST_PAGES = 3_000
_MOST_CHARACTERS = 20_000_000
_DAMAGED = _("This PDF is damaged or incomplete. Download or save it again and upload that.")
_SCAN = _("This PDF is a scan without a text layer: run OCR first, then upload the result.")
_LOCKED = _("This PDF is encrypted. Remove its password and upload it again.")
_LONG = _("This PDF is too long: more than 3,000 pages. Split it and upload the parts you need.")
_INCOMPLETE = _("The end of this PDF is missing: pages may be lost. Compare it with the original.")
_FEW_WORDS = 5
_PDFIUM = Lock()  # PDFium keeps global state: two threads in it at once crash the process


def read_pdf(data: bytes) -> Draft:
    """Read the text layer of a PDF; raises Unreadable for damage, encryption and scans without text."""
    with _PDFIUM:
        pages, info = _read(data)
    if sum(map(_words, pages)) < _FEW_WORDS:
        raise Unreadable(_SCAN)
    warnings = _silent_pages(pages)
    if b"%%EOF" not in data[-2048:]:
        warnings.append(_INCOMPLETE)
    text = list(paragraphs(without_furniture(pages)))
    return Draft(
        text,
        title=info.get("Title", ""),
        author=info.get("Author", ""),
        date=file_date_of(info.get("CreationDate", "")),
        warnings=warnings,
    )


def _read(data: bytes) -> tuple[list[list[Line]], dict[str, str]]:
    document = _open(data)
    try:
        if len(document) > _MOST_PAGES:
            raise Unreadable(_LONG)
        return _lines(document), document.get_metadata_dict()
    except PdfiumError as error:
        raise Unreadable(_DAMAGED) from error
    finally:
        document.close()


def _open(data: bytes) -> PdfDocument:
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        locked = error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY)
        raise Unreadable(_LOCKED if locked else _DAMAGED) from error


def _lines(document: PdfDocument) -> list[list[Line]]:
    pages: list[list[Line]] = []
    length = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        length += text.count_chars()
        if length > _MOST_CHARACTERS:
            raise Unreadable(_LONG)
        pages.append(page_lines(text))
        text.close()
        page.close()
    return pages


def _silent_pages(pages: Sequence[Sequence[Line]]) -> list[str]:
    silent = sum(1 for page in pages if not _words(page))
    if not silent:
        return []
    return [f"{silent} of {len(pages)} pages have no text layer: run OCR if their text matters."]


def _words(page: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in page)
