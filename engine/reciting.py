"""An edited text: which of its marks name which evidence, and what each sentence is worth after the change.

What was not touched keeps its citations to the byte, verdict and opinion included. A sentence that was changed, or that
got another mark, is held against its passages anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from engine import reading
from engine.authors.base import Span
from engine.citing import support_of
from engine.reading import ROW_LABEL_END, Stretch, TextBlock
from engine.texts import Base, Written
from sources.actions import CitationDraft
from sources.people import parse_name
from sources.sentences import sentences

# A mark as it is typed: an even number of backslashes before it escapes nothing.
TYPED_MARK: Final = re.compile(r"(?<!\\)((?:\\\\)*)\[\^([0-9]{1,6})\]")
_QUOTES: Final = ' "“”„«»'


def spans_of(citations: Sequence[CitationDraft]) -> dict[int, Span]:
    """Where each citation points, by its number."""
    return {one.number: Span(one.source, one.start, one.end) for one in citations}


def recited(
    base: Base, text: str, new: Mapping[int, Span], sources: Mapping[int, str], about: str
) -> Written:
    """The edited text with its citations. `new` are the stretches that marks without a citation in `base` name.

    `sources` holds the texts of all sources that are pointed to. A mark that names nothing stays: the checks see it.
    """
    spans = {**new, **spans_of(base.citations)}
    text = _distinct(text, spans)
    known = {one.number: one for one in base.citations}
    written = Written(sources, parse_name(about), text=text, words=len(reading.plain(text).split()))
    for before, marks in _runs(text):
        named = [mark for mark in marks if mark in spans]
        kept = [known[mark] for mark in named if mark in known and _stands(known[mark], before)]
        written.citations += kept if len(kept) == len(named) else _anew(before, named, spans, written)
    return written


def _distinct(text: str, spans: dict[int, Span]) -> str:
    """A mark that is used a second time gets a number of its own: a citation belongs to one sentence."""
    seen: set[int] = set()
    numbers = [int(found[2]) for found in TYPED_MARK.finditer(text)]
    highest = max([0, *numbers, *spans])

    def own(found: re.Match[str]) -> str:
        nonlocal highest
        number = int(found[2])
        if number in seen and number in spans:
            highest += 1
            spans[highest] = spans[number]
            number = highest
        seen.add(number)
        return f"{found[1]}[^{number}]"

    return TYPED_MARK.sub(own, text)


def _runs(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Of each block what stands before each group of marks, back to the group before, and its numbers."""
    for block in reading.parse(text):
        before = ""
        for stretch in _told(block):
            before += stretch.text
            if stretch.marks:
                yield before, stretch.marks
                before = ""


def _told(block: TextBlock) -> Iterator[Stretch]:
    """The stretches of a block without the label of a row."""
    told = block.stretches[bool(block.label) :]
    for place, stretch in enumerate(told):
        label_ends = block.label and not place
        yield replace(stretch, text=stretch.text.removeprefix(ROW_LABEL_END)) if label_ends else stretch


def _stands(one: CitationDraft, before: str) -> bool:
    """Whether the sentence of a citation still stands before its mark."""
    return bool(one.sentence) and one.sentence in before


def _anew(
    before: str, marks: Sequence[int], spans: Mapping[int, Span], written: Written
) -> list[CitationDraft]:
    """The citations of the last sentence before these marks."""
    words = last_sentence(before)
    cited = [spans[mark] for mark in marks]
    supports = support_of(words, cited, written.sources, written.about)
    return [
        CitationDraft(
            *(mark, span.source, span.start, span.end, written.sources[span.source][span.start : span.end]),
            *(words, support.verdict, support.because),
        )
        for mark, span, support in zip(marks, cited, supports, strict=True)
    ]


def last_sentence(text: str) -> str:
    """The last sentence of a run of text, without the quotation marks around it."""
    found = sentences(text)
    last = text[slice(*found[-1])] if found else text
    bare = last.strip(_QUOTES)
    return bare if bare else last.strip()


def rebased(text: str, own: Mapping[int, Span], theirs: Mapping[int, Span]) -> tuple[str, dict[int, Span]]:
    """A text with marks of one revision as a text on top of another: each mark names the stretch that it named.

    Returns the text and the stretches that the other revision doesn't cite, under new numbers.
    """
    numbers = {span: number for number, span in reversed([*theirs.items()])}
    highest, extra = max([0, *own, *theirs]), {}
    moved: dict[int, int] = {}
    for number, span in own.items():
        if theirs.get(number) == span:
            moved[number] = number
        elif span in numbers:
            moved[number] = numbers[span]
        else:
            highest += 1
            moved[number], extra[highest] = highest, span
    told = TYPED_MARK.sub(lambda found: f"{found[1]}[^{moved.get(int(found[2]), found[2])}]", text)
    return told, {number: span for number, span in extra.items() if f"[^{number}]" in told}
