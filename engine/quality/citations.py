"""Does every sentence show its evidence, is the evidence really there, and does it say so?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.uncited import uncited
from engine.quality.views import CitedSentence, SectionView
from sources.vocabulary import Verdict

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


def _stands(one: CitedSentence) -> bool:
    return bool(one.quote) and one.stored == one.quote


def _false(view: SectionView) -> Iterator[Seen]:
    for one in view.citations:
        if not _stands(one):
            message = _("The quotation of citation %d isn't in its source any more.") % one.number
            yield Seen(NAME, Severity.ERROR, message, one.sentence)


def _judged(view: SectionView) -> Iterator[Seen]:
    """What the best of a sentence's verdicts says, but for those that satisfy."""
    sentences: dict[str, list[CitedSentence]] = defaultdict(list)
    for one in view.citations:
        if _stands(one):
            sentences[one.sentence].append(one)
    for sentence, found in sentences.items():
        best = min(found, key=lambda one: _BEST_FIRST.index(Verdict(one.verdict)))
        if best.verdict not in (Verdict.VERBATIM, Verdict.SUPPORTED):
            yield _seen(best, sentence)
        elif against := next((one for one in found if one.verdict == Verdict.CONTRADICTED), None):
            message = _("One of the cited sources says otherwise.")
            told = f"{message} {against.because}" if against.because else message
            yield Seen(NAME, Severity.WARNING, told, sentence)


def _seen(best: CitedSentence, sentence: str) -> Seen:
    severity = Severity.ERROR if best.verdict == Verdict.CONTRADICTED else Severity.WARNING
    message = {
        Verdict.CONTRADICTED: _("The cited source says otherwise."),
        Verdict.UNSUPPORTED: _("The cited source doesn't say this."),
    }.get(Verdict(best.verdict), _("No rule could verify this sentence."))
    because = f"{message} {best.because}" if best.because else message
    return Seen(NAME, severity, because, sentence)
