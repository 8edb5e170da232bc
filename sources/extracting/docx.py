"""Word documents, by python-docx. The door has looked at the archive's table before."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from sources.errors import Unreadable
from sources.extracting.archives import DAMAGED
from sources.extracting.base import Draft
from sources.extracting.fields import file_date_of


def read_docx(data: bytes) -> Draft:
    """Read the body of a .docx file; raises Unreadable for damage."""
    try:
        document = Document(BytesIO(data))
        paragraphs = list(_paragraphs(document))
        properties = document.core_properties
        title, author, language = properties.title, properties.author, properties.language
        created = properties.created
    # python-docx has no error of its own for a damaged part: it lets KeyError, ValueError, XMLSyntaxError
    # and more escape, and all of them mean the same to the editor.
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    return Draft(
        paragraphs,
        title=title or "",
        author=author or "",
        date=file_date_of(f"{created:%Y%m%d}" if created else ""),
        language=language or "",
    )


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
