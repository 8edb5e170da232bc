"""Styles as WordprocessingML: ECMA-376-1, 17.7 Styles. Elements stand in the order of the schema."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element
from biographies.exports.docx.looks import Look, looks
from biographies.exports.docx.sheet import SHEETS, Sheet
from biographies.exports.docx.wording import language_tag, reads_right_to_left

FLAGS_BEFORE_TABS = ("keepNext", "keepLines", "widowControl")
FLAGS_AFTER_TABS = ("suppressAutoHyphens", "bidi")
BASES = {
    "DefaultParagraphFont": ("character", "Default Paragraph Font"),
    "TableNormal": ("table", "Normal Table"),
    "NoList": ("numbering", "No List"),
}
# Character styles by id: name, and what they do.
CALLS = {"FootnoteReference": "footnote reference", "EndnoteReference": "endnote reference"}
OPENING = ("OpeningWords", "Opening Words")
TABLE = ("BookTable", "Book Table")
# What OpenType faces have and Word uses only when asked: [MS-DOCX] 2.6.1, ligatures and old-style figures.
FIGURES = """<w:rPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:ligatures w14:val="standard"/>
 <w14:numForm w14:val="oldStyle"/></w:rPr>"""


# Styles that a team's template of an earlier release hasn't got: it gets the book's own.
OPTIONAL = frozenset({"BookImage", "Caption"})


def names() -> dict[str, str]:
    """Every style that a book uses by its id: the name that a template must have."""
    from_looks = {identity: look.name for identity, look in looks(SHEETS["6x9"]).items()}
    return from_looks | CALLS | dict([OPENING, TABLE])


def install(document: Document, language: str, sheet: Sheet) -> None:
    """Replace the template's styles by the book's own."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults(language, sheet))
    root.extend(paragraph_style(identity, look, language) for identity, look in looks(sheet).items())
    root.extend([*_bases(), *_calls(), _opening(), _table_style()])


def _defaults(language: str, sheet: Sheet) -> BaseOxmlElement:
    """Theme fonts, so that the face of a book is changed in one place; kerning, ligatures, old-style figures."""
    faces = {"asciiTheme": "minorHAnsi", "eastAsiaTheme": "minorEastAsia"}
    faces |= {"hAnsiTheme": "minorHAnsi", "cstheme": "minorBidi"}
    half_points = str(round(sheet.size * 2))
    properties = element(
        "rPr",
        element("rFonts", **faces),
        element("kern", val="16"),
        element("sz", val=half_points),
        element("szCs", val=half_points),
        spelling(language),
        *parse_xml(FIGURES),
    )
    return element("docDefaults", element("rPrDefault", properties), element("pPrDefault"))


def spelling(language: str) -> BaseOxmlElement:
    """The language of all text."""
    tag = language_tag(language)
    return element("lang", val=tag, eastAsia=tag, bidi=tag)


def paragraph_style(identity: str, look: Look, language: str) -> BaseOxmlElement:
    """A style of a document in this language."""
    marks = {"default": "1"} if identity == "Normal" else {"customStyle": "1"} if look.own else {}
    style = element("style", type="paragraph", **marks, styleId=identity)
    style.append(element("name", val=look.name))
    style.extend([element("basedOn", val=look.based_on)] if look.based_on else [])
    style.extend([element("next", val=look.follows)] if look.follows else [])
    style.append(element("qFormat"))
    right_to_left = identity == "Normal" and reads_right_to_left(language)
    style.append(_paragraph_properties(look, right_to_left))
    style.append(_run_properties(look, right_to_left))
    return style


def tab_stops(look: Look) -> BaseOxmlElement:
    """The stops of a style."""
    return element("tabs", *(element("tab", val=kind, pos=str(place)) for kind, place in look.tabs))


def _paragraph_properties(look: Look, right_to_left: bool) -> BaseOxmlElement:
    flags = (*look.flags, "bidi") if right_to_left else look.flags
    made = [element(flag) for flag in FLAGS_BEFORE_TABS if flag in flags]
    made += [tab_stops(look)] if look.tabs else []
    made += [element(flag) for flag in FLAGS_AFTER_TABS if flag in flags]
    made += [*_spacing(look), *_indent(look)]
    made += [element("jc", val=look.align)] if look.align else []
    made += [element("outlineLvl", val=str(look.outline))] if look.outline is not None else []
    return element("pPr", *made)


def _spacing(look: Look) -> list[BaseOxmlElement]:
    values = {"before": look.before, "after": look.after, "line": round(look.leading * 20) or None}
    given = {name: str(value) for name, value in values.items() if value is not None}
    # "At least", not "exactly": scripts with tall letters need more than the Latin leading.
    rule = {"lineRule": "atLeast"} if look.leading else {}
    return [element("spacing", **given, **rule)] if given else []


def _indent(look: Look) -> list[BaseOxmlElement]:
    values = {"left": look.left, "right": look.right, "hanging": look.hanging}
    given = {name: str(value) for name, value in values.items() if value}
    given |= {"firstLine": str(look.first)} if look.first is not None else {}
    return [element("ind", **given)] if given else []


def _run_properties(look: Look, right_to_left: bool) -> BaseOxmlElement:
    made = [element("i"), element("iCs")] if look.italic else []
    made += [element("smallCaps")] if look.small_caps else []
    made += [element("spacing", val=str(look.letter_spacing))] if look.letter_spacing else []
    half_points = str(round(look.size * 2))
    made += [element("sz", val=half_points), element("szCs", val=half_points)] if look.size else []
    made += [element("rtl")] if right_to_left else []
    return element("rPr", *made)


def _bases() -> list[BaseOxmlElement]:
    """The defaults of the other style types, which Word expects to find."""
    return [
        element("style", element("name", val=name), type=kind, default="1", styleId=identity)
        for identity, (kind, name) in BASES.items()
    ]


def _calls() -> list[BaseOxmlElement]:
    raised = "superscript"
    return [_character_style(*style, element("vertAlign", val=raised)) for style in CALLS.items()]


def _opening() -> BaseOxmlElement:
    """The first words of a chapter."""
    identity, name = OPENING
    style = _character_style(identity, name, element("smallCaps"), element("spacing", val="12"))
    style.set(qn("w:customStyle"), "1")
    return style


def _character_style(identity: str, name: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    return element(
        "style",
        element("name", val=name),
        element("basedOn", val="DefaultParagraphFont"),
        element("rPr", *properties),
        type="character", styleId=identity,
    )  # fmt: skip


def _table_style() -> BaseOxmlElement:
    lines = {"top": ("4", "404040"), "bottom": ("4", "404040"), "insideH": ("2", "B0B0B0")}
    borders = (
        element(side, val="single", sz=size, space="0", color=shade) for side, (size, shade) in lines.items()
    )
    identity, name = TABLE
    return element(
        "style",
        element("name", val=name),
        element("basedOn", val="TableNormal"),
        element("tblPr", element("tblBorders", *borders)),
        type="table", customStyle="1", styleId=identity,
    )  # fmt: skip
