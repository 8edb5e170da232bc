"""A text read once: its tokens, sentences, stems, and the typed items that are compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import simplemma

from sources.numerals import fold
from sources.support.dates import Date, dates_in
from sources.support.numbers import Number, numbers_in
from sources.support.tokens import Known, Token, plain, sentence_spans, tokens_of
from sources.support.tongues import FUNCTION, KIN, NEGATION, OPPOSITES, REFUSING, SEPARABLE

# English verbs change their stem ("taught"); elsewhere the first letters did as well on our pairs, and each
# dictionary costs seconds and memory.
LEMMAS = ("en",)
_NO_KIN: dict[str, str] = {}
_IN_LAW = ("in", "law")
_BEAU = frozenset(("beau", "belle", "beaux", "belles"))  # "beau-frère"
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with all that the checks look at. `stems` has "" for words without content of their own."""

    text: str
    tongue: str
    tokens: tuple[Token, ...]
    spans: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    dates: tuple[Date, ...]
    numbers: tuple[Number, ...]
    folded: tuple[str, ...]
    words: Counter[str]
    joined: str
    names: list[int] = field(default_factory=list, compare=False)  # filled by `names.name_places`, once

    def said(self, first: int, last: int) -> str:
        """The words from one token to another, as they stand."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[last].end].split())[:80]

    def kin(self, place: int) -> str:
        """Whom a token names as a relation ("mother"), or ""."""
        kin = KIN.get(self.tongue, _NO_KIN).get(self.tokens[place].folded, "")
        if not kin:
            return ""
        if self.folded[place + 1 : place + 3] == _IN_LAW or _BEAU.intersection(
            self.folded[place - 1 : place]
        ):
            return f"{kin}-in-law"
        return kin

    def opposes(self, place: int) -> tuple[tuple[int, int], ...]:
        """The (pair of opposites, side of it) that a token stands for, in any of its forms."""
        apart = SEPARABLE.get(self.folded[place]) if self.tongue == "de" else None
        if apart and self._ends_clause(place, apart):
            return OPPOSITES["de"].get(apart + self.folded[place], ())
        return _sides(self.tongue)[self.tokens[place].text]

    def _ends_clause(self, place: int, prefix: str) -> bool:
        """Whether the clause of a German verb ends with its prefix: "nahm das Amt an"."""
        past = next(
            (at for at in range(place + 1, len(self.tokens)) if self.tokens[at].apart), len(self.tokens)
        )
        return self.folded[past - 1] == prefix

    def is_function(self, place: int) -> bool:
        """Whether a token is an article, pronoun, preposition, auxiliary or the like."""
        return self.tokens[place].folded in FUNCTION.get(self.tongue, _NOTHING)

    def negates(self, place: int) -> bool:
        """Whether a token turns what it belongs to into its opposite."""
        word = self.folded[place]
        if self.tongue == "en" and word in REFUSING:
            return self.folded[place + 1 : place + 2] == (REFUSING[word],)
        return word in NEGATION.get(self.tongue, _NOTHING)


def read(text: str, tongue: str) -> Reading:
    """Read a text in a language ("en"); an unknown one has no words, only digits and capitals."""
    text = plain(text)
    return read_tokens(text, tokens_of(text), tongue)


def read_tokens(text: str, tokens: tuple[Token, ...], tongue: str) -> Reading:
    """Read a text whose tokens are known already."""
    folded = tuple([token.folded for token in tokens])
    digits = [at for at, word in enumerate(folded) if word[0].isdigit()]
    numbers = numbers_in(tokens, tongue, digits)
    dates = dates_in(tokens, tongue, digits)
    dated = {place for date in dates for place in range(date.first, date.last + 1)}
    stems = _stems(tongue)
    return Reading(
        text,
        tongue,
        tokens,
        sentence_spans(tokens, text),
        tuple([stems[token.text] for token in tokens]),
        dates,
        tuple(number for number in numbers if number.first not in dated and number.last not in dated),
        folded,
        Counter(folded),
        f" {' '.join(folded)} ",
    )


@lru_cache(maxsize=16)
def _stems(tongue: str) -> Known[str]:
    return Known(lambda text: stem_of(fold(text), text, tongue))


@lru_cache(maxsize=16)
def _sides(tongue: str) -> Known[tuple[tuple[int, int], ...]]:
    return Known(lambda text: _sides_of(text, tongue))


def _sides_of(text: str, tongue: str) -> tuple[tuple[int, int], ...]:
    """By the word as it stands, else by another form of it: "declining" is as good as "declined"."""
    table = OPPOSITES.get(tongue, {})
    word = fold(text)
    if word in table or tongue not in LEMMAS or not word.endswith(("ing", "ed", "es", "en")):
        return table.get(word, ())
    return table.get(fold(simplemma.lemmatize(text.lower(), lang=tongue)), ())


def stem_of(folded: str, text: str, tongue: str) -> str:
    """The first five letters of the word's dictionary form: "marriage" and "marry" are one; "" for function words."""
    if folded in FUNCTION.get(tongue, _NOTHING) or folded in NEGATION.get(tongue, _NOTHING):
        return ""
    if folded[0].isdigit():
        return folded
    lemma = fold(simplemma.lemmatize(text.lower(), lang=tongue)) if tongue in LEMMAS else folded
    if lemma in FUNCTION.get(tongue, _NOTHING) and len(lemma) < 4:
        lemma = folded
    return lemma.replace("y", "i").replace("'", "")[:5]
