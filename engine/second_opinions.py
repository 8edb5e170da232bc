"""What a model says of the sentences that no rule could verify: which are asked about, and with what evidence.

The rules' verdicts stay as they are, in the rows and on the screen; an opinion stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.authors.base import Author, Pair, SecondOpinion, Subject
from engine.calls.errors import NotNow
from engine.citing import AROUND
from engine.models_api.errors import BadAnswer, ModelError
from engine.quality.views import CitedSentence, SectionView
from sources.injection import signs
from sources.vocabulary import OPEN_VERDICTS, Verdict

NAME: Final = "opinions"
BATCH: Final = 12  # sentences in one question: few enough to be read with care by any model
HOLDS: Final = (Verdict.VERBATIM, Verdict.SUPPORTED)


@dataclass(frozen=True, slots=True)
class Opinions:
    """The opinions by the numbers of citations, and what could not be had."""

    given: Mapping[int, SecondOpinion] = field(default_factory=dict)
    seen: tuple[Seen, ...] = ()

    def rows(self) -> dict[int, tuple[str, str]]:
        """As they are stored."""
        return {number: (one.verdict, one.because) for number, one in self.given.items()}

    def beside(self, view: SectionView) -> SectionView:
        """The section with the opinions beside its verdicts."""
        return replace(view, citations=tuple(self._with(one) for one in view.citations))

    def _with(self, one: CitedSentence) -> CitedSentence:
        told = self.given.get(one.number)
        return replace(one, opinion=told.verdict, opinion_because=told.because) if told else one


def ask(author: Author, subject: Subject, view: SectionView) -> Opinions:
    """The author's opinions on the open sentences of a section, in batches.

    A checker that can't be had or gives no usable answer loses nothing but its opinion: a finding says so. What needs
    a person (money, a key) pauses the job as everywhere.
    """
    given: dict[int, SecondOpinion] = {}
    missed: list[str] = []
    asked = list(_open(view))
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        try:
            given |= _answers(batch, author.opinions(subject, [pair for pair, _cites in batch]))
        except BadAnswer as error:
            missed.append(str(error))
        except (ModelError, NotNow) as error:
            missed.append(str(error))
            break  # the provider is away; the rest would wait for it as long again
    return Opinions(given, tuple(_seen(missed)))


def _answers(
    batch: Sequence[tuple[Pair, list[int]]], said: Sequence[SecondOpinion | None]
) -> dict[int, SecondOpinion]:
    told = zip(batch, said, strict=False)  # an author without a model says nothing at all
    return {number: opinion for (_pair, cites), opinion in told if opinion for number in cites}


def _open(view: SectionView) -> Iterator[tuple[Pair, list[int]]]:
    """Each sentence that none of its citations supports by rule, with the numbers of those that are shown for it.

    A stretch with signs of injection is never shown: it must not buy a "supported".
    """
    for sentence, found in view.by_sentence.items():
        if any(one.verdict in HOLDS or one.opinion for one in found):
            continue
        shown = [one for one in found if one.verdict in OPEN_VERDICTS and not signs(_around(one, view))]
        if shown:
            numbers = [one.number for one in shown]
            evidence = tuple(dict.fromkeys(_around(one, view) for one in shown))
            yield Pair(numbers[0], sentence, evidence), numbers


def _around(one: CitedSentence, view: SectionView) -> str:
    """The quotation with what stands around it: a sentence that says "she" has its name before."""
    text = view.about.texts.get(one.source, "")
    return text[max(0, one.start - AROUND) : one.start + len(one.quote) + AROUND]


def _seen(missed: Sequence[str]) -> Iterator[Seen]:
    if missed:
        message = _("A model was to give its opinion where no rule could tell, and could not be asked: %s")
        yield Seen(NAME, Severity.INFO, message % missed[0])
