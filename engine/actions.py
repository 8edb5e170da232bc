"""What needs the machine: start, pause, resume, cancel, retry, regenerate. The desk and the API call these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biographies.actions import choose_printing
from biographies.errors import BadWish, BookError, Forbidden, IllegalMove, Stale
from biographies.exports.options import ExportOptions
from biographies.models import BiographyJob, Chapter
from biographies.states import move_chapter, must_move_chapter, must_move_job
from biographies.vocabulary import ChapterKind, ChapterStatus, JobStatus, Mode, Phase
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from bookgen_site.lib.text import clean_text
from engine import plans, rewriting
from engine.authors import NoSuchAuthor, author_of
from engine.calls.roles import writer_wished
from engine.errors import CannotStart
from engine.locking import require
from engine.models import PhasePlan, Run, RunStatus, Unit, UnitStatus
from engine.outline import outline_waits
from engine.phases import chapter_generation
from engine.phases import export as printed
from engine.phases import quality_control as checks
from engine.phases import special_sections as sections
from engine.phases.base import UnitSpec
from notifications.publish import audit
from sources.suggestions import leave_undecided

UNDER_WAY = frozenset({JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.NEEDS_REVIEW})
AT_THE_DESK = frozenset({JobStatus.NEEDS_REVIEW, JobStatus.EXPORTING, JobStatus.RUNNING, JobStatus.COMPLETED})


@transaction.atomic
def start(*, job: BiographyJob, by: User) -> Run:
    """Begin the job: 1 check that it can be made, 2 move it to running, 3 make its run, 4 hint the queue."""
    require(by, job)
    require_author(job)
    if job.mode != Mode.AUTOMATIC and not job.sources.exists():
        raise CannotStart(_("“%s” has no sources yet. Add some first.") % job.character)
    must_move_job(job, JobStatus.RUNNING, frm=frozenset({JobStatus.PENDING}))
    try:
        with transaction.atomic():
            run = Run.objects.create(job=job)
    except IntegrityError as error:
        raise IllegalMove(_("“%s” is being made already.") % job.character) from error
    _written(by, "start", job)
    return run


def require_author(job: BiographyJob) -> None:
    """Raise CannotStart, with what to do, when nobody here can write the book."""
    try:
        author_of(job.author)
    except NoSuchAuthor as error:
        raise CannotStart(str(error)) from error


@transaction.atomic
def pause(*, job: BiographyJob, by: User) -> None:
    """No new unit begins; what is at work ends and is kept."""
    require(by, job)
    must_move_job(job, JobStatus.PAUSED, frm=frozenset({JobStatus.RUNNING, JobStatus.EXPORTING}))
    _written(by, "pause", job)


@transaction.atomic
def resume(*, job: BiographyJob, by: User) -> None:
    """Go on where it was paused; found sources that nobody has accepted by then aren't used."""
    require(by, job)
    _go_on_from_pause(job, by)
    _written(by, "resume", job)


def _go_on_from_pause(job: BiographyJob, by: User) -> None:
    if outline_waits(job):
        raise IllegalMove(
            _("Read the outline of “%s” and approve it: then the writing begins.") % job.character
        )
    asked = bool(job.error_message)  # at the gate of `discovering.decided`, not by a press of Pause before it
    must_move_job(job, JobStatus.RUNNING, frm=frozenset({JobStatus.PAUSED}), error_message="")
    if asked:
        leave_undecided(job=job, by=by)


@transaction.atomic
def cancel(*, job: BiographyJob, by: User) -> None:
    """End the job for good: 1 move it, 2 end its run, 3 fence off whatever is still at work."""
    require(by, job)
    must_move_job(job, JobStatus.CANCELLED)
    runs = Run.objects.filter(job=job, status=RunStatus.ACTIVE)
    plans.supersede(Unit.objects.filter(run__in=runs, status__in=["waiting", "leased"]))
    runs.update(status=RunStatus.CANCELLED, finished_at=clock.now())
    _written(by, "cancel", job)


@transaction.atomic
def retry(*, job: BiographyJob, by: User, unit: Unit | None = None) -> int:
    """Try again what was parked, or one parked unit of it, in a failed job or in one under way; returns how many."""
    require(by, job)
    run = Run.objects.filter(job=job).order_by("-id").first()
    if run is None:
        raise IllegalMove(_("“%s” has not been started yet.") % job.character)
    if unit is not None:
        _require_parked(unit, run)
    _check_rewritten(run, unit)
    _review_again(run, unit)
    count = plans.unpark(run, unit)
    _look_at_new_sources(run)
    if job.status == JobStatus.FAILED:
        must_move_job(job, JobStatus.RUNNING, error_message="")
        Run.objects.filter(pk=run.pk).update(status=RunStatus.ACTIVE, finished_at=None)
    elif not count:
        raise BookError(_("Nothing of “%s” is parked.") % job.character)
    elif job.status != JobStatus.RUNNING:
        must_move_job(job, JobStatus.RUNNING, frm=UNDER_WAY)
    PhasePlan.objects.filter(run=run, phase__in=_open_phases(run)).update(finished_at=None)
    if unit is None:
        _written(by, "retry", job)
    else:
        audit(by=by, action="retry_unit", target=str(unit), job_id=job.pk, before={"error": unit.error})
        queue.put("engine.look", job.pk)
    return count


