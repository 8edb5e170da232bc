"""The typography of a printed book as CSS, from the size of its pages."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Final

from biographies.exports.faces import family
from biographies.exports.options import ExportOptions

# Small pages have narrower margins and smaller type. Inside margins are those that KDP asks of books of up to
# 700 pages (0.75 in) and 828 pages (0.875 in), "Paperback Submission Guidelines", kdp.amazon.com G201857950.
SHEETS: Final = {  # by trim: inside, outside, top and bottom margin in inches; size and leading of type in points
    "5x8": (0.75, 0.55, 0.75, 0.7, 10, 13),
    "5.5x8.5": (0.8, 0.6, 0.8, 0.75, 10.5, 13.8),
    "6x9": (0.875, 0.7, 0.9, 0.8, 11, 14.4),
    "a5": (0.8, 0.65, 0.8, 0.75, 10.5, 13.8),
    "a4": (1.25, 1.15, 1.2, 1.1, 12, 16),
}
STYLE: Final = Template(Path(__file__).with_name("style.css").read_text(encoding="utf-8"))


def css(options: ExportOptions, *, face: str = "", first_page: int = 1, folio: str = "decimal") -> str:
    """The style sheet for pages in this typeface ("": the book's own) that begin with this number, counted in this
    style ("decimal", "lower-roman")."""
    inside, outside, top, bottom, size, leading = SHEETS[options.trim]
    width, height = options.page.inches
    area = type_area(options)[1] - 0.01  # a box of the whole height would leave no room for rounding
    return STYLE.substitute(
        area=f"{area:.4f}in",
        width=f"{width:.4f}in", height=f"{height:.4f}in", inside=f"{inside}in", outside=f"{outside}in",
        top=f"{top}in", bottom=f"{bottom}in", size=f"{size}pt", leading=f"{leading}pt", font=family(face),
        small=f"{size * 0.78:.2f}pt", small_leading=f"{leading * 0.76:.2f}pt", head=f"{size * 0.8:.2f}pt",
        first_page=first_page, folio=folio, opening="right" if options.recto else "page",
    )  # fmt: skip


def type_area(options: ExportOptions) -> tuple[float, float]:
    """Width and height of the text on a page, in inches."""
    inside, outside, top, bottom, *_type = SHEETS[options.trim]
    width, height = options.page.inches
    return width - inside - outside, height - top - bottom


def inside_margin(options: ExportOptions) -> float:
    """The margin at the spine, in inches."""
    return SHEETS[options.trim][0]
