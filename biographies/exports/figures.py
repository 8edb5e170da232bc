"""How large an image is printed."""

from __future__ import annotations

from typing import Final

from biographies.exports.manuscript import Figure

# Dots to an inch below which a print looks coarse: a smaller image is printed smaller instead of being blown up.
FEWEST_DOTS: Final = 150
# The most of the height of the type area that an image takes: under it stands its caption, and under a chapter's
# heading the text is to begin on the same page.
AT_OPENING: Final = 0.4
AT_END: Final = 0.6
ALONE: Final = 0.8


def printed_size(figure: Figure, width: float, height: float, most: float) -> tuple[float, float]:
    """Width and height in inches on a type area of these inches, of whose height it takes `most`: never wider than
    the text, never distorted, never coarse."""
    scale = min(width / figure.width, height * most / figure.height, 1 / FEWEST_DOTS)
    return figure.width * scale, figure.height * scale
