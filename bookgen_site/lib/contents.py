"""What a document is, by its bytes: neither the server's header nor the address is believed."""

from __future__ import annotations

import codecs
import json
import re
from typing import Final

_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
# The HTML standard lets a page leave out <html>, <head> and <body>; it then begins with one of these.
_BARE_HTML: Final = re.compile(
    rb"<(?:title|meta|link|base|style|script|p|div|main|article|section|header|nav|h[1-6]|table|center)[\s>/]",
    re.IGNORECASE,
)
# What may stand before anything of a page: remarks, of whichever length, and a declaration.
_BEFORE: Final = re.compile(rb"(?:\s+|<!--.{0,60000}?-->|<\?xml\b[^>]{0,200}\?>)+", re.DOTALL)
_OTHER_MARKUP: Final = re.compile(rb"<(?:rss|feed|svg|rdf:rdf|urlset|opml|tei)[\s>]", re.IGNORECASE)
_MAIL: Final = re.compile(
    rb"^(?:content-type:\s*multipart/|content-transfer-encoding:\s*(?:base64|quoted-printable))",
    re.IGNORECASE | re.MULTILINE,
)
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZIP: Final = b"PK\x03\x04"
_NOT_PROSE: Final = (b"<?xml", b"<rss", b"<feed", b"<svg", b"%!PS", b"{\\rtf", b"#!/", b"<?php")
_RECORD: Final = re.compile(rb"\{\s*(?:\"[^\"\n]{0,200}\"\s*:|\})")
_SAMPLE: Final = 200_000
_START: Final = 65_536
_CONTROLS: Final = bytes(code for code in range(32) if code not in (9, 10, 11, 12, 13, 27))


def is_page(data: bytes, *, bare: bool = True) -> bool:
    """Whether these bytes are a web page by their beginning; data and archives that hold a page's marks aren't.

    Not `bare`: only if it says so with a doctype, <html>, <head> or <body>.
    """
    # The zero bytes are those of UTF-16.
    start = data[:_START].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    before = _BEFORE.match(start)
    head = start[before.end() if before else 0 :][:2048]
    if _RECORD.match(head) or _OTHER_MARKUP.match(head) or is_mail(data):
        return False
    return bool(_HTML.search(head) or (bare and _BARE_HTML.match(head)))


def is_mail(data: bytes) -> bool:
    """Whether these bytes are an e-mail or a web archive (MHTML), whose words are packed: "spring=20of"."""
    return bool(_MAIL.search(data[:2048].replace(b"\r\n", b"\n")))


def document_kind(data: bytes) -> str:
    """Return "pdf", "docx", "html" or "text"; "" for all else (images, archives, programs, data)."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf\x00\r\n\t ")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(_ZIP):
        return "docx" if b"word/" in data and b"[Content_Types].xml" in data else ""
    if is_page(data):
        return "html" if _is_text(data) else ""
    return "text" if _is_text(data) and not _is_data(data, head) else ""


def _is_text(data: bytes) -> bool:
    """Text has hardly any control characters, in whichever encoding."""
    sample = data[:_SAMPLE]
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            sample = sample.decode(encoding, errors="replace").encode()
            return sample.count("\ufffd".encode()) * 100 <= len(sample)
    if b"\x00" in sample:
        return _is_wide(sample)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 200 <= len(sample)


def _is_wide(sample: bytes) -> bool:
    """UTF-16 without a mark: every second byte of Western text is zero, and none of the others."""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    most, least = max(odd, even), min(odd, even)
    return most > len(sample) * 0.4 and least * 100 < len(sample)


def _is_data(data: bytes, head: bytes) -> bool:
    """JSON, feeds, programs and the like are text too, but nothing to quote from."""
    if head.startswith(_NOT_PROSE) or is_mail(data):
        return True
    return _is_json(data, head)


def _is_json(data: bytes, head: bytes) -> bool:
    """One record, or lines of them, by their first key; a list by reading it, since "[1]" may begin a note."""
    if _RECORD.match(head):
        return data[-200:].rstrip(b"\x00\r\n\t ").endswith(b"}")
    if not head.startswith(b"["):
        return False
    try:
        json.loads(data)
    except (ValueError, UnicodeError):
        return False
    except RecursionError:
        pass  # brackets in brackets, ten thousand deep: no prose either
    return True
