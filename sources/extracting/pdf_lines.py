"""The lines of a PDF page with their places, by PDFium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass, replace

from pypdfium2 import PdfTextPage
from pypdfium2.raw import FPDFText_GetCharOrigin, FPDFText_GetFontSize, FPDFText_GetUnicode

# PDFium writes these instead of a hyphen and a line end where a word is parted.
_PARTED = frozenset({"\x02", "\ufffe"})
_RISE = 0.5  # of the font size: a line's own height is 1.1 at least
_WIDTH = 3.0  # font sizes to the right: more than any indent
_SMALL = 0.9
_NOTE = re.compile(r"^(?:\d{1,3}|[*†‡]+)(?=\s|$)\s*")


@dataclass(frozen=True)
class Line:
    """One line of print. `left` and `base` are its place, `size` its font size, all in points."""

    text: str
    left: float
    base: float
    size: float


def page_lines(page: PdfTextPage) -> list[Line]:
    """Return the lines of a page in reading order, without empty ones."""
    lines: list[Line] = []
    for line in _pieces(page):
        if lines and _goes_on(lines[-1], line):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {_without_note(lines[-1], line)}".rstrip())
        else:
            lines.append(line)
    return lines


def _goes_on(above: Line, line: Line) -> bool:
    """PDFium begins a new line where print rises: at the number of a note, and after it."""
    return abs(above.base - line.base) < above.size * _RISE and line.left > above.left + above.size * _WIDTH


def _without_note(above: Line, line: Line) -> str:
    return _NOTE.sub("", line.text) if line.size < above.size * _SMALL else line.text


def _pieces(page: PdfTextPage) -> Iterator[Line]:
    chars = [chr(FPDFText_GetUnicode(page, index)) for index in range(page.count_chars())]
    start = 0
    for index, char in enumerate(chars):
        if char in "\r\n" or char in _PARTED:
            yield from _line(page, chars, start, index, hyphen=char in _PARTED)
            start = index + 1
    yield from _line(page, chars, start, len(chars), hyphen=False)


def _line(page: PdfTextPage, chars: list[str], start: int, end: int, *, hyphen: bool) -> Iterator[Line]:
    first = next((index for index in range(start, end) if not chars[index].isspace()), None)
    if first is None:
        return
    left, base = c_double(), c_double()
    FPDFText_GetCharOrigin(page, first, left, base)
    text = _characters(chars[first:end]).rstrip()
    yield Line(text + "-" * hyphen, left.value, base.value, abs(FPDFText_GetFontSize(page, first)))


def _characters(units: list[str]) -> str:
    """PDFium counts in UTF-16: a letter beyond the first plane comes as two units."""
    return "".join(units).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
