"""A text in which only some paragraphs are written anew: what may be chosen, how it is worked, how it ends in vain."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.actions import Seen, record_findings
from biographies.errors import BadWish
from biographies.models import BiographyJob, Chapter, ChapterRevision
from biographies.states import move_chapter
from biographies.vocabulary import ChapterKind, ChapterStatus, Severity
from engine import evidence, paragraphs, plans, reading, texts
from engine.authors.base import CannotRewrite, Span, Standing
from engine.errors import UnitFailed
from engine.models import Unit
from engine.phases.base import Context, Outcome, Work
from sources.actions import CitationDraft
from sources.queries import citations_of

NAME = "regeneration"  # of the finding that tells of a wish that came to nothing
TOLD = (ChapterKind.CHAPTER, ChapterKind.PROLOGUE, ChapterKind.EPILOGUE)  # running text, told from passages


def selection(chapter: Chapter, wished: Sequence[int]) -> tuple[int, ...]:
    """The paragraphs of the chapter's current text that are wished for, in order; raises BadWish."""
    if chapter.kind not in TOLD:
        raise BadWish("paragraphs", _("This section can be regenerated as a whole only."))
    standing = paragraphs.cut(chapter.content)
    chosen = tuple(sorted(set(wished)))
    if not chosen or not all(1 <= number <= len(standing) for number in chosen):
        raise BadWish("paragraphs", _("Choose among the paragraphs 1 to %d.") % len(standing))
    for number in chosen:
        if not paragraphs.is_prose(standing[number - 1]):
            message = _("Paragraph %d is no running text; edit it by hand.")
            raise BadWish("paragraphs", message % number)
    return chosen


def outcome(unit: Work, ctx: Context) -> Outcome:
    """Write the unit's paragraphs anew. A text that has changed since it was chosen from is left as it is."""
    chapter, base = unit.chapter, unit.base
    if chapter is None or base is None:
        raise UnitFailed(_("The text whose paragraphs were chosen is gone."))
    if chapter.current_revision_id != base.pk:
        return Outcome(result={"stale": True}, apply=lambda: _left(chapter))
    written = _written(unit, chapter, base, ctx)

    def apply() -> None:
        # The fence guards against the engine's own; a person's edit meanwhile is seen here, under the chapter's lock.
        current = Chapter.objects.select_for_update(no_key=True).values_list("current_revision_id", flat=True)
        if current.get(pk=chapter.pk) == base.pk:
            texts.store(chapter, written, **unit.revision())
        else:
            _left(chapter)

    return Outcome(result={"words": written.words, "paragraphs": list(unit.paragraphs)}, apply=apply)


def _written(unit: Work, chapter: Chapter, base: ChapterRevision, ctx: Context) -> texts.Written:
    stands = texts.Base(base.text, tuple(citations(base)))
    brief = evidence.brief(chapter, ctx.job, regeneration=unit.generation, instruction=unit.instruction)
    try:
        new = ctx.author.rewrite(brief, standing(stands), unit.paragraphs)
    except CannotRewrite as error:
        raise UnitFailed(str(error)) from error
    return texts.with_paragraphs(stands, new, brief.sources, ctx.job.character, language=ctx.job.language)


def citations(base: ChapterRevision) -> list[CitationDraft]:
    """The citations of a revision as they'd be stored again, a model's opinion on them included."""
    return [
        CitationDraft(
            *(row.number, row.passage.source.number, row.start, row.end, row.quote, row.sentence),
            *(row.verdict, row.because, row.opinion, row.opinion_because),
        )
        for row in citations_of([base.pk])
    ]


def standing(base: texts.Base) -> tuple[Standing, ...]:
    """The paragraphs of a text as an author reads them."""
    spans = {one.number: Span(one.source, one.start, one.end) for one in base.citations}
    return tuple(_standing(part, spans) for part in paragraphs.cut(base.text))


def _standing(part: str, spans: dict[int, Span]) -> Standing:
    stretches = [stretch for block in reading.parse(part) for stretch in block.stretches]
    marks = [mark for stretch in stretches for mark in stretch.marks if mark in spans]
    return Standing(
        text=reading.plain(part),
        cites=tuple(dict.fromkeys(spans[mark] for mark in marks)),
        leads=bool(stretches) and stretches[0].italic,
    )


def _left(chapter: Chapter) -> None:
    _told(chapter, _("The paragraphs were not written again: the text has changed since they were chosen."))


def put_back(unit: Unit) -> None:
    """Of a unit that was parked: the text that stands goes back to its reviewer, with the reason as a finding."""
    with transaction.atomic():
        BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=unit.run.job_id)
        if plans.supersede(Unit.objects.filter(pk=unit.pk)) and unit.chapter:
            _told(unit.chapter, _("The paragraphs were not written again: %s") % unit.error)


def _told(chapter: Chapter, message: str) -> None:
    chapter = Chapter.objects.select_related("job", "current_revision").get(pk=chapter.pk)
    if chapter.status == ChapterStatus.WRITING:
        move_chapter(chapter, ChapterStatus.NEEDS_REVIEW)
    seen = Seen(NAME, Severity.WARNING, message)
    record_findings(job=chapter.job, revision=chapter.current_revision, checks=[NAME], seen=[seen])
