"""The cheap look at a document when it comes in: what can never become text is told at once.

It reads no more than heads, marks and an archive's table, so it's safe in the process of a web request.
"""

from __future__ import annotations

from sources.errors import Unreadable
from sources.extracting.archives import refuse_swelling
from sources.extracting.base import MAX_BYTES
from sources.extracting.base import marked as _
from sources.extracting.decoding import refuse_binary
from sources.extracting.sniffing import sniff

_TOO_LARGE = _("This file is larger than 20 MB. Split it, or upload its text only.")
_EMPTY = _("This file is empty. Save it anew with its text, and add it again.")
_BLANK = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"


def check(data: bytes, filename: str) -> str:
    """Return the format of a document: "txt", "md", "html", "pdf" or "docx".

    Raises Unreadable for what is oversized, empty, of another kind, no text, or an archive that swells.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(_TOO_LARGE)
    if not data.strip(_BLANK):
        raise Unreadable(_EMPTY)
    kind = sniff(data, filename)
    if kind == "docx":
        refuse_swelling(data)
    elif kind != "pdf":
        refuse_binary(data)
    return kind
