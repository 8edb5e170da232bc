"""What each citation of a sentence is worth, by the rules of `sources.support`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.base import Span
from engine.authors.extract.events import clauses
from sources.language import detect
from sources.people import PersonName
from sources.support import Support, check, check_all
from sources.vocabulary import Verdict

# Characters before and after a quotation that are read with it: a sentence that says "she" has its name before.
# The desk shows them too.
AROUND: Final = 300
_SHOWN: Final = 160  # characters of a part in the line for the editor
QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


def support_of(
    words: str, spans: Sequence[Span], sources: Mapping[int, str], about: PersonName | None
) -> list[Support]:
    """A verdict for each of the stretches that a sentence cites, in their order.

    The quotations decide. Where they leave it open, they're read once more with what stands around them.
    """
    quotes = [sources[span.source][span.start : span.end] for span in spans]
    if len(quotes) == 1 and folded(quotes[0]) == folded(words):
        return [Support(Verdict.VERBATIM, "")]
    found = check_all(words, quotes, about=about)
    if any(one.verdict == Verdict.VERBATIM for one in found):
        return [
            one if one.holds else _beside(one, words, quote, about)
            for one, quote in zip(found, quotes, strict=True)
        ]
    if any(one.holds or one.verdict == Verdict.CONTRADICTED for one in found):
        return found
    wider = check_all(words, [_around(span, sources[span.source]) for span in spans], about=about)
    return [_second(first, second) for first, second in zip(found, wider, strict=True)]


def _beside(alone: Support, words: str, quote: str, about: PersonName | None) -> Support:
    """A further witness of a sentence that stands word for word in another source.

    It needn't have all of the sentence: it supports it when what it says at a date is all borne out by the
    sentence. It contradicts it only when that is at odds as well; in other words alone, nobody can tell.
    """
    parts = [*_dated_parts(quote)]
    checked = [(part, check(part, words, about=about)) for part in parts]
    for part, one in checked:
        if one.holds:
            short = " ".join(part.split())[:_SHOWN]
            return Support(Verdict.SUPPORTED, _("A part of the sentence is borne out: “%s”.") % short)
    if alone.verdict == Verdict.CONTRADICTED and all(
        one.verdict != Verdict.CONTRADICTED for part, one in checked
    ):
        return Support(Verdict.CANNOT_TELL, alone.because)
    return alone


def _dated_parts(quote: str) -> Iterator[str]:
    """Each date of a sentence with what is said at it."""
    for date, start, end in clauses(quote, detect(quote[:400]) or "en"):
        cuts = [start, *(mark.end() for mark in _TURN.finditer(quote, start, end)), end]
        for first, past in pairwise(cuts):
            if first <= date.start < past:
                yield quote[first:past].strip(" ,;:")


_TURN: Final = re.compile(
    r"[;:]|,\s+(?=(?:who|where|que|donde|qui|où|dove|che|onde)\b)|,\s+(?:and|but|y|pero|et|mais|und|aber|e|mas|ma)\b"
)


def _around(span: Span, text: str) -> str:
    return text[max(0, span.start - AROUND) : span.end + AROUND]


def _second(quote: Support, wider: Support) -> Support:
    """The second reading, where it helps; "verbatim" would say that the quotation itself has the words."""
    return Support(Verdict.SUPPORTED, wider.because) if wider.holds else quote


def folded(text: str) -> str:
    """Text without what typography changes: kinds of quotation marks and runs of white space."""
    return " ".join(text.translate(QUOTES).split())