def _require_parked(unit: Unit, run: Run) -> None:
    if not Unit.objects.filter(pk=unit.pk, run=run, status=UnitStatus.PARKED).exists():
        raise IllegalMove(_("This unit isn't parked, or belongs to an earlier run."))


def _check_rewritten(run: Run, only: Unit | None) -> None:
    """Sections that are parked were left out of quality control: they are checked once they have a text."""
    writing = [Phase.CHAPTER_GENERATION, Phase.SPECIAL_SECTIONS]
    parked = Unit.objects.filter(run=run, phase__in=writing, status=UnitStatus.PARKED).order_by("id")
    parked = parked.filter(pk=only.pk) if only else parked
    for unit in parked.exclude(chapter=None):
        check_again(run, cast(int, unit.chapter_id))


def _review_again(run: Run, only: Unit | None) -> None:
    """Texts that stand, and were parked since their check could not be made, wait for their reviewer again."""
    parked = Unit.objects.filter(run=run, phase=Phase.QUALITY_CONTROL, status=UnitStatus.PARKED)
    parked = parked.filter(pk=only.pk) if only else parked
    for unit in parked.filter(chapter__status=ChapterStatus.PARKED).select_related("chapter"):
        move_chapter(cast(Chapter, unit.chapter), ChapterStatus.NEEDS_REVIEW, parked_reason="")


def _look_at_new_sources(run: Run) -> None:
    """Until the book has an outline, sources added to a failed job are judged and read like the first ones.

    So are those that somebody has accepted since; and a job that may search for sources searches again.
    """
    planned = PhasePlan.objects.filter(run=run, phase=Phase.CHAPTER_GENERATION).exists()
    searches = run.job.mode != Mode.MANUAL
    if not planned and (searches or run.job.sources.filter(valid=None).exists()):
        plans.replan(run, [Phase.SOURCE_VALIDATION, Phase.RESEARCH_PLANNING])


def _open_phases(run: Run) -> list[str]:
    waiting = Unit.objects.filter(run=run, status="waiting")
    return list(waiting.values_list("phase", flat=True).distinct())


@transaction.atomic
def go_on(*, job: BiographyJob, by: User) -> None:
    """A person wants an interrupted job to go on now: attempts that died with their process don't count."""
    require(by, job)
    for run in Run.objects.filter(job=job, status=RunStatus.ACTIVE):
        plans.count_anew(run)
    if job.status == JobStatus.PAUSED:
        _go_on_from_pause(job, by)
    _written(by, "go_on", job)


@transaction.atomic
def regenerate(
    *,
    chapter: Chapter,
    by: User,
    instruction: str = "",
    sha256: str = "",
    paragraphs: Sequence[int] | None = None,
    model: str = "",
) -> None:
    """Ask for another text of one chapter, or of some of its paragraphs: 1 hold the wish against the text that is
    there, 2 mark the chapter as being written, 3 supersede its units with a new generation, 4 check the chapter and
    the book anew, 5 forget the export. No other chapter is touched.

    `sha256` is the hash of the text that was on the screen: Stale is raised when the chapter has another by now. It may
    be left out for a whole text. `paragraphs` are numbers from 1 (`engine.paragraphs`); every byte outside of them
    stays. `model` writes this text instead of the job's own writer (`engine.calls.roles.choices`); BadWish if it can't.
    """
    job = BiographyJob.objects.get(pk=chapter.job_id)
    require(by, job)
    if job.status not in AT_THE_DESK:
        raise IllegalMove(_("Chapters can be regenerated once the book has been written."))
    instruction, model = clean_text(instruction), writer_wished(model, job)
    chosen, base = _chosen(chapter, sha256, paragraphs)
    must_move_chapter(chapter, ChapterStatus.WRITING)
    run = Run.objects.filter(job=job).order_by("-id").get()
    _again(run, chapter, _wish(chapter, by, instruction, model, chosen, base))
    reopen(run, job)
    after = {"instruction": instruction, "paragraphs": list(chosen), "model": model}
    told = {name: value for name, value in after.items() if value or name == "instruction"}
    audit(by=by, action="regenerate", target=str(chapter), job_id=job.pk, after=told)
    queue.put("engine.look", job.pk)


