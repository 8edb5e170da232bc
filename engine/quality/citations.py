"""Does every sentence show its evidence, is the evidence really there, and does it say so?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.uncited import uncited
from engine.quality.views import CitedSentence, SectionView
from sources.vocabulary import Opinion, Verdict

NAME = "citations"
UNCITED_KINDS = (
    ChapterKind.INTRODUCTION,
    ChapterKind.BIBLIOGRAPHY,
)  # these speak of the book, not of the person
# From the best to the worst: a sentence with several citations counts by its best.
_BEST_FIRST = (
    *(Verdict.VERBATIM, Verdict.SUPPORTED, Verdict.CANNOT_TELL),
    *(Verdict.UNSUPPORTED, Verdict.CONTRADICTED),
)


def check(view: SectionView) -> Iterator[Seen]:
    """Marks that resolve, quotations that stand in the stored text, sentences that have evidence and agree."""
    yield from _dangling(view)
    yield from _false(view)
    yield from _judged(view)
    if view.kind not in UNCITED_KINDS:
        for words in uncited(view):
            yield Seen(NAME, Severity.ERROR, _("This text has no citation."), words[:200])


def _dangling(view: SectionView) -> Iterator[Seen]:
    known = {one.number for one in view.citations}
    used = {mark for block in view.blocks for stretch in block.stretches for mark in stretch.marks}
    for number in sorted(used - known):
        yield Seen(NAME, Severity.ERROR, _("The mark %d names no citation.") % number, f"[^{number}]")
    for number in sorted(known - used):
        yield Seen(NAME, Severity.WARNING, _("Citation %d is not used in the text.") % number)


def _false(view: SectionView) -> Iterator[Seen]:
    for one in view.citations:
        if not one.stands:
            message = _("The quotation of citation %d isn't in its source any more.") % one.number
            yield Seen(NAME, Severity.ERROR, message, one.sentence)


def _judged(view: SectionView) -> Iterator[Seen]:
    """What the best of a sentence's verdicts says, but for those that satisfy."""
    for sentence, found in view.by_sentence.items():
        best = min(found, key=lambda one: _BEST_FIRST.index(Verdict(one.verdict)))
        against = next((one for one in found if one.verdict == Verdict.CONTRADICTED), None)
        if best.verdict not in (Verdict.VERBATIM, Verdict.SUPPORTED):
            yield _seen(best, sentence, _opinion(found), contested=against is not None)
        elif against:
            message = _("One of the cited sources says otherwise.")
            told = f"{message} {against.because}" if against.because else message
            yield Seen(NAME, Severity.WARNING, told, sentence)


def _opinion(found: Iterable[CitedSentence]) -> CitedSentence | None:
    """The citation that bears a model's opinion on the sentence; all that bear one bear the same."""
    return next((one for one in found if one.opinion), None)


def _seen(best: CitedSentence, sentence: str, told: CitedSentence | None, *, contested: bool) -> Seen:
    """The rules' verdict, and beside it the opinion: that lowers or raises the severity, and hides nothing."""
    message = {
        Verdict.CONTRADICTED: _("The cited source says otherwise."),
        Verdict.UNSUPPORTED: _("The cited source doesn't say this."),
    }.get(Verdict(best.verdict), _("No rule could verify this sentence."))
    parts = [message, best.because, *(_told(told) if told else ())]
    severity = _severity(best, told.opinion if told else "", contested=contested)
    return Seen(NAME, severity, " ".join(part for part in parts if part), sentence)


def _told(one: CitedSentence) -> Iterator[str]:
    yield _("Second opinion of a model: %s.") % Opinion(one.opinion).label
    yield one.opinion_because


def _severity(best: CitedSentence, opinion: str, *, contested: bool) -> Severity:
    """No opinion makes good what a rule has found contradicted, in whichever of the cited sources."""
    if Verdict.CONTRADICTED in (best.verdict, opinion):
        return Severity.ERROR
    return Severity.INFO if opinion == Opinion.SUPPORTED and not contested else Severity.WARNING
