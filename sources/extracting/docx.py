"""Word documents, by python-docx, behind a check for archives that grow when unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from sources.errors import Unreadable
from sources.extracting.base import Draft

_LARGEST_PART = 60_000_000  # bytes unpacked; the text of a thousand pages is below a tenth of it
_LARGEST_WHOLE = 300_000_000
_MOST_PARTS = 5_000
_DAMAGED = "This Word file is damaged. Open it in Word or LibreOffice, save it again and upload that."
_TOO_LARGE = "This Word file grows too large when unpacked. Save its text as .txt or PDF and upload that."


def read_docx(data: bytes) -> Draft:
    """Read the body of a .docx file; raises Unreadable for damage and for archives that are too large."""
    _check_sizes(data)
    try:
        document = Document(BytesIO(data))
        paragraphs = list(_paragraphs(document))
        properties = document.core_properties
        title, author, language = properties.title, properties.author, properties.language
    # python-docx has no error of its own for a damaged part: it lets KeyError, ValueError, XMLSyntaxError
    # and more escape, and all of them mean the same to the editor.
    except Exception as error:
        raise Unreadable(_DAMAGED) from error
    return Draft(paragraphs, title=title or "", author=author or "", language=language or "")


def _check_sizes(data: bytes) -> None:
    """The declared sizes bind: zipfile never unpacks more of a part than its header says."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(_DAMAGED) from error
    sizes = [part.file_size for part in parts]
    if len(parts) > _MOST_PARTS or sum(sizes) > _LARGEST_WHOLE:
        raise Unreadable(_TOO_LARGE)
    if any(part.file_size > _LARGEST_PART for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise Unreadable(_TOO_LARGE)


def _paragraphs(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    """A row is one paragraph; a cell that spans columns or rows is said once."""
    seen: set[object] = set()
    for row in table.rows:
        words = []
        for cell in row.cells:
            # python-docx hands out a new object per cell; the element is what tells them apart.
            if cell._tc not in seen:
                seen.add(cell._tc)
                words.append(" ".join(cell.text.split()))
        yield " ".join(filter(None, words))
