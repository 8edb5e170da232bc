"""A text cut at its blank lines: its paragraphs by number from 1, and what stands between them, to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine import reading

_GAP: Final = re.compile(r"((?:[^\S\n]*\n){2,}|\A\s+|\s+\Z)")


def cut(text: str) -> list[str]:
    """The paragraphs, in order."""
    return [part for part in _parts(text) if part.strip()]


def _parts(text: str) -> list[str]:
    """Paragraphs and the gaps between them in turn: joined again, they are the text."""
    return _GAP.split(text)


def exchanged(text: str, new: Mapping[int, str]) -> str:
    """The text with these paragraphs, by number, in the place of its own; every other byte stays."""
    parts, number = _parts(text), 0
    for place, part in enumerate(parts):
        if part.strip():
            number += 1
            parts[place] = new.get(number, part)
    return "".join(parts)


def marks_of(text: str) -> frozenset[int]:
    """The numbers of the citations that a text calls."""
    stretches = (stretch for block in reading.parse(text) for stretch in block.stretches)
    return frozenset(mark for stretch in stretches for mark in stretch.marks)


def is_prose(paragraph: str) -> bool:
    """Whether it is running text: no heading, no quotation set apart, no row of a list."""
    blocks = reading.parse(paragraph)
    return bool(blocks) and all(block.kind == "paragraph" and not block.label for block in blocks)
