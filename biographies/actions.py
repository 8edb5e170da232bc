"""Every write to the book that matters. Keyword arguments, `by=` the actor, one transaction, audit inside."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from biographies import wishes
from biographies.errors import BookError, Forbidden, IllegalMove, Stale
from biographies.exports.formats import chosen
from biographies.exports.options import ExportOptions
from biographies.lengths import with_house_length
from biographies.models import Approval, BiographyJob, Chapter, ChapterRevision, Export, Finding
from biographies.queries import workable_by
from biographies.states import move_chapter, move_job, must_move_chapter, require_unarchived
from biographies.vocabulary import ChapterStatus, FindingStatus, JobStatus, Manner, Origin, Severity
from biographies.webhooks import set_job_webhook
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from bookgen_site.lib.text import clean_text
from notifications.events import ChapterReady
from notifications.forgetting import forget_job
from notifications.freshness import changed
from notifications.hooks import endpoints
from notifications.publish import audit, publish

REOPENED = frozenset({JobStatus.EXPORTING})  # an export under way waits for the chapter that goes back


@dataclass(frozen=True, slots=True)
class PlannedChapter:
    """A section to be written, as the outline wants it."""

    kind: str
    title: str
    number: int | None = None
    synopsis: str = ""
    target_words: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """Something a check saw, before it is a row."""

    check: str
    severity: Severity
    message: str
    place: str = ""


@transaction.atomic
def create_job(*, by: User, character: str, **settings: Any) -> BiographyJob:
    """A new job owned by `by`; raises BadWish when a setting makes no sense, Forbidden when `by` may not."""
    if not by.makes_books:
        raise Forbidden(_("Your role can't make new biographies."))
    values = wishes.cleaned(character=character, **with_house_length(settings))
    job = BiographyJob.objects.create(owner=by, **values)
    set_job_webhook(job=job, by=by, url=job.webhook_url)
    audit(by=by, action="create_job", target=job.character, job_id=job.pk, after=wishes.as_json(values))
    return job


@transaction.atomic
def plan_chapters(*, job: BiographyJob, plans: Iterable[PlannedChapter]) -> list[Chapter]:
    """Make the rows of the outline; planning again (before any text) replaces the earlier plan."""
    Chapter.objects.filter(job=job, current_revision=None).delete()
    BiographyJob.objects.filter(pk=job.pk).update(outline_approved_at=None)  # it was of the earlier plan
    return [
        Chapter.objects.create(
            job=job,
            kind=plan.kind,
            chapter_number=plan.number,
            title=clean_text(plan.title, multiline=False)[:255],
            synopsis=clean_text(plan.synopsis),
            target_words=plan.target_words,
        )
        for plan in plans
    ]


@transaction.atomic
def add_revision(
    *,
    chapter: Chapter,
    text: str,
    words: int,
    origin: Origin,
    by: User | None,
    instruction: str = "",
    paragraphs: Sequence[int] = (),
) -> ChapterRevision:
    """A new text for the chapter; it becomes the current one and waits for review.

    `paragraphs` are those of the text before it that were written anew; none: the whole text was.
    """
    Chapter.objects.select_for_update(no_key=True).get(pk=chapter.pk)
    last = chapter.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = ChapterRevision.objects.create(
        chapter=chapter,
        number=last + 1,
        text=text,
        sha256=text_hash(text),
        word_count=words,
        origin=origin,
        instruction=clean_text(instruction),
        paragraphs=list(paragraphs),
        created_by=by,
    )
    must_move_chapter(chapter, ChapterStatus.NEEDS_REVIEW, current_revision=revision, parked_reason="")
    _tell_revision(chapter, revision, by)
    return revision


def _tell_revision(chapter: Chapter, revision: ChapterRevision, by: User | None) -> None:
    after = {"revision": revision.number, "sha256": revision.sha256, "origin": revision.origin}
    audit(by=by, action="add_revision", target=str(chapter), job_id=chapter.job_id, after=after)
    news = ChapterReady(
        chapter=chapter.pk,
        title=chapter.title,
        words=revision.word_count,
        origin=revision.origin,
        by=by.get_username() if by else "",
    )
    publish(chapter.job_id, news)


def text_hash(text: str) -> str:
    """The SHA-256 of a revision's text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def approve(*, chapter: Chapter, sha256: str, by: User, manner: Manner = Manner.SINGLE) -> Approval:
    """Approve the text with this hash: 1 lock, 2 compare, 3 check findings, 4 move, 5 write down who.

    Raises Stale when the chapter has another text by now, Forbidden when `by` may not approve, BookError
    when open errors block it.
    """
    if not by.approves:
        raise Forbidden(_("Your role can't approve chapters."))
    rows = Chapter.objects.select_for_update(of=("self",), no_key=True).select_related(
        "current_revision", "job"
    )
    chapter = rows.get(pk=chapter.pk)
    require_unarchived(chapter.job)
    revision = chapter.current_revision
    if revision is None or revision.sha256 != sha256:
        raise Stale(_("“%s” has changed since you read it. Read the new text, then approve it.") % chapter)
    if revision.findings.filter(status=FindingStatus.OPEN, severity=Severity.ERROR).exists():
        raise BookError(_("“%s” has open errors. Resolve or dismiss them first.") % chapter)
    must_move_chapter(chapter, ChapterStatus.APPROVED)
    approval, _made = Approval.objects.get_or_create(
        revision=revision,
        defaults={"revision_sha256": sha256, "by": by, "by_name": by.get_username(), "manner": manner},
    )
    after = {"sha256": sha256, "manner": manner.value}
    audit(by=by, action="approve", target=str(chapter), job_id=chapter.job_id, after=after)
    queue.put("engine.look", chapter.job_id)  # the last approval starts the export
    return approval


