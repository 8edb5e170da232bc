"""Is the Markdown sane, and is nothing left in the text that isn't meant for a reader?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from biographies.actions import Seen
from biographies.vocabulary import Severity
from bookgen_site.lib.text import clean_text
from engine.quality.leftovers import ADDRESS, LEFTOVERS
from engine.quality.views import SectionView
from engine.quality.words import short

NAME = "markup"
_PARSER: Final = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"])


def check(view: SectionView) -> Iterator[Seen]:
    """Blocks that no chapter has, leftovers of markup and of a model's talk, URLs that no source has."""
    yield from _blocks(view.text)
    if clean_text(view.text) != view.text:
        yield Seen(NAME, Severity.ERROR, _("It holds invisible characters."))
    for place, paragraph in enumerate(view.paragraphs):
        yield from _leftovers(view, place, paragraph)
        yield from _addresses(view, place, paragraph)


def _blocks(text: str) -> Iterator[Seen]:
    tokens = _PARSER.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            message = _("A heading stands inside the text.")
            yield Seen(NAME, Severity.WARNING, message, short(tokens[place + 1].content))
        elif token.type in {"fence", "code_block"}:
            yield Seen(NAME, Severity.WARNING, _("A block of code stands in the text."), short(token.content))
        elif token.type == "hr":
            yield Seen(NAME, Severity.WARNING, _("A rule stands in the text."), token.markup)


def _leftovers(view: SectionView, place: int, paragraph: str) -> Iterator[Seen]:
    for severity, pattern, message in LEFTOVERS:
        for match in pattern.finditer(paragraph):
            told = _(message) % {"words": short(match[0])}
            yield Seen(NAME, severity, told, view.sentence_at(place, match[0]))


def _addresses(view: SectionView, place: int, paragraph: str) -> Iterator[Seen]:
    known = {_bare(url) for url in view.about.addresses}
    for match in ADDRESS.finditer(paragraph):
        if _bare(match[0]) not in known:
            message = _("This address is none of the book's sources: %s") % short(match[0])
            yield Seen(NAME, Severity.ERROR, message, view.sentence_at(place, match[0]))


def _bare(url: str) -> str:
    return url.casefold().rstrip(".,;:!?)]}>'\"”»/")
