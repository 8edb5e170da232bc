"""A revision's text as it will print, for the screen: blocks of sentences, each tied to its evidence.

Only plain text goes to the template, which escapes it; nothing here makes HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from biographies.admin.sentences import Shown, Span, spans
from biographies.comments import Place
from biographies.vocabulary import ChapterKind
from engine import reading
from engine.paragraphs import cut, is_prose
from engine.reading import ROW_LABEL_END, TextBlock


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, quote, entry or row; `label` is the first cell of a row.

    `paragraph` is its number among the text's paragraphs (`engine.paragraphs`) where it can be written anew by itself.
    """

    kind: str
    label: str
    spans: tuple[Span, ...]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that print together: the rows of one table, or prose."""

    table: bool
    blocks: tuple[Block, ...]


def printed(text: str, kind: str, evidence: Mapping[int, Shown], *, cited: bool) -> list[Group]:
    """The text in groups. `kind` is the chapter's; `cited=False` for sections that speak of the book itself."""
    numbers, offset = count(1), 0
    parsed = reading.parse(text)
    paragraphs = _numbered(text, parsed)
    groups = []
    for is_rows, members in groupby(enumerate(parsed), key=lambda one: bool(one[1].label)):
        table = is_rows and kind == ChapterKind.TIMELINE
        entries = is_rows or kind == ChapterKind.BIBLIOGRAPHY
        blocks = []
        for place, block in members:
            told = (
                _row(block, evidence, offset, cited=cited)
                if table
                else _prose(block, evidence, offset, cited=cited)
            )
            shown = "row" if table else "entry" if entries else block.kind
            blocks.append(
                Block(shown, block.label if table else "", _counted(told, numbers), paragraphs.get(place, 0))
            )
            offset += sum(len(one.text) for one in block.stretches) + 1
        groups.append(Group(table, tuple(blocks)))
    return groups


def _prose(block: TextBlock, evidence: Mapping[int, Shown], offset: int, *, cited: bool) -> Iterator[Span]:
    return spans(block.stretches, evidence, offset, cited=cited)


def _row(block: TextBlock, evidence: Mapping[int, Shown], offset: int, *, cited: bool) -> Iterator[Span]:
    """The row of a table without its label, which has a cell of its own."""
    label, *rest = block.stretches
    offset += len(label.text)
    if rest and rest[0].text.startswith(ROW_LABEL_END):
        offset += len(ROW_LABEL_END)
        rest[0] = replace(rest[0], text=rest[0].text.removeprefix(ROW_LABEL_END))
    return spans(rest, evidence, offset, cited=cited)


def _counted(found: Iterator[Span], numbers: Iterator[int]) -> tuple[Span, ...]:
    """Sentences get the numbers by which the page knows them."""
    return tuple(
        replace(one, number=next(numbers)) if one.number or one.cites or one.unknown else one for one in found
    )


def _numbered(text: str, parsed: Sequence[TextBlock]) -> dict[int, int]:
    """By the place of a block the number of the paragraph that it is; none where Markdown and blank lines differ."""
    cuts = cut(text)
    if len(cuts) != len(parsed) or [block for part in cuts for block in reading.parse(part)] != list(parsed):
        return {}
    return {place: place + 1 for place, part in enumerate(cuts) if is_prose(part)}


def sentences_of(groups: Sequence[Group]) -> list[Span]:
    """All sentences of a text in order."""
    blocks = (block for group in groups for block in group.blocks)
    return [span for block in blocks for span in block.spans if span.number]


def places_of(sentences: Sequence[Span]) -> list[Place]:
    """The sentences as places that a comment can belong to."""
    return [Place(one.number, one.offset, one.text) for one in sentences]
