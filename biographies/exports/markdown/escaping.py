"""Text that Markdown prints as it is, character for character: https://spec.commonmark.org/0.31.2/"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from biographies.exports.docx.elements import printable
from biographies.exports.manuscript import Inline

LINE_END = re.compile("\r\n|\r|\n")
# All ASCII punctuation may be escaped (2.4); these mean something inside a line, some of them with extensions.
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$^])")
# At the start of a line these would make a list, a rule, a heading's underline or a definition.
STARTS_BLOCK = re.compile(r"^(\d+)([.)])|^([-+=:])")
ASCII_MARK = re.compile(r"[!-/:-@\[-`{-~\s]")


@dataclass(slots=True)
class Piece:
    """A stretch of one line. `mark` is the emphasis around it; `literal` is Markdown already."""

    text: str
    mark: str = ""
    literal: bool = False


def escaped(text: str) -> str:
    """A text as one line of Markdown."""
    return styled([Inline(text)], "")


def styled(inlines: Iterable[Inline], prefix: str) -> str:
    """Stretches of text with the calls of their notes; `prefix` begins the names of a section's notes."""
    pieces = list(_pieces(inlines, prefix))
    line = "".join(_written(pieces, place) for place in range(len(pieces)))
    line = STARTS_BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)
    if line and line[-1].isspace():  # white space at the ends would be trimmed
        line = line[:-1] + reference(line[-1])
    return reference(line[0]) + line[1:] if line and line[0].isspace() else line


def reference(character: str) -> str:
    """A numeric character reference."""
    return f"&#{ord(character)};"


def _pieces(inlines: Iterable[Inline], prefix: str) -> Iterator[Piece]:
    """White space stands outside of emphasis; neighbours of one style are one piece.

    Of two kinds of emphasis that touch, the second is left out: Markdown couldn't tell whose marks are whose.
    """
    made: list[Piece] = []
    for inline in inlines:
        mark = "**" * inline.bold + "_" * inline.italic
        text = printable(LINE_END.sub("\n", inline.text))
        core = text.strip()
        start = text.find(core) if core else len(text)
        for words, style in ((text[:start], ""), (core, mark), (text[start + len(core) :], "")):
            last = made[-1] if made and not made[-1].literal else None
            if words and last and last.mark and style and last.mark != style:
                style = ""
            if words and last and last.mark == style:
                last.text += words
            elif words:
                made.append(Piece(words, style))
        made += [Piece(f"[^{prefix}{number}]", literal=True) for number in inline.notes]
    yield from made


def _written(pieces: list[Piece], place: int) -> str:
    """One piece as Markdown. Where a letter stands right beside the mark of a neighbour it is a reference: marks
    count only beside white space and punctuation (6.2, flanking)."""
    piece = pieces[place]
    if piece.literal:
        return piece.text
    head, body, tail = "", piece.text, ""
    if not piece.mark:
        if place and pieces[place - 1].mark and not ASCII_MARK.match(body[0]):
            head, body = reference(body[0]), body[1:]
        if place + 1 < len(pieces) and pieces[place + 1].mark and body and not ASCII_MARK.match(body[-1]):
            body, tail = body[:-1], reference(body[-1])
    words = SPECIAL.sub(r"\\\1", body).replace("\t", "&#9;").replace("\n", "&#10;")
    return f"{head}{piece.mark}{words}{piece.mark[::-1]}{tail}"
