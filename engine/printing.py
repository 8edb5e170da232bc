"""How a manuscript becomes the bytes of each format: what the renderers need from this machine is found here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from biographies.exports import bundle, epub, kdp, markdown, pdf
from biographies.exports.docx import render
from biographies.exports.dossier import Dossier
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import ExportOptions


def docx(book: Manuscript, options: ExportOptions) -> bytes:
    """The Word file."""
    return render(book, options)


# What needs nothing but the book.
RENDERERS: Final[dict[str, Callable[[Manuscript, ExportOptions], bytes]]] = {
    "docx": docx,
    "epub": epub.render,
    "pdf": pdf.render,
    "md": markdown.render,
}


def bundle_of_all(book: Manuscript, options: ExportOptions, papers: Dossier) -> bytes:
    """The book in every format, with its papers."""
    return bundle.render(book, options, papers, RENDERERS)


def kdp_pack(book: Manuscript, options: ExportOptions, papers: Dossier) -> bytes:
    """What Kindle Direct Publishing asks for."""
    return kdp.render(book, options, papers)
