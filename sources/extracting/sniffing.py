"""Which format a file is in: by its content first, by its name second."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from sources.errors import Unreadable
from sources.extracting.base import KNOWN_FORMATS

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_REFUSED = (
    (b"PK\x03\x04", f"This is a ZIP file, but not a Word document. Unpack it and upload {KNOWN_FORMATS}."),
    (b"\xd0\xcf\x11\xe0", "This is an old Word file (.doc). Save it as .docx or PDF and upload that."),
    (b"{\\rtf", "This is a Rich Text file. Save it as .docx or PDF and upload that."),
    (b"\x89PNG", "This is an image. Run OCR first and upload the text, or a PDF with a text layer."),
    (b"\xff\xd8\xff", "This is an image. Run OCR first and upload the text, or a PDF with a text layer."),
    (b"GIF8", "This is an image. Run OCR first and upload the text, or a PDF with a text layer."),
    (b"\x1f\x8b", f"This file is compressed. Unpack it and upload {KNOWN_FORMATS}."),
    (b"<?xml", f"This is XML data. Upload {KNOWN_FORMATS}."),
    (b"%!PS", "This is a PostScript file. Convert it to PDF and upload that."),
)
_DATA_SUFFIXES = frozenset(
    {".json", ".jsonl", ".csv", ".tsv", ".xml", ".svg", ".js", ".css", ".yaml", ".yml"}
)


def sniff(data: bytes, filename: str) -> str:
    """Return "pdf", "docx", "html", "md" or "txt"; raise Unreadable for anything else."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf\x00\r\n\t ")
    suffix = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") and b"word/" in data:
        return "docx"
    # The zero bytes are those of UTF-16.
    if _HTML.search(head.replace(b"\x00", b"")):
        return "html"
    _refuse_others(head, suffix)
    if suffix in (".html", ".htm", ".xhtml") and b"<" in data:
        return "html"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _refuse_others(head: bytes, suffix: str) -> None:
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise Unreadable(reason)
    if suffix in _DATA_SUFFIXES:
        raise Unreadable(f"Files that end in {suffix} hold data, not prose. Upload {KNOWN_FORMATS}.")
