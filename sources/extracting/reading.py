"""Reading a document in this very process: what the child does, and what tests do for speed."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from bookgen_site.lib.text import clean_text
from sources.digest import digest
from sources.errors import Unreadable
from sources.extracting.base import Draft, Extracted
from sources.extracting.base import marked as _
from sources.extracting.door import check
from sources.extracting.fields import author_of, title_of
from sources.extracting.tidying import tidy
from sources.extracting.unseen import speaks, speaks_unseen
from sources.language import settle

_UNSEEN = _("It holds words that a reader doesn't see and that speak to a language model.")
_LONGEST_FIELD = 500  # characters of a title or a name; more is a page that was put into the wrong field
# By name: a reader brings libraries of some 20 MB and half a second, and most processes need one or two.
_READERS = {
    "txt": "plain.read_plain",
    "md": "markdown.read_markdown",
    "html": "html.read_html",
    "pdf": "pdf.read_pdf",
    "docx": "docx.read_docx",
}


def extract_here(data: bytes, filename: str) -> Extracted:
    """Return the text and metadata of a document; the format is told by content first, by name second.

    Raises Unreadable, with a reason for a person, for an empty, damaged, encrypted, scanned, oversized
    or unknown file. It has no limits of time and memory: judging calls `extract`, which has.
    """
    kind = check(data, filename)
    draft = _reader(kind)(data)
    text = tidy(draft.paragraphs)
    if not text:
        raise Unreadable(_("There is no text in this file. Check that it is the right one."))
    hidden = speaks_unseen(kind, data) or speaks(draft.unseen)
    if hidden:
        draft.warnings = [*draft.warnings, _UNSEEN]
    return _finish(draft, kind, text, hidden)


def _reader(kind: str) -> Callable[[bytes], Draft]:
    module, name = _READERS[kind].split(".")
    reader: Callable[[bytes], Draft] = getattr(import_module(f"sources.extracting.{module}"), name)
    return reader


def _finish(draft: Draft, kind: str, text: str, hidden: bool) -> Extracted:
    return Extracted(
        text=text,
        format=kind,
        digest=digest(text),
        title=title_of(_field(draft.title)),
        author=author_of(_field(draft.author)),
        date=_field(draft.date),
        language=settle(_language(draft.language), text),
        publisher=_field(draft.publisher),
        url=_field(draft.url),
        warnings=tuple(draft.warnings),
        hidden=hidden,
    )


def _field(value: str) -> str:
    return clean_text(value, multiline=False)[:_LONGEST_FIELD]


def _language(tag: str) -> str:
    """ "en-GB" is "en"; what isn't a language tag is ""."""
    match = re.match(r"[a-z]{2}(?![a-z])", tag.strip().lower())
    return match[0] if match else ""
