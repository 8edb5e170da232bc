"""The formats of a book: their endings, media types and names for people. What makes them is elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biographies.errors import BadWish


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `ending` is what a file's name ends with, the stop included."""

    ending: str
    media_type: str
    label: Promise


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Final = {
    "docx": Format(".docx", _WORD, gettext_lazy("Word")),
    "epub": Format(".epub", "application/epub+zip", gettext_lazy("EPUB, for e-book readers")),
    "pdf": Format(".pdf", "application/pdf", gettext_lazy("PDF, ready for the press")),
    "md": Format(".md", "text/markdown; charset=utf-8", gettext_lazy("Markdown")),
    "zip": Format(".zip", "application/zip", gettext_lazy("everything, with the evidence (ZIP)")),
    "kdp": Format("-kdp.zip", "application/zip", gettext_lazy("for Kindle Direct Publishing (ZIP)")),
}
NAMES: Final = tuple(FORMATS)
DEFAULT: Final = ("docx",)


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """The formats of these names, each once and in their own order. Raises BadWish for none, or one unknown."""
    wanted = set(names)
    if not wanted or not wanted <= set(FORMATS):
        raise BadWish("formats", _("Choose one of: %s.") % ", ".join(FORMATS))
    return tuple(name for name in FORMATS if name in wanted)


def filename(stem: str, form: str, *, draft: bool) -> str:
    """The name of a book's file in this format."""
    return f"{stem}{'-draft' if draft else ''}{FORMATS[form].ending}"
