"""What parent and child say to each other over pipes: frames of a length and that many bytes.

The child is asked with two frames (a name, the document) and answers with two (JSON about the document; what was
made of it: of a text its digest, as JSON after its length, and the text). Nothing is unpickled, and a frame that is
longer than its reader allows ends the talk.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any, Final

from bookgen_site.lib.text import clean_text
from sources.digest import Digest
from sources.extracting.base import FORMATS, Extracted

MOST_NOTES: Final = 200_000  # bytes of JSON
# Bytes of UTF-8; 20 MB of Cyrillic in one byte a letter become 40, and a digest.
MOST_TEXT: Final = 80_000_000
_LENGTH: Final = struct.Struct(">Q")
_FIELDS: Final = ("title", "author", "date", "language", "publisher", "url")
_LONGEST_WARNING: Final = 500  # characters
_MOST_WARNINGS: Final = 20


class Garbled(Exception):
    """What came over the pipe is no answer."""


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Send one frame; raises OSError when nobody reads."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes], most: int) -> bytes | None:
    """Return the next frame, or None at the end of the stream; raises Garbled for more than `most` bytes."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise Garbled(f"a frame of {length} bytes")
    payload = stream.read(length)
    return payload if len(payload) == length else None


def pack(document: Extracted) -> tuple[dict[str, Any], bytes]:
    """What the child says of a document, and its text."""
    notes = {name: getattr(document, name) for name in _FIELDS}
    told = {"format": document.format, "warnings": list(document.warnings), "hidden": document.hidden}
    said = json.dumps(document.digest.told()).encode()
    return notes | told, b"".join((_LENGTH.pack(len(said)), said, document.text.encode()))


def notes_of(frame: bytes) -> Mapping[str, Any]:
    """The child's JSON object; raises Garbled."""
    try:
        notes = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise Garbled("no JSON") from error
    if not isinstance(notes, dict):
        raise Garbled("no object")
    return notes


def unpack(notes: Mapping[str, Any], payload: bytes) -> Extracted:
    """The document, checked and cleaned again: a hostile document may have taken the child over."""
    text, said = _parted(payload)
    warnings = notes.get("warnings")
    if notes.get("format") not in FORMATS or not isinstance(warnings, list):
        raise Garbled("no document")
    return Extracted(
        text=text,
        format=str(notes["format"]),
        digest=said,
        warnings=tuple(_line(warning)[:_LONGEST_WARNING] for warning in warnings[:_MOST_WARNINGS]),
        hidden=bool(notes.get("hidden")),
        **{name: _line(notes.get(name, "")) for name in _FIELDS},
    )


def _parted(payload: bytes) -> tuple[str, Digest]:
    """The text and its digest; raises Garbled for a text that isn't clean, since its offsets would mean nothing."""
    try:
        (length,) = _LENGTH.unpack_from(payload)
        start = _LENGTH.size + length
        text = payload[start:].decode()
        said = Digest.of(json.loads(payload[_LENGTH.size : start]), len(text))
    except (ValueError, RecursionError, struct.error) as error:
        raise Garbled("no text") from error
    if clean_text(text) != text:
        raise Garbled("a text that isn't clean")
    return text, said


def _line(value: object) -> str:
    return clean_text(str(value), multiline=False)
