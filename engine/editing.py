"""A person's own hand in a text: editing it, and going back to an earlier one. Each makes a revision, checked anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.actions import carry_dismissals, record_findings, text_hash
from biographies.errors import BadWish, IllegalMove, Stale
from biographies.models import BiographyJob, Chapter, ChapterRevision
from biographies.vocabulary import ChapterStatus, JobStatus, Origin
from bookgen_site.accounts.models import User
from bookgen_site.lib import queue
from bookgen_site.lib.text import clean_text
from engine import quality, texts
from engine.actions import AT_THE_DESK, check_again, reopen
from engine.authors.base import Span
from engine.locking import require
from engine.models import Run
from engine.quality import length
from engine.quality.rows import read_section
from engine.reciting import recited
from engine.rewriting import citations
from notifications.publish import audit
from sources.models import Source
from sources.queries import usable_sources

LONGEST: Final = 400_000  # characters of a chapter
LONGEST_CITE: Final = 4_000  # characters of a stretch that an editor cites
EDITED_IN: Final = AT_THE_DESK | {JobStatus.PAUSED}
NOW: Final = tuple(
    name for name in quality.SECTION_CHECKS if name != length.NAME
)  # length depends on the author


def base_of(revision: ChapterRevision) -> texts.Base:
    """A revision's text with its citations."""
    return texts.Base(revision.text, tuple(citations(revision)))


def cited(job: BiographyJob, base: texts.Base, text: str, cites: Mapping[int, Span]) -> texts.Written:
    """The edited text with what each of its sentences rests on; raises BadWish for a stretch that isn't there."""
    numbers = {one.source for one in base.citations} | {span.source for span in cites.values()}
    rows = Source.objects.filter(job=job, number__in=numbers)
    stored = dict(rows.values_list("number", "text"))
    usable = set(usable_sources(job.pk).filter(number__in=numbers).values_list("number", flat=True))
    for number, span in cites.items():
        whole = span.source in usable and 0 <= span.start < span.end <= len(stored[span.source])
        if not whole or span.end - span.start > LONGEST_CITE:
            raise BadWish(
                "cites", _("What the mark [^%d] should cite isn't in a source of this book.") % number
            )
    return recited(base, text, cites, stored, job.character)


@transaction.atomic
def edit(
    *,
    chapter: Chapter,
    by: User,
    text: str,
    sha256: str,
    cites: Mapping[int, Span] | None = None,
    note: str = "",
) -> ChapterRevision:
    """Store the text that a person made of the one with this hash: 1 refuse if another is there by now, 2 hold what was
    changed against its passages, 3 make the revision, 4 check it, now by rule and then as every text.

    `cites` are the stretches of sources that new marks name, `note` says why. Raises Stale, BadWish, IllegalMove.
    """
    job, base = _opened(chapter, by, sha256)
    words = clean_text(text[: LONGEST + 1]).strip()
    if not words or len(words) > LONGEST:
        raise BadWish("text", _("A chapter needs a text of at most %d characters.") % LONGEST)
    written = cited(job, base_of(base), words, cites or {})
    if text_hash(written.text) == base.sha256:
        raise BadWish("text", _("Nothing has been changed."))
    return _stored(job, chapter, base, written, by, origin=Origin.EDITED, note=note)


@transaction.atomic
def restore(*, chapter: Chapter, by: User, number: int, sha256: str) -> ChapterRevision:
    """Make the text of an earlier revision the chapter's text again, with its citations, as a revision of its own.

    `sha256` is the hash of the text that was the current one on the screen.
    """
    job, base = _opened(chapter, by, sha256)
    earlier = ChapterRevision.objects.filter(chapter=chapter, number=number).first()
    if earlier is None or earlier.sha256 == base.sha256:
        raise BadWish("number", _("This is the text that the chapter has."))
    old = base_of(earlier)
    written = texts.Written({}, text=old.text, words=earlier.word_count, citations=list(old.citations))
    return _stored(job, chapter, earlier, written, by, origin=Origin.RESTORED)


def _opened(chapter: Chapter, by: User, sha256: str) -> tuple[BiographyJob, ChapterRevision]:
    """The job and the current text, both locked, when this person may put another in its place."""
    job = BiographyJob.objects.get(pk=chapter.job_id)
    require(by, job)
    if job.status not in EDITED_IN:
        raise IllegalMove(_("Chapters can be changed once the book has been written."))
    rows = Chapter.objects.select_for_update(of=("self",), no_key=True).select_related("current_revision")
    now = rows.get(pk=chapter.pk)
    if now.current_revision is None or now.current_revision.sha256 != sha256:
        raise Stale(_("“%s” has another text by now.") % chapter)
    if now.status == ChapterStatus.WRITING:
        raise IllegalMove(_("“%s” is being written. Wait for the new text.") % chapter)
    return job, now.current_revision


def _stored(
    job: BiographyJob,
    chapter: Chapter,
    before: ChapterRevision,
    written: texts.Written,
    by: User,
    *,
    origin: Origin,
    note: str = "",
) -> ChapterRevision:
    made = texts.store(chapter, written, origin=origin, asked_by_id=by.pk, instruction=note[:5000])
    _check(Chapter.objects.select_related("job", "current_revision").get(pk=chapter.pk), made, before)
    run = Run.objects.filter(job=job).order_by("-id").first()
    if run is not None:
        check_again(run, chapter.pk)
        reopen(run, job)
    action = "edit" if origin is Origin.EDITED else "restore"
    after = {"revision": made.number, "reason": made.instruction}
    audit(
        by=by,
        action=action,
        target=str(chapter),
        job_id=job.pk,
        before={"revision": before.number},
        after=after,
    )
    queue.put("engine.look", job.pk)
    return made


def _check(chapter: Chapter, made: ChapterRevision, before: ChapterRevision) -> None:
    """What rules see is there before anybody can approve; the engine checks once more, with a model's opinion."""
    seen = [one for one in quality.section_checked(read_section(chapter)).seen if one.check in NOW]
    record_findings(job=chapter.job, revision=made, checks=NOW, seen=seen)
    carry_dismissals(frm=before, to=made)
