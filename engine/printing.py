"""How a manuscript becomes the bytes of each format: what the renderers need from this machine is found here."""

from __future__ import annotations

from biographies.exports.docx import render
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import ExportOptions


def docx(book: Manuscript, options: ExportOptions) -> bytes:
    """The Word file."""
    return render(book, options)
