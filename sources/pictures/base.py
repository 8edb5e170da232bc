"""What a picture is, before and after it was written anew. Knows no Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sources.errors import Unreadable
from sources.extracting.base import marked as _

MAX_BYTES: Final = 20_000_000  # of a file as it came
MAX_PIXELS: Final = 60_000_000  # of a picture as it came; as red, green and blue 180 MB
FEWEST_PIXELS: Final = 40  # of a side: less is a dot on paper
# The longest side that is kept: 300 dots to an inch on the type area of an A4 page, as printers ask for.
LONGEST_SIDE: Final = 2_600
SUFFIXES: Final = (".jpg", ".jpeg", ".png")
KINDS: Final = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}

TOO_LARGE: Final = _("It is larger than 20 MB. Save it smaller: 2,600 pixels on the longer side are enough.")
OTHER_KIND: Final = _("It is no JPEG and no PNG. Save it as one of these, and add it again.")
TOO_MANY_PIXELS: Final = _("It has more than 60 million pixels. Save it smaller, and add it again.")
TOO_SMALL: Final = _("It is smaller than 40 pixels on a side, too small to be printed.")
DAMAGED: Final = _("It is damaged or cut off. Open it in a picture program, save it anew, and add it again.")


@dataclass(frozen=True, slots=True)
class Picture:
    """Clean bytes, what they are (`image/jpeg` or `image/png`), and how large in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


def kind_of(data: bytes) -> str:
    """The media type by the first bytes; raises Unreadable for what is oversized or neither JPEG nor PNG."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    for kind, magic in KINDS.items():
        if data.startswith(magic):
            return kind
    raise Unreadable(OTHER_KIND)
