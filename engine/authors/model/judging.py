"""The checker's opinion on sentences that no rule could verify: what it says of each, read with suspicion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bookgen_site.lib.text import clean_text, shortened
from engine.authors.asking import Asker
from engine.authors.base import Pair, SecondOpinion, Subject
from engine.authors.model import forms
from engine.authors.model.asking import Question
from engine.authors.model.passages import readable
from engine.prompts import Block
from sources.injection import signs

TOKENS: Final = (400, 160)  # of an answer: for itself, and for each pair
LONGEST_REASON: Final = 300  # characters
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def opinions(asker: Asker, subject: Subject, pairs: Sequence[Pair]) -> tuple[SecondOpinion | None, ...]:
    """One question on all pairs; None for a pair that the answer leaves out or speaks strangely of."""
    if not pairs:
        return ()
    names = [f"S{pair.number}" for pair in pairs]
    own, each = TOKENS
    answer = Question(asker, subject, f"opinions from {names[0]}").ask(
        "checker",
        "quality_control/support",
        forms.VERDICTS,
        _blocks(pairs),
        max_tokens=own + each * len(pairs),
        check=lambda found: _wrong(found, names),
        pairs=", ".join(names),
    )
    said = dict(_said(answer["verdicts"]))
    return tuple(said.get(name) for name in names)


def _blocks(pairs: Iterable[Pair]) -> Iterator[Block]:
    """The sentence, which a model wrote, is foreign text like the passages."""
    for pair in pairs:
        yield Block(f"S{pair.number}", pair.sentence, "the sentence")
        for place, text in enumerate(pair.evidence, 1):
            yield Block(f"S{pair.number}.{place}", readable(text), "what it cites")


def _wrong(found: Mapping[str, Any], names: Sequence[str]) -> str:
    """What is wrong with an answer, in words for the model."""
    told = {one["pair"].strip() for one in found["verdicts"]}
    missing = [name for name in names if name not in told]
    return f"These pairs have no verdict: {', '.join(missing)}." if missing else ""


def _said(verdicts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, SecondOpinion | None]]:
    """Backwards, so that of two verdicts on one pair the first counts."""
    for one in reversed(list(verdicts)):
        because = _ADDRESS.sub("", clean_text(one["because"], multiline=False))
        opinion = SecondOpinion(one["verdict"], shortened(because, LONGEST_REASON))
        yield one["pair"].strip(), None if signs(because) else opinion
