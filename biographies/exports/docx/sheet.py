"""The page of each trim size: margins, text block, size of type. Lengths are twips (1/20 pt) unless said.

Gutters and margins are wider than printers ask for: Kindle Direct Publishing wants 0.875 in inside for the
thickest book and 0.25 in outside (its page "Set Trim Size, Bleed, and Margins").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from biographies.exports.options import TRIMS


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with mirrored margins; `size` and `leading` of the text in points."""

    width: int
    height: int
    top: int
    bottom: int
    inside: int
    outside: int
    header: int
    footer: int
    size: float
    leading: float
    gutter: int = 180

    @property
    def text_width(self) -> int:
        """The length of a line."""
        return self.width - self.inside - self.outside - self.gutter

    @property
    def text_height(self) -> int:
        """From the top of the text to its foot."""
        return self.height - self.top - self.bottom

    def points(self, at_ten_and_a_half: float) -> float:
        """A size of type in proportion to the text's, in half points as Word keeps them."""
        return round(at_ten_and_a_half * self.size / 10.5 * 2) / 2

    def down(self, share: float) -> int:
        """A share of the height of the text."""
        return round(self.text_height * share)


def _sheet(trim: str, size: float, leading: float, margins: tuple[int, int, int, int, int, int]) -> Sheet:
    page = TRIMS[trim]
    top, bottom, inside, outside, header, footer = margins
    return Sheet(
        page.width, page.height, top, bottom, inside, outside, header, footer, size=size, leading=leading
    )


# Size and leading; top, bottom, inside, outside, header, footer. Lines of 58 to 68 letters.
SHEETS: Final[Mapping[str, Sheet]] = {
    "5x8": _sheet("5x8", 9.5, 12.8, (1180, 1040, 860, 780, 640, 540)),
    "5.5x8.5": _sheet("5.5x8.5", 10, 13.4, (1270, 1120, 940, 860, 690, 580)),
    "6x9": _sheet("6x9", 10.5, 14.2, (1370, 1220, 1030, 950, 750, 640)),
    "a5": _sheet("a5", 10, 13.6, (1230, 1090, 970, 900, 670, 570)),
    "a4": _sheet("a4", 12, 16.5, (2000, 1900, 1950, 1950, 1100, 1000)),
}
