"""Bytes of a document become clean text with what the document says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from bookgen_site.lib.text import clean_text
from sources.errors import Unreadable
from sources.extracting.base import Draft, Extracted
from sources.extracting.docx import read_docx
from sources.extracting.html import read_html
from sources.extracting.markdown import read_markdown
from sources.extracting.pdf import read_pdf
from sources.extracting.plain import read_plain
from sources.extracting.sniffing import sniff
from sources.extracting.tidying import tidy

MAX_BYTES = 20_000_000
_LONGEST_FIELD = 500  # characters of a title or a name; more is a page that was put into the wrong field
_READERS: dict[str, Callable[[bytes], Draft]] = {
    "txt": read_plain,
    "md": read_markdown,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
}

__all__ = ["MAX_BYTES", "Extracted", "extract"]


def extract(data: bytes, filename: str) -> Extracted:
    """Return the text and metadata of a document; the format is told by content first, by name second.

    Raises Unreadable, with a reason for a person, for an empty, damaged, encrypted, scanned, oversized
    or unknown file.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"This file is larger than {MAX_BYTES // 1_000_000} MB. Split it, or upload its text only."
        )
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Unreadable("This file is empty. Choose the file again and upload it.")
    kind = sniff(data, filename)
    draft = _READERS[kind](data)
    text = tidy(draft.paragraphs)
    if not text:
        raise Unreadable("There is no text in this file. Check that it is the right one.")
    return _finish(draft, kind, text)


def _finish(draft: Draft, kind: str, text: str) -> Extracted:
    return Extracted(
        text=text,
        format=kind,
        title=_field(draft.title),
        author=_field(draft.author),
        date=_field(draft.date),
        language=_language(draft.language),
        publisher=_field(draft.publisher),
        url=_field(draft.url),
        warnings=tuple(draft.warnings),
    )


def _field(value: str) -> str:
    return clean_text(value, multiline=False)[:_LONGEST_FIELD]


def _language(tag: str) -> str:
    """ "en-GB" is "en"; what isn't a language tag is ""."""
    match = re.match(r"[a-z]{2}(?![a-z])", tag.strip().lower())
    return match[0] if match else ""
