"""Paragraphs as a reader found them become the stored text, free of the debris of print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bookgen_site.lib.text import clean_text
from sources.extracting.markers import strip_markers
from sources.extracting.page_numbers import strip_page_numbers

_SPACES = re.compile(r"[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
    | {"\u00ad": None}
)
_EDGE_NUMBER = re.compile(r"^(?:(?P<first>\d{1,4})\s+)?(?P<head>\D{4,60}?)(?:\s+(?P<last>\d{1,4}))?$")
_NUMBERED_HEADING = re.compile(
    r"^(?:chapter|chap|part|book|letter|section|sec|act|scene|volume|vol|lecture|canto|no|appendix|capítulo|chapitre"
    r"|kapitel|capitolo|carta|lettre|brief|parte|partie|teil)\b",
    re.IGNORECASE,
)
_SHORTEST_STAIN = 10  # characters
_LETTERS = 0.4
_THREE_LETTERS = re.compile(r"[^\W_]{3}")
_REPEATS = 3
_OPEN_END = re.compile(r"[\w,;—–-]$")
_NOTE_REFERENCE = re.compile(r"\[(\d{1,3})\]")
_OWN_NUMBER = re.compile(r"^(\d{1,3})[.)] (?=[\"“‘']?[^\W\d_])")


def tidy(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs, cleaned, one line each, with one blank line between them."""
    plain = [_fold(paragraph) for paragraph in paragraphs]
    plain = [text for text in plain if text]
    notes = {number for text in plain for number in _NOTE_REFERENCE.findall(text)}
    marked = [_without_own_number(text, notes) for text in _without_running_heads(plain)]
    pieces = [strip_markers(text) or [""] for text in strip_page_numbers(marked)]
    kept = _mend([part if _has_words(part) else "" for piece in pieces for part in piece])
    return clean_text("\n\n".join(kept))


def _fold(paragraph: str) -> str:
    return _SPACES.sub(" ", clean_text(paragraph).translate(_LIGATURES)).strip()


def _without_own_number(text: str, notes: set[str]) -> str:
    """A paragraph "6. So-and-so" is note 6 if the text refers to a note [6]; its number isn't prose."""
    own = _OWN_NUMBER.match(text)
    return text[own.end() :] if own and own[1] in notes else text


def _has_words(text: str) -> bool:
    """False for rows of signs, and for what a reader of print makes of a stain ("^^•i 'ii- . \\ /")."""
    letters = sum(char.isalnum() for char in text)
    if not letters:
        return False
    length = len("".join(text.split()))
    return length < _SHORTEST_STAIN or letters >= length * _LETTERS or bool(_THREE_LETTERS.search(text))


def _without_running_heads(paragraphs: Sequence[str]) -> list[str]:
    """Empty the paragraphs that repeat with a rising page number ("LIFE OF A. B. 266")."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, text in enumerate(paragraphs):
        match = _EDGE_NUMBER.match(text)
        number = match and (match["first"] or match["last"])
        if match and number and _may_run(match["head"]):
            places[match["head"].lower()].append((index, int(number)))
    doomed = {index for found in places.values() if _is_running(found) for index, _ in found}
    return ["" if index in doomed else text for index, text in enumerate(paragraphs)]


def _may_run(head: str) -> bool:
    """Headings of chapters are numbered too; and a sentence is none of either, unless it's all capitals."""
    return not _NUMBERED_HEADING.match(head) and (head.isupper() or head[-1] not in ".!?")


def _is_running(found: Sequence[tuple[int, int]]) -> bool:
    numbers = [number for _, number in found]
    return len(found) >= _REPEATS and all(a < b for a, b in pairwise(numbers))


def _mend(paragraphs: Sequence[str]) -> list[str]:
    """Drop empty paragraphs; join the halves of a sentence that one of them had parted."""
    kept: list[str] = []
    parted = False
    for text in paragraphs:
        if not text:
            parted = True
        elif parted and kept and _OPEN_END.search(kept[-1]) and text[0].islower():
            kept[-1] = f"{kept[-1]} {text}"
            parted = False
        else:
            kept.append(text)
            parted = False
    return kept
