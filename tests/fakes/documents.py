"""Small files of the formats that sources come in, good and bad."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

from docx import Document


def word(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """A Word file."""
    document = Document()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs or ("Dear Ada, the bees are well.",):
        document.add_paragraph(paragraph)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def archive(name: str, data: bytes = b"x") -> bytes:
    """A ZIP file with one part, not compressed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as found:
        found.writestr(name, data)
    return buffer.getvalue()


@cache
def swelling() -> bytes:
    """A Word file of some kilobytes whose text is 70 MB long."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as found:
        found.writestr("word/document.xml", b" " * 70_000_000)
    return buffer.getvalue()
