"""A source as the author reads it: paragraphs, headings, sentences, and who speaks in each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookgen_site.lib.once import once_each
from engine.authors.base import SourceText, Span
from engine.authors.extract.captions import is_caption
from engine.authors.extract.grammar import grammar_of, word_pattern
from sources.names import NameBook, learn
from sources.sentences import is_whole, sentences
from sources.splits import has_split_word

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_DEBRIS = re.compile(
    r"^\d{1,3}[.)]\s|[|*_=~^<>{}\\]|\[(?!1\d{3}\]|20\d\d\])\w{0,12}\]|\(sic\)|https?:|www\.|\.{5,}|(?:\. ){3,}|"
    r"\bsee (?:page|p\.|also)\b",
    re.I,
)
_LONGEST = 120  # words of one sentence; beyond, nobody reads it and it is often several run together
_TESTIMONY = 0.12  # share of sentences in the first person singular that makes a source testimony
_MEMOIR = 0.3  # the same share for a memoir
# Of the sources that a process reads, so much is kept: all of most books, and no more of one with thousands of sources.
MOST_KEPT = 4096
ROOM = 8_000_000  # characters


def length(source: SourceText) -> int:
    """What a source takes of the room."""
    return len(source.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a source. `inside` says that it opens within a quotation begun before."""

    index: int
    paragraph: int
    section: int
    start: int
    end: int
    text: str
    words: int
    usable: bool
    ego: bool  # says "I" outside quotation marks
    first: bool  # says "I" or "we" outside quotation marks
    inside: bool
    closes: bool  # no quotation is open after it


@dataclass(frozen=True, slots=True)
class Reading:
    """All sentences of a source in order, and the headings of its sections (the first may be "")."""

    source: int
    sentences: tuple[Sentence, ...]
    headings: tuple[str, ...]
    testimony: bool
    memoir: bool  # all of it is somebody's own story, also where it doesn't say "I"
    starts: dict[int, int]  # offset of a sentence -> its index

    def at(self, span: Span) -> Sentence:
        """The sentence that starts where the span starts; KeyError if the text has changed."""
        return self.sentences[self.starts[span.start]]


@once_each(most=MOST_KEPT, room=ROOM, size=length)
def read(source: SourceText) -> Reading:
    """Split a source once; linear in its length. Cached, since every chapter asks for it again."""
    found: list[Sentence] = []
    headings = [""]
    for number, match in enumerate(_PARAGRAPH.finditer(source.text)):
        spans = sentences(match.group())
        if is_heading(match.group(), len(spans)):
            headings.append(match.group().strip())
            continue
        found.extend(_paragraph(source, match, spans, number, len(headings) - 1, len(found)))
    told = [sentence for sentence in found if sentence.usable]
    share = sum(sentence.ego for sentence in told) / max(1, len(told))
    starts = {sentence.start: sentence.index for sentence in found}
    return Reading(
        source.number, tuple(found), tuple(headings), share >= _TESTIMONY, share >= _MEMOIR, starts
    )


@once_each(most=MOST_KEPT, room=ROOM, size=length)
def names_of(source: SourceText) -> NameBook:
    """The names that a source uses; cached like `read`."""
    return learn(source.text, source.language)


def is_heading(paragraph: str, count: int) -> bool:
    """A short paragraph that is no sentence: in capitals, or without an end mark."""
    text = paragraph.strip()
    words = text.split()
    if len(words) > 25 or count > 3:
        return False
    letters = [char for char in text if char.isalpha()]
    shouted = bool(letters) and sum(char.isupper() for char in letters) > 0.6 * len(letters)
    return shouted or (len(words) <= 16 and not re.search(r"[.!?…:;,—\"”’»)]$", text)) or not letters


def _paragraph(
    source: SourceText,
    match: re.Match[str],
    spans: list[tuple[int, int]],
    number: int,
    section: int,
    offset: int,
) -> list[Sentence]:
    grammar = grammar_of(source.language)
    first, ego = word_pattern(grammar.first), word_pattern(grammar.ego)
    paragraph, base = match.group(), match.start()
    quoted = _quoted(paragraph)
    made: list[Sentence] = []
    for start, end in spans:
        text = paragraph[start:end]
        plain = "".join(" " if quoted[at] else paragraph[at] for at in range(start, end))
        words = len(text.split())
        # Quotations may run over several sentences: units, not sentences, must be balanced.
        usable = (
            is_whole(_NO_MARKS.sub("", text))
            and words <= _LONGEST
            and not _DEBRIS.search(text)
            and not _is_shouted(text)
            and not is_caption(text, grammar, alone=len(spans) == 1)
            and not has_split_word(text, source.language)
        )
        opened = start > 0 and quoted[start] and paragraph[start] not in _MARKS
        closed = not quoted[end - 1] or paragraph[end - 1] in _MARKS
        made.append(
            Sentence(
                offset + len(made),
                number,
                section,
                base + start,
                base + end,
                text,
                words,
                usable,
                bool(ego.search(plain)),
                bool(first.search(plain)),
                bool(opened),
                bool(closed),
            )
        )
    return made


_MARKS = '"“”«»„'
_NO_MARKS = re.compile(f"[{_MARKS}]")


def _quoted(text: str) -> list[bool]:
    """For each character whether it stands within double quotation marks (the marks included)."""
    inside = False
    flags = []
    for char in text:
        if char == '"':
            flags.append(True)
            inside = not inside
        elif char in "“«„":
            inside = True
            flags.append(True)
        elif char in "”»":
            flags.append(True)
            inside = False
        else:
            flags.append(inside)
    return flags


def is_headword(text: str) -> bool:
    """How an article of an encyclopedia begins: "DOE, JANE (1801–1859), English …", a line and not a sentence."""
    return bool(_HEADWORD.match(text))


_HEADWORD = re.compile(r"[^\W\d_a-zß-ÿ]{2,}(?:[ '’-][^\W\d_a-zß-ÿ]+)*, (?:[^\W\d_a-zß-ÿ]{2,}|[A-ZÀ-Þ]\.)")


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.4 * len(letters) or len(letters) < 0.6 * len(
        text.replace(" ", "")
    )
