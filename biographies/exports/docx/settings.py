"""Document settings: ECMA-376-1, 17.15.1; the elements stand in the order of the schema."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element
from biographies.exports.docx.notes import SEPARATORS, NoteKind
from biographies.exports.docx.wording import language_tag

WORD = "http://schemas.microsoft.com/office/word"
COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}


def install(document: Document, notes: NoteKind, language: str) -> None:
    """Replace the template's settings: facing pages, hyphenation, notes, language."""
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    root.extend(_page_settings())
    root.append(_notes(notes))
    root.append(_compatibility())
    root.append(element("themeFontLang", val=language_tag(language)))
    root.extend([element("decimalSymbol", val="."), element("listSeparator", val=",")])


def _page_settings() -> list[BaseOxmlElement]:
    return [
        element("zoom", val="fullPage", percent="100"),
        element("mirrorMargins"),
        element("defaultTabStop", val="360"),
        element("autoHyphenation"),
        element("consecutiveHyphenLimit", val="3"),
        element("hyphenationZone", val="280"),
        element("doNotHyphenateCaps"),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="doNotCompress"),
    ]


def _compatibility() -> BaseOxmlElement:
    modes = COMPATIBILITY.items()
    return element(
        "compat", *(element("compatSetting", name=name, uri=WORD, val=mode) for name, mode in modes)
    )


def numbering(notes: NoteKind) -> list[BaseOxmlElement]:
    """Arabic numbers, for the document and for each section: footnotes from 1 on every page, endnotes from 1 in
    every section."""
    restart = "eachPage" if notes.tag == "footnote" else "eachSect"
    return [element("numFmt", val="decimal"), element("numRestart", val=restart)]


def _notes(notes: NoteKind) -> BaseOxmlElement:
    """Endnotes stand at the end of a section: of that one which doesn't refuse them."""
    place = "pageBottom" if notes.tag == "footnote" else "sectEnd"
    separators = (element(notes.tag, id=identity) for identity in SEPARATORS)
    return element(f"{notes.tag}Pr", element("pos", val=place), *numbering(notes), *separators)
