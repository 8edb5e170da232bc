"""Plain text: hard-wrapped lines become paragraphs; the wrapping of Project Gutenberg is taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.extracting.base import Draft
from sources.extracting.decoding import decode
from sources.extracting.heads import head_of
from sources.extracting.hyphens import Hyphens, study

_START = re.compile(
    r"^\W*(?:start of (?:the|this) project gutenberg|the small print! for public domain)", re.IGNORECASE
)
_SMALL_PRINT_END = re.compile(r"^\W*end\W+the small print", re.IGNORECASE)
_END = re.compile(r"^\W*end of (?:the |this )?project gutenberg", re.IGNORECASE)
_PRODUCED = re.compile(r"^(?:produced by|e-?text prepared by|transcribed (?:from|by))\b", re.IGNORECASE)
_FIELD = re.compile(r"^(title|author|language):\s*(\S.*)$", re.IGNORECASE)
_NAMES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
}
_SCAN_NOTICE = re.compile(
    r"^\s*(?:digitized by (?:the )?(?:internet archive|google|microsoft)|in \d{4} with funding from"
    r"|https?\s?:\s?//(?:www\s?\.\s?)?(?:archive\s?\.\s?org|books\s?\.\s?google\s?\.\s?com)\S*)",
    re.IGNORECASE,
)
_SPONSOR = re.compile(r"^\s*in \d{4} with funding from", re.IGNORECASE)
_LONGEST_NOTICE = 60  # lines
_HEADER = 30  # lines: where "Title:" may stand without the mark that ends a header
_UNWRAPPED = 140  # a line longer than this is a whole paragraph, not one line of print
_BREAKS = re.compile(r"\r\n|[\r\n\f\v\u0085\u2028\u2029]")
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"”’')\]]*$")


def read_plain(data: bytes) -> Draft:
    """Read a text file; raises Unreadable for bytes that are no text."""
    text, warnings = decode(data)
    lines = _without_scan_notice([line.rstrip() for line in _BREAKS.split(text.lstrip("\ufeff"))])
    header, body = _without_gutenberg(lines)
    draft = Draft(list(_paragraphs(body)), warnings=warnings)
    for match in filter(None, map(_FIELD.match, header or lines[:_HEADER])):
        _take_field(draft, match[1].lower(), match[2].strip())
    title, author = head_of(body)
    draft.title, draft.author = draft.title or title, draft.author or author
    return draft


def _without_scan_notice(lines: Sequence[str]) -> Sequence[str]:
    """Cut what the Internet Archive or Google put before the text of a scan, with the blank lines in it."""
    start = 0
    for index, line in enumerate(lines[:_LONGEST_NOTICE]):
        if _SCAN_NOTICE.match(line):
            start = index + 1
            while start < len(lines) and _SPONSOR.match(line) and lines[start].strip():
                start += 1
    return lines[start:]


def _take_field(draft: Draft, name: str, value: str) -> None:
    if name == "language":
        draft.language = _NAMES.get(value.lower(), "")
    elif name == "title":
        draft.title = draft.title or value
    else:
        draft.author = draft.author or value


def _without_gutenberg(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Split off the header; cut the licence at the end. A file that has neither comes back whole."""
    start = next((index + 1 for index, line in enumerate(lines) if _START.match(line)), 0)
    small = next((index + 1 for index, line in enumerate(lines) if _SMALL_PRINT_END.match(line)), 0)
    start = max(start, small if small < len(lines) / 2 else 0)
    end = next((index for index in range(start, len(lines)) if _END.match(lines[index])), len(lines))
    body = lines[start:end]
    if start:
        body = _without_credits(body)
    return lines[:start], body


def _without_credits(lines: Sequence[str]) -> Sequence[str]:
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if first < len(lines) and _PRODUCED.match(lines[first].strip()):
        blank = next((index for index in range(first, len(lines)) if not lines[index].strip()), first)
        return lines[blank:]
    return lines


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    blocks = list(_blocks(lines))
    hyphens = study([line for block in blocks for line in block])
    for block in blocks:
        yield from _unwrap(block, hyphens)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _unwrap(block: Sequence[str], hyphens: Hyphens) -> Iterator[str]:
    """Lines of print are joined; long lines are paragraphs; so is what a first-line indent begins."""
    if max(map(len, block)) > _UNWRAPPED:
        yield from block
        return
    indented = [line[:1].isspace() for line in block]
    begins_at_indent = sum(indented) <= len(block) / 2
    pending: list[str] = []
    for line, is_indented in zip(block, indented, strict=True):
        if pending and is_indented and begins_at_indent and _ENDS_SENTENCE.search(pending[-1]):
            yield hyphens.join(pending)
            pending = []
        pending.append(line)
    yield hyphens.join(pending)
