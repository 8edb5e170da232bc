"""What each citation of a sentence is worth, by the rules of `sources.support`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.authors.base import Span
from sources.people import PersonName
from sources.support import Support, check_all
from sources.vocabulary import Verdict

# Characters before and after a quotation that are read with it: a sentence that says "she" has its name before.
# The desk shows them too.
AROUND: Final = 300
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
    if any(one.holds or one.verdict == Verdict.CONTRADICTED for one in found):
        return found
    wider = check_all(words, [_around(span, sources[span.source]) for span in spans], about=about)
    return [_second(first, second) for first, second in zip(found, wider, strict=True)]


def _around(span: Span, text: str) -> str:
    return text[max(0, span.start - AROUND) : span.end + AROUND]


def _second(quote: Support, wider: Support) -> Support:
    """The second reading, where it helps; "verbatim" would say that the quotation itself has the words."""
    return Support(Verdict.SUPPORTED, wider.because) if wider.holds else quote


def folded(text: str) -> str:
    """Text without what typography changes: kinds of quotation marks and runs of white space."""
    return " ".join(text.translate(QUOTES).split())
