"""What every author reads and what it hands back: plain, frozen data, no database.

A phase turns rows into these, calls the author, and turns the answer into rows again. All spans
are character offsets into the stored, cleaned text of a source, so `text[start:end]` is verbatim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A verbatim stretch of one source: `source` is its number in the job, offsets in characters."""

    source: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Subject:
    """The person the book is about; `language` is that of the book (BCP 47, e.g. "en")."""

    name: str
    description: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class SourceText:
    """One valid source as an author may read it. `kind` is primary, secondary, tertiary or unknown."""

    number: int
    text: str
    title: str = ""
    author: str = ""
    work: str = ""
    year: int | None = None
    kind: str = "unknown"
    form: str = ""  # what it is in a word or two: autobiography, speech, letter, biography, encyclopedia
    language: str = "en"
    relevance: float = 1.0
    credibility: float = 50.0


@dataclass(frozen=True, slots=True)
class FactDate:
    """A date with its precision: day, month, season, year, circa, decade or range (end is inclusive)."""

    start: dt.date
    end: dt.date
    precision: str
    text: str = ""  # the words that gave the date
    inherited: bool = False  # taken from the neighbourhood, not from the fact's own words


@dataclass(frozen=True, slots=True)
class Dispute:
    """How a fact disagrees with the better-attested one: in a sentence of its own, and one of the other.

    `kind` is birth, death, age (a birth reckoned from an age), date, order, years (an age at an event), place,
    number, office, having, name, kinship or spelling;
    `because` is why the other is followed: witnesses, kind, near, credible, weight or order.
    """

    kind: str
    own: Span
    other: Span
    because: str
    counts: tuple[int, int] = (1, 1)  # independent sources for the other, and for this one


@dataclass(frozen=True, slots=True)
class FactDraft:
    """One statement: one to a few neighbouring whole sentences that keep their antecedent.

    `sentences` are in reading order and lie side by side; `also` holds the spans of the same
    statement in other sources. `key` is a hash of the words: the same in every process.
    """

    key: str
    sentences: tuple[Span, ...]
    text: str
    kind: str = "statement"  # birth, death, family, education, occupation, travel, publication, award, event, statement
    date: FactDate | None = None
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    score: float = 0.0
    also: tuple[Span, ...] = ()
    contradicts: str = ""  # key of the better-attested fact that this one disagrees with
    disputes: tuple[
        Dispute, ...
    ] = ()  # all in which it disagrees with better-attested ones, the first with that
    witnesses: int = 1  # independent sources that tell it
    dates: tuple[FactDate, ...] = ()  # every date it gives in full, in reading order


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the job asks of the outline; None lets the author decide from the evidence."""

    chapters: int | None = None
    words: int | None = None
    hold: bool = False  # keep to the words although the evidence is thin
    style: str = ""


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A chapter before it is written. `facts` in the order of telling, `reserve` as spare material."""

    number: int
    title: str
    synopsis: str
    target_words: int
    facts: tuple[str, ...]
    reserve: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of the book: numbered chapters, and the facts kept for the prologue and epilogue."""

    chapters: tuple[ChapterPlan, ...]
    facts: tuple[FactDraft, ...]  # merged: duplicates folded into `also`
    prologue: tuple[str, ...] = ()
    epilogue: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what the editor should know, e.g. lowered targets


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence (or a lead-in). `lead` marks words of the compiler, which are not source text."""

    text: str
    cites: tuple[Span, ...] = ()
    lead: bool = False
    italic: bool = False
    quoted: bool = (
        False  # stands in quotation marks, which the renderer sets around neighbouring quoted pieces
    )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces printed one after another, separated by a space unless `glued`: those bring their own."""

    pieces: tuple[Piece, ...]
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a timeline, glossary or dramatis personae: a label and what is said of it."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a chapter or section as an author hands it over: prose, or rows, or both."""

    paragraphs: tuple[Paragraph, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A chapter as the others see it."""

    number: int
    title: str
    synopsis: str


@dataclass(frozen=True, slots=True)
class Brief:
    """All that an author may use to write one chapter or section."""

    subject: Subject
    sources: tuple[SourceText, ...]
    facts: tuple[FactDraft, ...]  # of this chapter, in the order of telling
    reserve: tuple[FactDraft, ...] = ()
    title: str = ""
    target_words: int = 0
    regeneration: int = 0  # 0 the first time; each regeneration asks for another selection
    all_facts: tuple[FactDraft, ...] = ()  # of the whole job: timeline, glossary and people need them
    told_facts: tuple[FactDraft, ...] = ()  # those among them that a chapter, the prologue or epilogue tells
    synopsis: str = ""
    instruction: str = ""  # what the editor asks of this text
    style: str = ""  # how the book is to be written, in the editor's words
    outline: tuple[Listed, ...] = ()  # all chapters of the book
    number: int | None = None  # of this chapter in it


@dataclass(frozen=True, slots=True)
class Standing:
    """A paragraph of a text that is there already: its words without marks, and the stretches that it cites."""

    text: str
    cites: tuple[Span, ...] = ()
    leads: bool = False  # whether it begins with words of the compiler, which say who speaks


class CannotRewrite(Exception):
    """The author has nothing else to say in a paragraph; the message tells the editor why, and what would help."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A written sentence and what it cites, in the sources' words; `number` names it in its revision."""

    number: int
    sentence: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a model says of a pair: a word of `sources.vocabulary.Opinion`, and what decided."""

    verdict: str
    because: str = ""


class Author(Protocol):
    """What writes: a language model, or the extractive author. Methods are pure and deterministic."""

    name: str
    length_tolerance: float  # share of its target by which a chapter may be longer or shorter
    remarks: list[str]  # what the editor should know of the answers given so far

    def refusal(self, subject: Subject, sources: tuple[SourceText, ...]) -> str:
        """Why this author can't make this book, as a message for the editor; "" when it can."""

    def find_facts(self, subject: Subject, source: SourceText) -> tuple[FactDraft, ...]:
        """All statements of one source that a book could use, in reading order."""

    def plan_outline(
        self, subject: Subject, sources: tuple[SourceText, ...], facts: tuple[FactDraft, ...], wishes: Wishes
    ) -> Outline:
        """Merge facts, arrange them into chapters, and decide which of them are told."""

    def write_chapter(self, brief: Brief) -> Draft:
        """The text of one numbered chapter."""

    def write_section(self, kind: str, brief: Brief) -> Draft:
        """The text of a special section: prologue, introduction, timeline, epilogue, glossary, dramatis_personae."""

    def rewrite(
        self, brief: Brief, text: Sequence[Standing], chosen: Sequence[int]
    ) -> Mapping[int, tuple[Paragraph, ...]]:
        """Other paragraphs in the place of the chosen ones (numbers from 1), to stand between the others as they are.

        Raises CannotRewrite.
        """

    def opinions(self, subject: Subject, pairs: Sequence[Pair]) -> tuple[SecondOpinion | None, ...]:
        """A second opinion on each of these pairs, in their order, None where there is none; () without a model."""