def _chosen(
    chapter: Chapter, sha256: str, wished: Sequence[int] | None
) -> tuple[tuple[int, ...], int | None]:
    """The paragraphs to be written anew, and the id of the revision that has them, read under the chapter's lock."""
    if wished is None and not sha256:
        return (), None
    rows = Chapter.objects.select_for_update(of=("self",), no_key=True).select_related("current_revision")
    now = rows.get(pk=chapter.pk)
    if wished is not None and not sha256:
        raise BadWish("sha256", _("Say which text you have read: give its hash."))
    if now.current_revision is None or now.current_revision.sha256 != sha256:
        raise Stale(_("“%s” has changed since you read it. Read the new text, then choose again.") % chapter)
    if wished is None:
        return (), None
    if now.status == ChapterStatus.WRITING:
        raise IllegalMove(_("“%s” is being written. Wait for the new text, then choose again.") % chapter)
    return rewriting.selection(now, wished), now.current_revision.pk


def _wish(
    chapter: Chapter, by: User, instruction: str, model: str, chosen: tuple[int, ...], base_id: int | None
) -> UnitSpec:
    return replace(
        _unit_of(chapter),
        instruction=instruction,
        asked_by_id=by.pk,
        model=model,
        paragraphs=chosen,
        base_id=base_id,
    )


def _unit_of(chapter: Chapter) -> UnitSpec:
    if chapter.kind != ChapterKind.CHAPTER:
        return sections.of_section(chapter.kind, chapter.pk)
    return chapter_generation.of_chapter(chapter)


def _again(run: Run, chapter: Chapter, wish: UnitSpec) -> None:
    numbered = chapter.kind == ChapterKind.CHAPTER
    plans.again(run, Phase.CHAPTER_GENERATION if numbered else Phase.SPECIAL_SECTIONS, wish)
    check_again(run, chapter.pk)


def check_again(run: Run, chapter_id: int) -> None:
    """Quality control of one section and of the book as a whole, if their units have been made already."""
    if plans.is_made(run, Phase.QUALITY_CONTROL):
        plans.again(run, Phase.QUALITY_CONTROL, checks.of_section(chapter_id))
        plans.again(run, Phase.QUALITY_CONTROL, checks.of_book())


def reopen(run: Run, job: BiographyJob) -> None:
    """A text of the book is another: forget the export, and let the machine go on, but for a job that rests."""
    plans.reopen_export(run)
    Run.objects.filter(pk=run.pk).update(status=RunStatus.ACTIVE, finished_at=None)
    if job.status not in (JobStatus.RUNNING, JobStatus.PAUSED):
        must_move_job(job, JobStatus.RUNNING, completed_at=None)


@transaction.atomic
def export(
    *,
    job: BiographyJob,
    by: User,
    options: Mapping[str, Any] | None = None,
    formats: Iterable[str] | None = None,
) -> None:
    """Export an approved book again: in other formats, printed in another way, or because its file was lost.

    Files made before stay. Raises BadWish for options or formats that there aren't.
    """
    require(by, job)
    wanted = _printing(job, options, formats, draft=False)
    if not by.approves:
        raise Forbidden(_("Your role can't export books."))
    run = Run.objects.filter(job=job).order_by("-id").first()
    states = set(Chapter.objects.filter(job=job).values_list("status", flat=True))
    if run is None or states != {ChapterStatus.APPROVED}:  # also while there are no chapters yet
        raise IllegalMove(_("Approve every chapter of “%s” first.") % job.character)
    plans.reopen_export(run)
    Run.objects.filter(pk=run.pk).update(status=RunStatus.ACTIVE, finished_at=None)
    must_move_job(job, JobStatus.EXPORTING, completed_at=None)
    _written(by, "export", job, after={**wanted.as_json(), "formats": job.export_formats})


@transaction.atomic
def draft(
    *,
    job: BiographyJob,
    by: User,
    options: Mapping[str, Any] | None = None,
    formats: Iterable[str] | None = None,
) -> None:
    """Print what has been written, approved or not; every page says that it is a draft. Raises BadWish."""
    require(by, job)
    run = Run.objects.filter(job=job, status=RunStatus.ACTIVE).first()
    if run is None or job.status != JobStatus.NEEDS_REVIEW:
        raise IllegalMove(_("A draft can be printed while the chapters wait for review."))
    wanted = _printing(job, options, formats, draft=True)
    for spec in printed.specs(job.export_formats, wanted.as_json(), plans.DRAFT):
        plans.again(run, Phase.EXPORT, spec)
    _written(by, "draft", job, after={**wanted.as_json(), "formats": job.export_formats})


def _printing(
    job: BiographyJob, options: Mapping[str, Any] | None, formats: Iterable[str] | None, *, draft: bool
) -> ExportOptions:
    """The choice for this export, kept as the job's; without one, what was chosen last."""
    told = {**job.export_options, **(options or {}), "draft": draft}
    wanted = ExportOptions.of(told)
    choose_printing(job=job, options=wanted, formats=formats)
    return wanted


def _written(by: User, action: str, job: BiographyJob, after: dict[str, Any] | None = None) -> None:
    audit(by=by, action=action, target=job.character, job_id=job.pk, after=after or {})
    queue.put("engine.look", job.pk)
