"""Markdown: the words without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sources.extracting.base import Draft
from sources.extracting.decoding import decode

_FRONT_MATTER = re.compile(r"\A---[ ]*\n(?P<fields>.{0,4000}?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|author|date|language|lang|publisher|url):\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE
)
_PARSER = MarkdownIt("commonmark").enable("table")
_SPOKEN = {"text", "code_inline", "fence", "code_block"}


def read_markdown(data: bytes) -> Draft:
    """Read a Markdown file; front matter gives the metadata. Raises Unreadable for bytes that are no text."""
    text, warnings = decode(data)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    fields: dict[str, str] = dict(_FIELD.findall(front["fields"])) if front else {}
    tokens = _PARSER.parse(text[front.end() :] if front else text)
    return Draft(
        list(_paragraphs(tokens)),
        title=fields.get("title", "") or _heading(tokens),
        author=fields.get("author", ""),
        date=fields.get("date", ""),
        language=fields.get("language", fields.get("lang", "")),
        publisher=fields.get("publisher", ""),
        url=fields.get("url", ""),
        warnings=warnings,
    )


def _heading(tokens: Sequence[Token]) -> str:
    """The words of a first heading of the first rank, with which a document names itself; "" for none."""
    if len(tokens) > 1 and (tokens[0].type, tokens[0].tag) == ("heading_open", "h1"):
        return _words(tokens[1].children or ())
    return ""


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """One paragraph per block; the cells of a table row stand on one line."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " ".join(row)
            row = None
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "inline" and row is not None:
            row.append(_words(token.children or ()))
        elif token.type == "inline":
            yield _words(token.children or ())


def _words(children: Sequence[Token]) -> str:
    parts = (
        child.content if child.type in _SPOKEN else " " * child.type.endswith("break") for child in children
    )
    return "".join(parts)
