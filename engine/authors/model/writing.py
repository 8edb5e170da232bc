"""Prose by a model: asked for in parts, read sentence by sentence, each with the passages that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bookgen_site.lib.text import clean_text
from engine.authors.base import Draft, Paragraph, Piece, Span
from engine.authors.model.asking import obedient, planted
from engine.authors.model.passages import Shown
from engine.authors.model.windows import window
from engine.prompts import Block

LONGEST_SENTENCE: Final = 1_000  # characters
MOST_CITED: Final = 4  # passages of one sentence
# The name of a passage, also within what some models put around it: "[P3-12]".
_NAME: Final = re.compile(r"\bP\d+-\d+\b")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A written sentence and the passages that it names."""

    text: str
    passages: tuple[Shown, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: paragraphs of sentences."""

    paragraphs: tuple[tuple[Sentence, ...], ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(sentence.words for paragraph in self.paragraphs for sentence in paragraph)

    def plain(self) -> str:
        """Its text alone."""
        return "\n\n".join(" ".join(one.text for one in paragraph) for paragraph in self.paragraphs)

    def end(self, words: int) -> str:
        """Its last words, for whoever writes on."""
        return " ".join(self.plain().split()[-words:])

    def block(self) -> Block:
        """As a draft in a prompt."""
        return Block("draft", self.plain())


def read(answer: Mapping[str, Any], passages: Sequence[Shown]) -> Part:
    """What an answer says, cleaned: no web addresses, no unknown passages, nothing that obeys a command in a source."""
    commanded = planted(passages)
    known = {passage.name: passage for passage in passages}
    paragraphs = []
    for paragraph in answer["paragraphs"]:
        sentences = [_sentence(said, known) for said in paragraph["sentences"]]
        kept = tuple(one for one in sentences if one.text and not obedient(one.text, commanded))
        if kept:
            paragraphs.append(kept)
    return Part(tuple(paragraphs))


def unusable(answer: Mapping[str, Any], passages: Sequence[Shown]) -> str:
    """What is wrong with an answer as a text from these passages, in words for the model; "" when nothing is."""
    sentences = [sentence for paragraph in read(answer, passages).paragraphs for sentence in paragraph]
    if not sentences:
        return "It holds no sentence that can be used."
    if passages and not any(sentence.passages for sentence in sentences):
        return f"None of its sentences names a passage that it rests on, such as “{passages[0].name}”."
    return ""


def _sentence(said: Mapping[str, Any], known: Mapping[str, Shown]) -> Sentence:
    text = _ADDRESS.sub("", clean_text(said["text"], multiline=False))
    names = dict.fromkeys(name for told in said["passages"] for name in _NAME.findall(told))
    cited = [known[name] for name in names if name in known][:MOST_CITED]
    return Sentence(" ".join(text.split())[:LONGEST_SENTENCE], tuple(cited))


def draft(parts: Iterable[Part], *, uncited: bool = False) -> Draft:
    """The parts as a draft: each sentence a piece with its passages behind it. `uncited` is for words on the book."""
    return Draft(
        paragraphs=tuple(
            Paragraph(tuple(_piece(sentence, lead=uncited) for sentence in paragraph))
            for part in parts
            for paragraph in part.paragraphs
        )
    )


def _piece(sentence: Sentence, *, lead: bool) -> Piece:
    return Piece(sentence.text, cites=_cites(sentence), lead=lead)


def _cites(sentence: Sentence) -> tuple[Span, ...]:
    """Where in the named passages the sentence's words are."""
    return tuple(dict.fromkeys(window(sentence.text, passage) for passage in sentence.passages))
