"""A revision's text as it will print, for the screen: blocks of spans, each tied to its evidence.

Only plain text goes to the template, which escapes it; nothing here makes HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from biographies.admin.evidence import Evidence, worst
from biographies.vocabulary import ChapterKind
from engine import reading
from engine.reading import ROW_LABEL_END, Stretch, TextBlock


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style. `space` stands before them, outside of what can be clicked.

    `cites` are the numbers of its citations, `unknown` those marks that name none; `verdict` is the
    one to look at first. `bare` words claim something and show nothing for it.
    """

    space: str
    text: str
    italic: bool
    bold: bool
    cites: tuple[int, ...]
    unknown: tuple[int, ...]
    verdict: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, quote, entry or row; `label` is the first cell of a row."""

    kind: str
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that print together: the rows of one table, or prose."""

    table: bool
    blocks: tuple[Block, ...]


def printed(text: str, kind: str, evidence: Mapping[int, Evidence], *, cited: bool) -> list[Group]:
    """The text in groups. `kind` is the chapter's; `cited=False` for sections that speak of the book itself."""
    groups = []
    for is_rows, members in groupby(reading.parse(text), key=lambda block: bool(block.label)):
        table = is_rows and kind == ChapterKind.TIMELINE
        entries = is_rows or kind == ChapterKind.BIBLIOGRAPHY
        blocks = (_block(one, evidence, table=table, entry=entries, cited=cited) for one in members)
        groups.append(Group(table, tuple(blocks)))
    return groups


def _block(
    block: TextBlock, evidence: Mapping[int, Evidence], *, table: bool, entry: bool, cited: bool
) -> Block:
    spans = tuple(_span(one, evidence, cited=cited) for one in block.stretches)
    if not table:
        return Block("entry" if entry else block.kind, "", spans)
    told = spans[1:]
    if told and (told[0].space + told[0].text).startswith(ROW_LABEL_END):
        rest = (told[0].space + told[0].text).removeprefix(ROW_LABEL_END)
        told = (replace(told[0], space="", text=rest), *told[1:])
    return Block("row", block.label, told)


def _span(stretch: Stretch, evidence: Mapping[int, Evidence], *, cited: bool) -> Span:
    words = stretch.text.lstrip()
    cites = tuple(mark for mark in stretch.marks if mark in evidence)
    plain = not (stretch.marks or stretch.italic or stretch.bold)
    return Span(
        space=stretch.text[: len(stretch.text) - len(words)],
        text=words,
        italic=stretch.italic,
        bold=stretch.bold,
        cites=cites,
        unknown=tuple(mark for mark in stretch.marks if mark not in evidence),
        verdict=worst([evidence[mark].citation.verdict for mark in cites]),
        bare=cited and plain and any(char.isalnum() for char in words),
    )
