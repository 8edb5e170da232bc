"""The sentences of a block as they stand on the screen, each with the evidence it shows.

A sentence is what one group of marks vouches for: it begins where the sentence of its citations begins, whether some of
its words are in italics or not. Running text without marks is cut by the rules for sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from biographies.admin.evidence import worst
from engine.reading import Stretch
from sources.sentences import sentences

FEW: Final = 4  # fewer words before a cited sentence are a joint ("he said:"), not a statement


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a citation where its mark stands."""

    sentence: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style."""

    text: str
    italic: bool
    bold: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence, or words that are none (`number` 0). `space` stands before it, outside of what can be clicked.

    `offset` is where it begins in the plain text. `cites` are the numbers of its citations, `unknown` those marks that
    name none; `verdict` is the one to look at first. `bare` words claim something and show nothing for it.
    """

    space: str
    pieces: tuple[Piece, ...]
    offset: int
    number: int = 0
    cites: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    verdict: str = ""
    bare: bool = False

    @property
    def text(self) -> str:
        """Its words without style."""
        return "".join(piece.text for piece in self.pieces).rstrip()


def spans(
    stretches: Sequence[Stretch], evidence: Mapping[int, Shown], offset: int, *, cited: bool
) -> Iterator[Span]:
    """The spans of a block that begins at `offset`; numbers are given later. `cited`: words must show evidence."""
    run: list[Stretch] = []
    for stretch in stretches:
        run.append(stretch)
        if stretch.marks:
            yield from _cited(run, evidence, offset, cited=cited)
            offset += sum(len(one.text) for one in run)
            run = []
    for one in run:
        yield from _uncited(one, offset, cited=cited)
        offset += len(one.text)


def _cited(
    run: Sequence[Stretch], evidence: Mapping[int, Shown], offset: int, *, cited: bool
) -> Iterator[Span]:
    """A run that ends with marks: what stands before the sentence of its citations, and the sentence."""
    text, last = "".join(one.text for one in run), run[-1]
    known = tuple(mark for mark in last.marks if mark in evidence)
    begins = _begin(text, [evidence[mark].sentence for mark in known], len(text) - len(last.text))
    for start, one in _starts(run):
        if start < begins:
            words = one.text[: begins - start]
            joint = one is last and len(words.split()) < FEW
            yield from _uncited(replace(one, text=words, marks=()), offset + start, cited=cited and not joint)
    yield _trimmed(
        Span(
            "",
            tuple(_pieces(run, begins)),
            offset + begins,
            cites=known,
            unknown=tuple(mark for mark in last.marks if mark not in evidence),
            verdict=worst([evidence[mark].verdict for mark in known]),
        )
    )


def _begin(text: str, named: Sequence[str], otherwise: int) -> int:
    """Where the first of the named sentences begins, with a quotation mark that opens it."""
    places = [place for place in (text.rfind(one) for one in named if one) if place >= 0]
    begins = min(places, default=otherwise)
    while begins and text[begins - 1] in "“\"„«'(":
        begins -= 1
    return begins


def _starts(run: Sequence[Stretch]) -> Iterator[tuple[int, Stretch]]:
    start = 0
    for one in run:
        yield start, one
        start += len(one.text)


def _pieces(run: Sequence[Stretch], begins: int) -> Iterator[Piece]:
    for start, one in _starts(run):
        words = one.text[max(0, begins - start) :]
        if words:
            yield Piece(words, one.italic, one.bold)


def _uncited(stretch: Stretch, offset: int, *, cited: bool) -> Iterator[Span]:
    """Words without marks: the compiler's own in italics, labels in bold, and sentences that show nothing."""
    if stretch.italic or stretch.bold:
        yield _trimmed(Span("", (Piece(stretch.text, stretch.italic, stretch.bold),), offset))
        return
    ends = [*[start for start, _end in sentences(stretch.text)][1:], len(stretch.text)]
    start = 0
    for end in ends:
        words = stretch.text[start:end]
        told = any(char.isalnum() for char in words)
        # `number` is a placeholder here: printing counts the sentences of the whole text.
        yield _trimmed(
            Span("", (Piece(words, False, False),), offset + start, number=int(told), bare=cited and told)
        )
        start = end


def _trimmed(span: Span) -> Span:
    """White space at its head stands before it."""
    first, *rest = span.pieces or (Piece("", False, False),)
    words = first.text.lstrip()
    space = first.text[: len(first.text) - len(words)]
    pieces = (replace(first, text=words), *rest) if words else tuple(rest)
    return replace(span, space=space, pieces=pieces, offset=span.offset + len(space))