@transaction.atomic
def request_changes(*, chapter: Chapter, by: User, reason: str) -> None:
    """Send the chapter back with a reason."""
    _require(by, chapter.job_id, _("Your role can't review chapters."))
    # The job before the chapter: the order in which everybody locks.
    if not move_job(chapter.job_id, JobStatus.NEEDS_REVIEW, frm=REOPENED) and _is_finished(chapter):
        raise IllegalMove(_("The book is finished. Regenerate the chapter to change it."))
    must_move_chapter(chapter, ChapterStatus.CHANGES_REQUESTED)
    after = {"reason": clean_text(reason)}
    audit(by=by, action="request_changes", target=str(chapter), job_id=chapter.job_id, after=after)


def _require(by: User, job_id: uuid.UUID, otherwise: str) -> None:
    job = workable_by(by).filter(pk=job_id).only("character", "archived_at").first()
    if job is None:
        raise Forbidden(otherwise)
    require_unarchived(job)


def _is_finished(chapter: Chapter) -> bool:
    return BiographyJob.objects.filter(pk=chapter.job_id, status=JobStatus.COMPLETED).exists()


@transaction.atomic
def record_findings(
    *, job: BiographyJob, revision: ChapterRevision | None, checks: Iterable[str], seen: Iterable[Seen]
) -> int:
    """Write down what `checks` saw in this revision (None: in the book as a whole); returns how many.

    What an earlier run of the same checks saw is forgotten first, but for what an editor has closed: what
    was closed for these words doesn't come back. A revision never changes, so there either way of closing
    holds; the book as a whole does, so there a finding that was resolved, and is seen again, is new.

    An approval that came before an error was seen doesn't hold: the chapter goes back to its reviewer.
    """
    changed(job.pk)
    earlier = Finding.objects.filter(job=job, revision=revision, check_name__in=list(checks))
    seen = list(seen)
    standing = _standing(earlier, {_key(one.check, one.severity, one.message, one.place) for one in seen})
    if revision is None:
        earlier = earlier.filter(status=FindingStatus.DISMISSED)
    closed = set(earlier.values_list("check_name", "message", "place"))
    rows = [
        Finding(
            job=job,
            revision=revision,
            check_name=one.check,
            severity=one.severity,
            message=clean_text(one.message),
            place=clean_text(one.place, multiline=False)[:255],
        )
        for one in seen
    ]
    fresh = [
        row
        for row in rows
        if (row.check_name, row.message, row.place) not in closed
        and _key(row.check_name, row.severity, row.message, row.place) not in standing
    ]
    if revision is not None and any(row.severity == Severity.ERROR for row in fresh):
        _approved_too_early(revision)
    made = len(standing) + len(Finding.objects.bulk_create(fresh))
    if revision is not None and revision.number > 1 and fresh:
        _carried_from_before(revision)
    return made


def _approved_too_early(revision: ChapterRevision) -> None:
    """Whoever approves the text right now waits for the chapter's lock, and then sees the error."""
    rows = Chapter.objects.select_for_update(no_key=True).filter(current_revision=revision)
    for chapter in rows:
        if chapter.status == ChapterStatus.APPROVED:
            move_chapter(chapter, ChapterStatus.NEEDS_REVIEW)


def _key(check: str, severity: str, message: str, place: str) -> tuple[str, str, str, str]:
    """By which a finding is known again, as it's stored."""
    return check, str(severity), clean_text(message), clean_text(place, multiline=False)[:255]


