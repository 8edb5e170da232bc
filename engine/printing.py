"""How a manuscript becomes the bytes of each format: what the renderers need from this machine is found here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from biographies.exports import bundle, epub, kdp, markdown, pdf
from biographies.exports.docx import BadTemplate, House, render
from biographies.exports.docx.house import DEFAULT_FACE
from biographies.exports.dossier import Dossier
from biographies.exports.faces import is_installed
from biographies.exports.layout import pages_of
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import ExportOptions
from engine.errors import UnitFailed

log = structlog.get_logger(__name__)


def docx(book: Manuscript, options: ExportOptions) -> bytes:
    """The Word file; with page numbers in contents and index where LibreOffice can lay out the pages.

    A draft does without: it is to be read soon, and its pages will change. Raises UnitFailed with what to do.
    """
    try:
        house = house_style()
        if options.draft:
            return render(book, options, house=house)
        laid_out = render(book, options, house=house, laid_out=True)
    except BadTemplate as error:
        raise UnitFailed(_("The book's template can't be used: %s") % error) from error
    pages = pages_of(
        laid_out, program=settings.LIBREOFFICE, face=house.text_face, seconds=settings.LIBREOFFICE_SECONDS
    )
    return render(book, options, house=house, pages=pages)


def pdf_file(book: Manuscript, options: ExportOptions) -> bytes:
    """The PDF; that the wished typeface isn't here is told, since another one stands in for it."""
    if book.face and not is_installed(book.face):
        log.warning("face_not_installed", face=book.face)
    return pdf.render(book, options)


def house_style() -> House:
    """The face of the books made here, or the file with a team's own styles. Raises BadTemplate."""
    path = settings.BOOK_REFERENCE_DOCX
    if not path:
        return House(face=settings.BOOK_FONT or DEFAULT_FACE)
    try:
        return House(template=Path(path).read_bytes())
    except OSError as error:
        raise BadTemplate(f"“{path}” can't be read ({error.strerror})") from error


# What needs nothing but the book.
RENDERERS: Final[dict[str, Callable[[Manuscript, ExportOptions], bytes]]] = {
    "docx": docx,
    "epub": epub.render,
    "pdf": pdf_file,
    "md": markdown.render,
}


def bundle_of_all(book: Manuscript, options: ExportOptions, papers: Dossier) -> bytes:
    """The book in every format, with its papers."""
    return bundle.render(book, options, papers, RENDERERS)


def kdp_pack(book: Manuscript, options: ExportOptions, papers: Dossier) -> bytes:
    """What Kindle Direct Publishing asks for."""
    return kdp.render(book, options, papers)
