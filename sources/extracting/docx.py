"""Word documents, by python-docx. The door has looked at the archive's table before."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from sources.errors import Unreadable
from sources.extracting.archives import DAMAGED
from sources.extracting.base import Draft
from sources.extracting.docx_words import hidden_words, paragraphs
from sources.extracting.fields import file_date_of


def read_docx(data: bytes) -> Draft:
    """Read the body of a .docx file; raises Unreadable for damage."""
    try:
        document = Document(BytesIO(data))
        body = document.element.body
        text, unseen = list(paragraphs(body)), hidden_words(body)
        properties = document.core_properties
        title, author, language = properties.title, properties.author, properties.language
        created = properties.created
    # python-docx has no error of its own for a damaged part: it lets KeyError, ValueError, XMLSyntaxError
    # and more escape, and all of them mean the same to the editor.
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    return Draft(
        text,
        title=title or "",
        author=author or "",
        date=file_date_of(f"{created:%Y%m%d}" if created else ""),
        language=language or "",
        unseen=unseen,
    )
