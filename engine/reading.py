"""Reading a revision's text again: paragraphs, runs of style, sentences' citation marks, list rows.

The inverse of `engine.texts`; Markdown is parsed by markdown-it with raw HTML off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARK = re.compile(r"\[\^([0-9]{1,6})\]")
# `text_join` would hide which brackets were escaped: those are the source's own, and make no mark.
UNREAD = ["link", "image", "autolink", "text_join"]
ESCAPED = "\x01"  # stands for an escaped bracket while marks are looked for; clean text holds no controls
ROW_LABEL_END = " — "


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text in one style with the numbers of the citations called right after it."""

    text: str
    italic: bool = False
    bold: bool = False
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading or scene break of a revision's text."""

    kind: str  # "paragraph", "heading", "quote" or, without stretches, "break"
    stretches: tuple[Stretch, ...]

    @property
    def label(self) -> str:
        """The bold label with which a row of a list begins; "" for prose."""
        first = self.stretches[0] if self.stretches else None
        return first.text if first and first.bold else ""


def parse(text: str) -> list[TextBlock]:
    """The blocks of a text in Markdown with citation marks."""
    tokens = MarkdownIt("commonmark", {"html": False}).disable(UNREAD).parse(text)
    blocks, quote = [], 0
    for place, token in enumerate(tokens):
        quote += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "hr":
            blocks.append(TextBlock("break", ()))
        elif token.type == "inline":
            opener = tokens[place - 1].type
            kind = "heading" if opener == "heading_open" else "quote" if quote else "paragraph"
            blocks.append(TextBlock(kind, tuple(_stretches(token.children or []))))
    return blocks


def _stretches(children: list[Token]) -> Iterator[Stretch]:
    italic = bold = 0
    text = ""
    for child in children:
        if child.type in {"text", "text_special", "code_inline", "softbreak", "hardbreak", "html_inline"}:
            text += _content(child)
            continue
        yield from _split(text, bool(italic), bool(bold))
        text = ""
        italic += {"em_open": 1, "em_close": -1}.get(child.type, 0)
        bold += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
    yield from _split(text, bool(italic), bool(bold))


def _content(child: Token) -> str:
    if child.type.endswith("break"):
        return " "
    return child.content.replace("[", ESCAPED) if child.type == "text_special" else child.content


def _split(text: str, italic: bool, bold: bool) -> Iterator[Stretch]:
    """The stretches of a run of text in one style."""
    for words, marks in _cut(text):
        yield Stretch(words.replace(ESCAPED, "["), italic, bold, marks)


def _cut(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Cut a run of text at its citation marks; marks that stand together belong to the text before."""
    place = 0
    pending: list[int] = []
    words = ""
    for found in MARK.finditer(text):
        between = text[place : found.start()]
        if between:
            if words or pending:
                yield words, tuple(pending)
            words, pending = between, []
        pending.append(int(found[1]))
        place = found.end()
    if words or pending:
        yield words, tuple(pending)
    if text[place:]:
        yield text[place:], ()


def plain(text: str) -> str:
    """The words of a text without marks and markup, one paragraph a line."""
    return "\n".join("".join(one.text for one in block.stretches) for block in parse(text))
