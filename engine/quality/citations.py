"""Does every sentence show its evidence, and is the evidence really there?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.views import SectionView
from sources.vocabulary import Verdict

NAME = "citations"
UNCITED_KINDS = (
    ChapterKind.INTRODUCTION,
    ChapterKind.BIBLIOGRAPHY,
)  # these speak of the book, not of the person


def check(view: SectionView) -> Iterator[Seen]:
    """Marks that resolve, quotations that stand in the stored text, and no sentence without either."""
    yield from _dangling(view)
    yield from _false(view)
    if view.kind not in UNCITED_KINDS:
        yield from _uncited(view)


def _dangling(view: SectionView) -> Iterator[Seen]:
    known = {one.number for one in view.citations}
    used = {mark for block in view.blocks for stretch in block.stretches for mark in stretch.marks}
    for number in sorted(used - known):
        yield Seen(NAME, Severity.ERROR, _("The mark %d names no citation.") % number, f"[^{number}]")
    for number in sorted(known - used):
        yield Seen(NAME, Severity.WARNING, _("Citation %d is not used in the text.") % number)


def _false(view: SectionView) -> Iterator[Seen]:
    verified: set[str] = set()
    for one in view.citations:
        if one.stored != one.quote or not one.quote:
            message = _("The quotation of citation %d isn't in its source any more.") % one.number
            yield Seen(NAME, Severity.ERROR, message, one.sentence)
        elif one.verdict == Verdict.VERBATIM:
            verified.add(one.sentence)
    for one in view.citations:
        if one.sentence not in verified and one.stored == one.quote:
            yield Seen(NAME, Severity.WARNING, _("No rule could verify this sentence."), one.sentence)


def _uncited(view: SectionView) -> Iterator[Seen]:
    """Roman text must be followed by a mark; italic text is the compiler's own and needs none."""
    for block in view.blocks:
        for stretch in block.stretches:
            bare = stretch.text.strip(" —“”\"'")
            if not bare or stretch.marks or stretch.italic or stretch.bold:
                continue
            yield Seen(NAME, Severity.ERROR, _("This text has no citation."), bare[:200])
