"""What a reader sees of a Word document's body, and what is formatted as hidden.

python-docx gives the runs that are children of a paragraph, and drops without a word what Word wraps:
recognised names (smart tags), insertions that nobody has accepted yet, moved text, content controls, tables in
tables. A quotation would lose its middle. So the elements are walked here; python-docx still reads each run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from docx.oxml.ns import qn

# Elements of WordprocessingML (ECMA-376, part 1, section 17).
_PARAGRAPH: Final = qn("w:p")
_ROW: Final = qn("w:tr")
_CELL: Final = qn("w:tc")
_RUN: Final = qn("w:r")
_VANISH: Final = f"{qn('w:rPr')}/{qn('w:vanish')}"
_GALLERY: Final = f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}"
_CONTENTS: Final = "Table of Contents"
# Properties, what was deleted, what stands elsewhere by now, and what is said again for older readers.
_OUT: Final = frozenset(
    map(qn, ("w:pPr", "w:tcPr", "w:trPr", "w:tblPr", "w:sdtPr", "w:del", "w:moveFrom"))
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_OFF: Final = frozenset({"0", "false", "off"})

Element = Any  # lxml's, of python-docx's classes


def paragraphs(body: Element) -> Iterator[str]:
    """The paragraphs of a body, a row of a table as one; a cell that spans columns or rows is said once."""
    for paragraph in _inside(body, frozenset({_PARAGRAPH, _ROW})):
        yield _words(paragraph) if paragraph.tag == _PARAGRAPH else _row(paragraph)


def hidden_words(body: Element) -> list[str]:
    """The words that Word formats as hidden, a paragraph's together."""
    found = (
        "".join(run.text for run in _runs(paragraph) if _is_hidden(run))
        for paragraph in _inside(body, frozenset({_PARAGRAPH}))
    )
    return [words for words in found if words.strip()]


def _inside(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The outermost elements of these kinds, in their order, through whatever wraps them."""
    for child in element.iterchildren():
        if child.tag in wanted:
            yield child
        elif child.tag not in _OUT and _gallery(child) != _CONTENTS:
            yield from _inside(child, wanted)


def _gallery(element: Element) -> str:
    """Of what kind a building block of Word's is, if it is one."""
    part = element.find(_GALLERY)
    return "" if part is None else str(part.get(qn("w:val"), ""))


def _row(row: Element) -> str:
    cells = (_inside(cell, frozenset({_PARAGRAPH})) for cell in _inside(row, frozenset({_CELL})))
    texts = (" ".join(_words(paragraph).split()) for cell in cells for paragraph in cell)
    return " ".join(filter(None, texts))


def _words(paragraph: Element) -> str:
    return "".join(run.text for run in _runs(paragraph) if not _is_hidden(run))


def _runs(paragraph: Element) -> Iterator[Element]:
    return _inside(paragraph, frozenset({_RUN}))


def _is_hidden(run: Element) -> bool:
    vanish = run.find(_VANISH)
    return vanish is not None and str(vanish.get(qn("w:val"), "")).lower() not in _OFF
