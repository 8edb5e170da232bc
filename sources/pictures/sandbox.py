"""Decoding in a child process with limits, as documents are read: whatever a picture does costs itself alone."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from sources.extracting.base import marked as _
from sources.extracting.sandbox import Allowance, Pool, Reasons
from sources.extracting.wire import Garbled
from sources.pictures.base import KINDS, LONGEST_SIDE, Picture, kind_of

COMMAND: Final = (sys.executable, "-m", "sources.pictures.child")


class Darkroom(Pool[Picture]):
    """The children that decode pictures."""

    reasons: ClassVar[Reasons] = Reasons(
        crashed=_(
            "It crashed its reader: it is damaged, or made to do harm. Save it anew in a picture program."
        ),
        too_long=_("Reading it takes too long. Save it smaller, and add it again."),
        too_big=_("Reading it takes too much memory. Save it smaller, and add it again."),
        broken=_(
            "It can’t be read: it is damaged, or of an unusual kind. Save it anew in a picture program."
        ),
    )

    def made(self, notes: Mapping[str, Any], payload: bytes) -> Picture:
        """The picture, if it is one: a hostile one may have taken the child over."""
        kind, width, height = notes.get("kind"), notes.get("width"), notes.get("height")
        measured = all(type(one) is int and 1 <= one <= LONGEST_SIDE for one in (width, height))
        if not isinstance(kind, str) or kind not in KINDS or not measured:
            raise Garbled("no picture")
        if not payload.startswith(KINDS[kind]):
            raise Garbled("no picture")
        return Picture(payload, kind, int(str(width)), int(str(height)))


_DARKROOM: Final = Darkroom(2, COMMAND, Allowance(seconds=15, seconds_per_megabyte=1, patience=2))
atexit.register(_DARKROOM.close)


def cleaned(data: bytes) -> Picture:
    """The picture, decoded and written anew. Raises Unreadable, with a reason for a person."""
    kind_of(data)
    return _DARKROOM.read(data, "picture")