def _standing(
    earlier: QuerySet[Finding], seen: set[tuple[str, str, str, str]]
) -> set[tuple[str, str, str, str]]:
    """Open findings that are seen again stay the rows they are, for somebody may have them on the screen; others go."""
    gone, standing = [], set()
    for one in earlier.filter(status=FindingStatus.OPEN).order_by("pk"):
        key = _key(one.check_name, one.severity, one.message, one.place)
        if key in seen and key not in standing:
            standing.add(key)
        else:
            gone.append(one.pk)
    Finding.objects.filter(pk__in=gone).delete()
    return standing


def _carried_from_before(revision: ChapterRevision) -> None:
    before = ChapterRevision.objects.filter(chapter_id=revision.chapter_id, number=revision.number - 1)
    for earlier in before.defer("text"):
        carry_dismissals(frm=earlier, to=revision)


def carry_dismissals(*, frm: ChapterRevision, to: ChapterRevision) -> int:
    """What was dismissed in one text and is seen in the next in the same words needn't be dismissed twice; how many."""
    said = {
        (one.check_name, one.message, one.place): one
        for one in Finding.objects.filter(revision=frm, status=FindingStatus.DISMISSED)
    }
    carried = []
    for one in Finding.objects.filter(revision=to, status=FindingStatus.OPEN):
        if earlier := said.get((one.check_name, one.message, one.place)):
            one.status, one.reason, one.closed_by = earlier.status, earlier.reason, earlier.closed_by
            carried.append(one)
    return Finding.objects.bulk_update(carried, ["status", "reason", "closed_by"]) if carried else 0


@transaction.atomic
def close_finding(*, finding: Finding, by: User, dismiss: bool = False, reason: str = "") -> None:
    """Mark a finding resolved, or dismiss it with a reason."""
    _require(by, finding.job_id, _("Your role can't close findings."))
    reason = clean_text(reason).strip()
    if dismiss and not reason:
        raise BookError(_("Say why the finding is dismissed."))
    status = FindingStatus.DISMISSED if dismiss else FindingStatus.RESOLVED
    closed = Finding.objects.filter(pk=finding.pk, status=FindingStatus.OPEN)
    if not closed.update(status=status, reason=reason, closed_by=by):
        raise Stale(_("Somebody has closed this finding already."))
    after = {"finding": finding.pk, "status": status.value, "reason": reason}
    audit(by=by, action="close_finding", target=finding.message[:100], job_id=finding.job_id, after=after)


@transaction.atomic
def choose_printing(
    *, job: BiographyJob, options: ExportOptions, formats: Iterable[str] | None = None
) -> None:
    """Keep how the book is to be printed and, if told, in which formats, for this export and those to come.

    Raises BadWish for formats that there aren't.
    """
    job.export_options = {**options.as_json(), "draft": False}
    if formats is not None:
        job.export_formats = list(chosen(formats))
    columns = {"export_options": job.export_options, "export_formats": job.export_formats}
    BiographyJob.objects.filter(pk=job.pk).update(**columns, updated_at=clock.now())


@transaction.atomic
def record_export(*, job: BiographyJob, blob: str, **columns: Any) -> Export:
    """Write down a file of the book; the same content twice is the same row."""
    export, _made = Export.objects.get_or_create(
        job=job, blob=blob, format=columns.pop("format"), defaults=columns
    )
    return export


@transaction.atomic
def delete_job(*, job: BiographyJob, by: User) -> None:
    """Delete a job's rows, and what was told of it; the audit keeps who did what to it, but no name or word of it.

    Files and work under way: `engine.deleting.delete_book`.
    """
    job_id, status = job.pk, job.status
    links = ContentType.objects.get_for_model(BiographyJob)
    LogEntry.objects.filter(
        content_type=links, object_id=str(job_id)
    ).delete()  # Django's own history names it
    endpoints.forget_job(job_id)
    forget_job(job_id)
    # Their texts go before them, and an approved chapter without one is refused.
    Chapter.objects.filter(job=job).update(status=ChapterStatus.PLANNED, current_revision=None)
    job.delete()
    audit(by=by, action="delete_job", target="", job_id=job_id, before={"status": status})


def touch(job_id: uuid.UUID, **columns: Any) -> None:
    """Set plain columns of a job (phase, progress); never its status."""
    if "status" in columns:
        raise ValueError("status is written by biographies.states alone")
    BiographyJob.objects.filter(pk=job_id).update(updated_at=clock.now(), **columns)
    changed(job_id)
