"""A house's own look: the face of its books, or a Word file with its styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from biographies.exports.docx import styles
from biographies.exports.docx.elements import element, one_line
from biographies.exports.docx.looks import TABBED, looks
from biographies.exports.docx.sheet import Sheet

DEFAULT_FACE: Final = "Palatino Linotype"
# What a program may take where it lacks a face: others of the same widths.
OTHER_NAMES: Final[Mapping[str, str]] = {
    "Palatino Linotype": "Book Antiqua",
    "Times New Roman": "Liberation Serif",
    "Cambria": "Caladea",
    "Georgia": "Gelasio",
    "Garamond": "EB Garamond",
}
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
POINTERS: Final = ("basedOn", "next", "link")


class BadTemplate(ValueError):
    """A reference document that a book can't be printed with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class House:
    """`face` is the name of a typeface; `template` the bytes of a Word file, whose styles and faces are used
    instead of the book's own."""

    face: str = DEFAULT_FACE
    template: bytes = b""

    @property
    def text_face(self) -> str:
        """The face that the text is set in. Raises BadTemplate."""
        return _template_face(_opened(self.template)) if self.template else self.face


def dress(document: Document, house: House, language: str, sheet: Sheet) -> None:
    """Give the document its styles and faces. Raises BadTemplate."""
    if house.template:
        _adopt(document, house.template, language, sheet)
        return
    styles.install(document, language, sheet)
    face = one_line(house.face)[:31] or DEFAULT_FACE  # the longest name that Word takes
    theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _with_face(theme.blob, face)
    _name_faces(document, face)


def _with_face(theme: bytes, face: str) -> bytes:
    """The theme with this face for headings and text in Latin letters."""
    root = etree.fromstring(theme)
    for latin in root.iter(f"{DRAWING}latin"):
        if latin.getparent().tag in (f"{DRAWING}majorFont", f"{DRAWING}minorFont"):
            latin.set("typeface", face)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _name_faces(document: Document, face: str) -> None:
    """The table of fonts: what may stand in for the face."""
    other = [element("altName", val=OTHER_NAMES[face])] if face in OTHER_NAMES else []
    font = element(
        "font", *other, element("family", val="roman"), element("pitch", val="variable"), name=face
    )
    part = XmlPart(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, element("fonts", font), document.part.package
    )  # fmt: skip
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _template_face(template: Document) -> str:
    """What Normal or the defaults name, or the theme behind them; "" where nothing does."""
    root = template.styles.element
    normal = [style for style in root.iter(qn("w:style")) if style.get(qn("w:default")) == "1"]
    for place in (*normal, root.find(qn("w:docDefaults"))):
        faces = next(place.iter(qn("w:rFonts")), None) if place is not None else None
        if faces is not None and (named := faces.get(qn("w:ascii"))) and not faces.get(qn("w:asciiTheme")):
            return str(named)
    try:
        theme = etree.fromstring(template.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    except KeyError:
        return ""
    latin = theme.find(f".//{DRAWING}minorFont/{DRAWING}latin")
    return "" if latin is None else str(latin.get("typeface", ""))


def check_template(data: bytes) -> None:
    """Raise BadTemplate where the file isn't one of Word's, or lacks styles."""
    _own_ids(_opened(data).styles.element)


def _opened(data: bytes) -> Document:
    try:
        return docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise BadTemplate(f"the reference document isn't a Word file (.docx): {error}") from error


def _adopt(document: Document, data: bytes, language: str, sheet: Sheet) -> None:
    """The template's styles under the ids that a book uses, and its theme; nothing else of it."""
    template = _opened(data)
    root = template.styles.element
    known = _own_ids(root)
    _rename(root, known)
    for numbered in list(root.iter(qn("w:numPr"))):
        numbered.getparent().remove(numbered)
    for told in root.iter(qn("w:lang")):
        told.getparent().replace(told, styles.spelling(language))
    _fit_tabs(root, sheet)
    absent = sorted(styles.OPTIONAL - set(known.values()))
    root.extend(styles.paragraph_style(identity, looks(sheet)[identity], language) for identity in absent)
    own = document.styles.element
    for child in list(own):
        own.remove(child)
    own.extend(list(root))
    _take_theme(document, template)


def _own_ids(root: BaseOxmlElement) -> dict[str, str]:
    """The id that a book uses for each style of the template that it knows by name. Word may have translated
    and renamed the ids; the names of its own styles it keeps, but for capitals."""
    listed = {
        style.find(qn("w:name")).get(qn("w:val")).casefold(): style.get(qn("w:styleId"))
        for style in root.iter(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }
    wanted = styles.names()
    absent = {identity for identity, name in wanted.items() if name.casefold() not in listed}
    missing = sorted(wanted[identity] for identity in absent - styles.OPTIONAL)
    if missing:
        raise BadTemplate(
            f"the reference document lacks the styles {', '.join(missing)}: begin with the file that "
            "`manage.py reference_docx` writes, and keep the names of its styles"
        )
    return {listed[name.casefold()]: identity for identity, name in wanted.items() if identity not in absent}


def _rename(root: BaseOxmlElement, ids: Mapping[str, str]) -> None:
    """The book's ids for the styles that it knows; a stranger that bears one of them gets another."""
    taken = set(styles.names())
    for style in root.iter(qn("w:style")):
        style.set(qn("w:styleId"), _renamed(style.get(qn("w:styleId")), ids, taken))
    for pointer in root.iter(*(qn(f"w:{name}") for name in POINTERS)):
        pointer.set(qn("w:val"), _renamed(pointer.get(qn("w:val")), ids, taken))


def _renamed(identity: str, ids: Mapping[str, str], taken: set[str]) -> str:
    return ids.get(identity) or (f"{identity}Other" if identity in taken else identity)


def _fit_tabs(root: BaseOxmlElement, sheet: Sheet) -> None:
    """Stops at the edge of the text stand where this page has it."""
    fitting = looks(sheet)
    for style in root.iter(qn("w:style")):
        if (identity := style.get(qn("w:styleId"))) in TABBED:
            properties = style.get_or_add_pPr()
            for old in properties.findall(qn("w:tabs")):
                properties.remove(old)
            properties._insert_tabs(styles.tab_stops(fitting[identity]))


def _take_theme(document: Document, template: Document) -> None:
    try:
        theirs: Part = template.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    except KeyError:
        return  # its styles name their faces themselves
    theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(rb"r:(?:embed|link|id)=\"[^\"]*\"", b"", theirs.blob)
