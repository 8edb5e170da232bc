"""Which format a file is in: by its content first, by its name second."""

from __future__ import annotations

from pathlib import PurePosixPath

from bookgen_site.lib.contents import is_mail, is_page
from sources.errors import Unreadable
from sources.extracting.base import marked as _

_ZIP = b"PK\x03\x04"
_IMAGE = _("This is an image. Run OCR first and upload the text, or a PDF with a text layer.")
_MAIL = _(
    "This is an e-mail or a web archive (.mhtml): its words are packed. Save the page as HTML, or its text alone, and"
    " upload that."
)
_XML = _("This is XML data. Upload plain text, Markdown, HTML, PDF or Word (.docx).")
_PACKED = _("This file is compressed. Unpack it and upload plain text, Markdown, HTML, PDF or Word (.docx).")
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", _("This is an old Word file (.doc). Save it as .docx or PDF and upload that.")),
    (b"{\\rtf", _("This is a Rich Text file. Save it as .docx or PDF and upload that.")),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"RIFF", _IMAGE),
    (b"\x1f\x8b", _PACKED),
    (b"Rar!\x1a", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"BZh9", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"(\xb5/\xfd", _PACKED),
    (b"<?xml", _XML),
    (b"<svg", _XML),
    (b"<rss", _XML),
    (b"<feed", _XML),
    (b"%!PS", _("This is a PostScript file. Convert it to PDF and upload that.")),
)
# What an archive of a known kind holds near its beginning, and the kind.
_ARCHIVES = (
    (b"mimetypeapplication/vnd.oasis", _("This is an OpenDocument file. Save it as .docx and upload that.")),
    (b"mimetypeapplication/epub", _("This is an e-book (EPUB). Convert it to .docx or PDF and upload that.")),
)
_OTHER_ARCHIVE = _(
    "This is a ZIP file, but not a Word document. Unpack it and upload plain text, Markdown, HTML, PDF or Word"
    " (.docx)."
)
_DATA = _("This file holds data, not prose. Upload plain text, Markdown, HTML, PDF or Word (.docx).")
_MISNAMED = {
    ".pdf": _("This file is called PDF, but isn't one. Download or save it again and upload that."),
    ".docx": _("This file is called .docx, but isn't a Word file. Save it again in Word and upload that."),
}
_MARKDOWN = (".md", ".markdown")
_DATA_SUFFIXES = frozenset(
    {".json", ".jsonl", ".csv", ".tsv", ".xml", ".svg", ".js", ".css", ".yaml", ".yml"}
)


def sniff(data: bytes, filename: str) -> str:
    """Return "pdf", "docx", "html", "md" or "txt"; raise Unreadable for anything else."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf\x00\r\n\t ")
    suffix = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(_ZIP):
        return _archive(data)
    # Markdown may begin with a tag of HTML.
    if is_page(data, bare=suffix not in _MARKDOWN):
        return "html"
    if is_mail(data):
        raise Unreadable(_MAIL)
    _refuse_others(head, suffix)
    if suffix in (".html", ".htm", ".xhtml") and b"<" in data:
        return "html"
    return "md" if suffix in _MARKDOWN else "txt"


def _archive(data: bytes) -> str:
    for mark, reason in _ARCHIVES:
        if mark in data[:200]:
            raise Unreadable(reason)
    if b"word/" not in data:
        raise Unreadable(_OTHER_ARCHIVE)
    return "docx"


def _refuse_others(head: bytes, suffix: str) -> None:
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise Unreadable(reason)
    if suffix in _DATA_SUFFIXES:
        raise Unreadable(_DATA)
    if suffix in _MISNAMED:
        raise Unreadable(_MISNAMED[suffix])
