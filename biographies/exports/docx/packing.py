"""From a document to bytes that depend on nothing but the manuscript."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from biographies.exports.docx.elements import one_line
from biographies.exports.manuscript import Manuscript

LONGEST_PROPERTY = 255  # python-docx refuses longer ones, after the limit in Office
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
MEDIA = "word/media/"  # images are compressed by themselves
NO_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# What python-docx's template brings and a book has no use for: a thumbnail, another program's name, fonts.
UNWANTED_PARTS = frozenset(
    {
        RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
        RELATIONSHIP_TYPE.FONT_TABLE,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.WEB_SETTINGS,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)


def blank() -> Document:
    """An empty document without the template's ballast."""
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for identity in [i for i, relation in relations.items() if relation.reltype in UNWANTED_PARTS]:
            del relations[identity]
    return document


def describe(document: Document, book: Manuscript) -> None:
    """Fixed metadata: who wrote what in which language, and no clock."""
    properties = document.core_properties
    properties.title, properties.subject = _property(book.title), _property(book.subtitle)
    properties.author = properties.last_modified_by = _property(book.author_line)
    properties.language, properties.comments = _property(book.language), _whole_lines(book.imprint)
    properties.created = properties.modified = NO_TIME
    properties.identifier = book.fingerprint
    properties.revision = 1


def _whole_lines(lines: Iterable[str]) -> str:
    """As many of the first lines as a property holds: a promise that is cut off in the middle may say another."""
    told = ""
    for line in map(one_line, lines):
        longer = f"{told} {line}".strip()
        if len(longer) > LONGEST_PROPERTY:
            return told or _property(line)
        told = longer
    return told


def _property(text: str) -> str:
    return one_line(text)[:LONGEST_PROPERTY]


def packed(document: Document) -> bytes:
    """The document as a zip file without times; the order of its parts is that of their relations."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(fixed, "w") as book:
        for name in parts.namelist():
            entry = ZipInfo(name, NO_ZIP_TIME)
            entry.compress_type = ZIP_STORED if name.startswith(MEDIA) else ZIP_DEFLATED
            entry.create_system = 0
            book.writestr(entry, parts.read(name))
    return fixed.getvalue()
