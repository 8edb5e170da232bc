"""Measures of a paperback at Kindle Direct Publishing. All lengths in inches.

Source of them all: "Paperback Submission Guidelines", the page at `RULES`, as of November 2026. Amazon may change
them: the previewer at the upload has the last word.
"""

from __future__ import annotations

from typing import Final

RULES: Final = "https://kdp.amazon.com/en_US/help/topic/G201857950"
# Thickness of one page by paper and ink: black ink on white, black ink on cream, premium colour on white.
THICKNESS: Final = {"white": 0.002252, "cream": 0.0025, "colour": 0.002347}
BLEED: Final = 0.125  # on every outer edge of the cover
FEWEST_PAGES, MOST_PAGES = 24, 828  # of any paperback; some papers and sizes allow fewer than 828
FEWEST_FOR_SPINE_TEXT: Final = 79  # pages
# Least inside margin by page count: up to so many pages, so much.
INSIDE: Final = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
LEAST_OUTSIDE: Final = 0.25  # without bleed


def spine(pages: int, paper: str) -> float:
    """The width of the spine: page count times the thickness of a page of this paper."""
    return pages * THICKNESS[paper]


def cover_size(trim: tuple[float, float], pages: int, paper: str) -> tuple[float, float]:
    """Width and height of the whole cover: bleed, back, spine, front, bleed; bleed above and below."""
    width, height = trim
    return 2 * BLEED + 2 * width + spine(pages, paper), 2 * BLEED + height


def inside_needed(pages: int) -> float | None:
    """The least inside margin for so many pages; None beyond the largest book."""
    return next((margin for most, margin in INSIDE if pages <= most), None)
