"""What goes with a book and isn't printed in it: the evidence of its sentences, its sources, how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of the book beside what it rests on.

    A sentence with several citations has a row for each; one without any has a row with empty columns. `section`
    is the heading, `number` that of the citation in its revision, `verdict` the rules' word and `because` what
    decided it; `opinion` is a model's second opinion, "" where it wasn't asked. `start` and `end` are offsets
    into the source's stored text.
    """

    section: str
    revision: str
    sentence: str
    number: int | None = None
    verdict: str = ""
    because: str = ""
    opinion: str = ""
    opinion_because: str = ""
    source: int | None = None
    source_title: str = ""
    passage: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source that the book relies on. `reference` is its line in the bibliography's style."""

    number: int
    reference: str
    kind: str
    url: str
    licence: str
    language: str
    credibility: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Making:
    """How the text came to be. `models` are empty where none was used; `edited` counts sections with an edited
    text among `sections`; `translated`: a model wrote it in another language than some of its sources'."""

    by_model: bool
    models: tuple[str, ...]
    sections: int
    edited: int
    translated: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """The papers of one book. `about` is who the person was, as the job tells it; words for people are in the
    language of the book."""

    about: str
    words: int
    making: Making
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)  # words of `Evidence.verdict` for people
    opinions: Mapping[str, str] = field(default_factory=dict)  # and of `Evidence.opinion`
    revisions: tuple[tuple[str, str], ...] = ()  # heading and hash of each, in printing order
