"""Bytes of a text file become characters."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from sources.errors import Unreadable
from sources.extracting.base import marked as _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN_SHARE = 0.03  # English, French or German in Latin-1 stays below; Cyrillic or Greek is far above
_BROKEN_SHARE = 0.02  # of the characters beyond ASCII may be damaged in a file that is still UTF-8
_SAMPLE = 200_000
# "ISO-8859-1" in a page means Windows-1252, as browsers read it (WHATWG Encoding Standard, 4.2).
_MEANT_WINDOWS = ("ascii", "iso8859-1", "cp1252")
_WINDOWS = {byte: char for byte in range(0x80, 0xA0) if (char := bytes((byte,)).decode("cp1252", "ignore"))}
_GUESSED = _("The character encoding is a guess: look for wrong letters.")
_NO_TEXT = _("This file isn't text. Upload the document itself, not a program or an image.")
# A page may name any codec of Python's: only those of real texts are used, so neither UTF-7 nor escapes.
_OF_TEXTS = re.compile(
    r"utf-8|iso8859|cp(?:125|87|86|85|43|93|94|95)\d|koi8|mac|euc|gb|big5|shift_jis|iso2022|johab|tis-620|hz"
)


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """Return the text of `data` and warnings; `declared` is the encoding that the document names.

    Raises Unreadable for bytes that are no text in any encoding.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), []
    if b"\x00" in data[:_SAMPLE]:
        return data.decode(_wide(data), errors="replace"), []
    _refuse_junk(data)
    for encoding in ("utf-8", declared):
        text = _strictly(data, encoding)
        if text is not None:
            return text, []
    return _guess(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name if encoding else ""
        if name in _MEANT_WINDOWS:
            return _western(data)
        return data.decode(name) if _OF_TEXTS.match(name) else None
    except (UnicodeDecodeError, LookupError):
        return None


def refuse_binary(data: bytes) -> None:
    """Raise Unreadable for bytes that are no text in any encoding, as far as their beginning tells."""
    if not any(data.startswith(bom) for bom, _encoding in _BOMS):
        _wide(data) if b"\x00" in data[:_SAMPLE] else _refuse_junk(data)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    sample = data[:_SAMPLE]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[start::2].count(0)
        if zeros > len(sample) * 0.4 and sample.count(0) - zeros < len(sample) * 0.01:
            return encoding
    raise Unreadable(_NO_TEXT)


def _refuse_junk(data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = sum(sample.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    if controls > len(sample) * 0.005:
        raise Unreadable(_NO_TEXT)


def _guess(data: bytes) -> tuple[str, list[str]]:
    damaged = data.decode("utf-8", errors="replace")
    beyond = sum(1 for char in damaged if char > "\x7f")
    if damaged.count("\ufffd") <= beyond * _BROKEN_SHARE:
        return damaged, [_("Some bytes aren't valid UTF-8; they are shown as �.")]
    high = sum(1 for byte in data[:_SAMPLE] if byte > 127)
    if high <= len(data[:_SAMPLE]) * _WESTERN_SHARE:
        return _western(data), []
    best = from_bytes(data[:_SAMPLE]).best()
    text = _strictly(data, best.encoding) if best else None
    if text is None:
        return _western(data), [_GUESSED]
    return text, [_GUESSED]


def _western(data: bytes) -> str:
    """Windows-1252 where it is defined, else ISO-8859-1: what old files of Western text are in."""
    return data.decode("latin-1").translate(_WINDOWS)
