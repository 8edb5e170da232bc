"""The cover of a paperback in one piece: back, spine and front, with bleed on all four sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from biographies.exports.cover.design import box, document, frame, front_panels, sheet, shortened
from biographies.exports.docx.elements import one_line
from biographies.exports.machinery import ONE_AT_A_TIME
from biographies.exports.manuscript import Manuscript
from biographies.exports.markup.nodes import Node, node
from biographies.exports.pdf.book import ready_press

BARCODE: Final = (2.0, 1.2)  # inches: the white field for the shop's barcode, kdp.amazon.com G201857950
BARCODE_INSET: Final = 0.25
MOST_ON_BACK: Final = 900  # letters


@dataclass(frozen=True, slots=True)
class Wrap:
    """The measures of a cover in inches. `lettered`: whether the spine is broad enough for words."""

    trim_width: float
    trim_height: float
    spine: float
    bleed: float
    lettered: bool

    @property
    def width(self) -> float:
        """The whole sheet: two covers, the spine, bleed on both sides."""
        return 2 * self.trim_width + self.spine + 2 * self.bleed

    @property
    def height(self) -> float:
        """The whole sheet with bleed above and below."""
        return self.trim_height + 2 * self.bleed


def wrap(book: Manuscript, measures: Wrap, blurb: str) -> bytes:
    """The cover as a PDF of exactly these measures. Raises FormatUnavailable where pages can't be laid out."""
    press = ready_press()
    front = measures.bleed + measures.trim_width + measures.spine
    size = (measures.trim_width, measures.trim_height)
    panels = [
        *frame(front, measures.bleed, *size, 0.3),
        *front_panels(book, front, measures.bleed, *size),
        _back(measures, blurb),
        _barcode(measures),
        *([_spine(book, measures)] if measures.lettered else []),
    ]
    with ONE_AT_A_TIME:
        pages = press.laid_out(document(book, *panels), sheet(book, measures.width, measures.height))
        data: bytes = press.bound([pages])
    return data


def _back(measures: Wrap, blurb: str) -> Node:
    text = shortened(blurb, MOST_ON_BACK)
    inset = 0.6
    style = f"{box(measures.bleed, measures.bleed, measures.trim_width, measures.trim_height)}; padding:0.9in {inset}in"
    words = node(
        "p", text, style="text-align:left; font-size:0.155in; line-height:1.45; overflow-wrap:anywhere"
    )
    return node("div", words, class_="panel", style=f"{style}; box-sizing:border-box")


def _barcode(measures: Wrap) -> Node:
    """Empty and white, at the lower corner by the spine."""
    width, height = BARCODE
    left = measures.bleed + measures.trim_width - BARCODE_INSET - width
    top = measures.bleed + measures.trim_height - BARCODE_INSET - height
    return node("div", style=f"position:absolute; background:#fff; {box(left, top, width, height)}")


def _spine(book: Manuscript, measures: Wrap) -> Node:
    """The title along the spine, read from above."""
    words = " · ".join(one_line(text) for text in (book.title, book.author_line) if one_line(text))
    left, middle = measures.bleed + measures.trim_width, measures.height / 2
    height = min(measures.spine * 0.5, 0.22)
    place = box(
        left + measures.spine / 2 - measures.trim_height / 2,
        middle - height,
        measures.trim_height,
        2 * height,
    )
    look = f"transform:rotate(90deg); font-size:{height:.4f}in; line-height:{2 * height:.4f}in; white-space:nowrap"
    return node("div", node("p", shortened(words, 60)), class_="panel", style=f"{place}; {look}")
