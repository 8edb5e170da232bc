"""Pages of lines become paragraphs: furniture goes, lines are joined, also across a page break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from sources.extracting.hyphens import Hyphens, study
from sources.extracting.pdf_lines import Line

_EDGE = 2  # lines at the top and at the foot that may be furniture
_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_ENDS_SENTENCE = re.compile(r"[.!?:][\"”’')\]]*\d{0,3}$")
_SHORT = 0.8  # of a full line: a line that ends its paragraph
_INDENT = 0.4  # of the font size
_GAP = 1.25  # times the usual distance of lines


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop page numbers and the heads and feet that repeat on a third of the pages, at least on three."""
    repeated = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    limit = max(3, len(pages) // 3)
    return [_strip(page, {key for key, count in repeated.items() if count >= limit}) for page in pages]


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _strip(page: Sequence[Line], repeated: set[str]) -> list[Line]:
    doomed = {id(line) for line in _edges(page) if _key(line) in repeated}
    doomed |= {id(line) for line in (*page[:1], *page[-1:]) if _NUMBER.match(line.text)}
    return [line for line in page if id(line) not in doomed]


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of a whole document."""
    lines = [line for page in pages for line in page]
    hyphens = study([line.text for line in lines])
    shape = _Shape(lines)
    pending: list[Line] = []
    for page in pages:
        for place, line in enumerate(page):
            if pending and shape.parts(pending, line, new_page=place == 0):
                yield _joined(pending, hyphens)
                pending = []
            pending.append(line)
    if pending:
        yield _joined(pending, hyphens)


def _joined(lines: Sequence[Line], hyphens: Hyphens) -> str:
    return hyphens.join([line.text for line in lines])


class _Shape:
    """How this document sets a paragraph: its usual distance of lines, left edge and length of a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        gaps = [above.base - below.base for above, below in pairwise(lines)]
        self.gap = median([gap for gap in gaps if gap > 0] or [0.0])
        self.left = Counter(round(line.left) for line in lines).most_common(1)[0][0] if lines else 0
        lengths = sorted(len(line.text) for line in lines)
        self.full = lengths[int(len(lengths) * 0.8)] if lengths else 0

    def parts(self, pending: Sequence[Line], line: Line, *, new_page: bool) -> bool:
        """Whether `line` begins a new paragraph after the `pending` lines."""
        above = pending[-1]
        if abs(line.size - above.size) > above.size * 0.1 and not new_page:
            return True
        if self._is_indented(line, above):
            return True
        if not new_page and self.gap and above.base - line.base > self.gap * _GAP:
            return True
        return len(above.text) < self.full * _SHORT and self._may_end(above, line)

    def _is_indented(self, line: Line, above: Line) -> bool:
        indent = line.left - self.left
        if indent <= line.size * _INDENT:
            return False
        return abs(line.left - above.left) > line.size * _INDENT

    def _may_end(self, above: Line, line: Line) -> bool:
        return bool(_ENDS_SENTENCE.search(above.text)) or not line.text[:1].islower()
