"""What a citation is worth: the quotation decides, what stands around it helps where it leaves something open."""

from __future__ import annotations

from engine.authors.base import Span
from engine.citing import support_of
from sources.people import parse_name
from sources.vocabulary import Verdict

TEXT = (
    "Ruth Ames kept the light at Bell Point. In March 1840 she saved eleven sailors from the brig Heron. "
    "Her mother had kept it before her."
)
SAVED = Span(1, TEXT.index("In March"), TEXT.index(" Her mother"))


def _verdict(words: str, *spans: Span) -> list[str]:
    return [one.verdict for one in support_of(words, spans, {1: TEXT}, parse_name("Ruth Ames"))]


def test_a_quotation_is_verbatim_and_needs_no_reason() -> None:
    (found,) = support_of(TEXT[SAVED.start : SAVED.end], [SAVED], {1: TEXT}, None)
    assert (found.verdict, found.because) == (Verdict.VERBATIM, "")


def test_a_reworded_sentence_is_supported_and_an_altered_one_contradicted() -> None:
    assert _verdict("In March 1840 Ames saved 11 sailors from the Heron.", SAVED) == [Verdict.SUPPORTED]
    assert _verdict("In March 1841 she saved eleven sailors from the brig Heron.", SAVED) == [
        Verdict.CONTRADICTED
    ]


def test_a_name_may_stand_just_outside_the_quotation() -> None:
    words = "From Bell Point she saved eleven sailors of the brig Heron in March 1840."
    assert _verdict(words, SAVED) == [Verdict.SUPPORTED]
    assert _verdict(words.replace("Bell Point", "Cape Horn"), SAVED) != [Verdict.SUPPORTED]


def test_each_stretch_that_is_cited_has_its_verdict() -> None:
    first = Span(1, 0, TEXT.index(" In March"))
    words = "Ruth Ames kept the light at Bell Point."
    assert _verdict(words, first, SAVED)[0] == Verdict.VERBATIM
    assert len(_verdict(words, first, SAVED)) == 2
    assert _verdict(words) == []


def _further(words: str, other: str) -> str:
    """What a second source is worth for a sentence that stands word for word in the first."""
    texts = {1: words, 2: other}
    spans = [Span(number, 0, len(text)) for number, text in texts.items()]
    first, second = support_of(words, spans, texts, parse_name("Ruth Ames"))
    assert first.verdict == Verdict.VERBATIM
    return second.verdict


def test_a_further_witness_of_a_part_supports_what_is_quoted_from_another() -> None:
    words = "Born at Bell Point, on the 7th of March, 1820, Ruth Ames was the last of five children."
    part = "He is known for his work with his wife, Ruth Ames, who was born at Bell Point on the 7th of March 1820."
    assert _further(words, part) == Verdict.SUPPORTED
    assert _further(words, part.replace("1820", "1822")) != Verdict.SUPPORTED
    assert _further(words, "Ruth Ames was a nurse in the war of 1861.") != Verdict.SUPPORTED
