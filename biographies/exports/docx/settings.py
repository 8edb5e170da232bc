"""Document settings: ECMA-376-1, 17.15.1; the elements stand in the order of the schema."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element
from biographies.exports.docx.notes import SEPARATORS

WORD = "http://schemas.microsoft.com/office/word"
COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}


def install(document: Document) -> None:
    """Replace the template's settings: facing pages, hyphenation, footnotes."""
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    root.extend(_page_settings())
    root.append(_footnotes())
    root.append(_compatibility())
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


def numbering() -> list[BaseOxmlElement]:
    """Arabic note numbers that start at 1 on every page, for the document and for each section."""
    return [element("numFmt", val="decimal"), element("numRestart", val="eachPage")]


def _footnotes() -> BaseOxmlElement:
    separators = (element("footnote", id=identity) for identity in SEPARATORS)
    return element("footnotePr", element("pos", val="pageBottom"), *numbering(), *separators)
