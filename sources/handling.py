"""What a person does with one source before the book is planned: reject, accept again, have it checked anew, replace.

Each locks the job's row first, as everything that moves a job does. Whether the engine must plan its first phase
anew is said by `engine.source_actions`.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.errors import BookError, Forbidden, IllegalMove
from biographies.models import BiographyJob
from biographies.queries import workable_by
from biographies.states import require_unarchived
from biographies.vocabulary import JobStatus, Phase
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from notifications.publish import audit
from sources.arrivals import ask_anew
from sources.models import Fact, Source
from sources.vocabulary import Decision, Found, SourceKind

LONGEST_REASON: Final = 500  # characters
AT_REST: Final = frozenset({JobStatus.PENDING, JobStatus.FAILED})
# What was found out about a document, as it is before anybody has looked at it.
UNJUDGED: Final[dict[str, Any]] = {
    "valid": None,
    "validated_at": None,
    "status_code": None,
    "relevance_score": None,
    "relevance_because": "",
    "credibility_score": None,
    "credibility_because": "",
    "rejected_because": "",
    "text": "",
    "content_hash": "",
    "signature": None,
    "signs": [],
    "notes": "",
}
# What is said of a document, of which another one in its place inherits nothing.
DESCRIBED: Final[dict[str, Any]] = {
    "title": "",
    "author": "",
    "work": "",
    "publisher": "",
    "date": "",
    "form": "",
    "kind": SourceKind.SECONDARY,
    "language": "",
    "licence": "",
    "origin_url": "",
    "finder": "",
    "found_because": "",
    "filename": "",
    "blob": "",
}


def can_be_handled(job: BiographyJob, *, planned: bool) -> bool:
    """Whether single sources can still be changed: `planned` says if the job has chapters, which rest on its sources.

    While the job rests, or is paused before anything was drawn from its sources.
    """
    if planned:
        return False
    paused = job.status == JobStatus.PAUSED and job.current_phase in ("", Phase.SOURCE_VALIDATION)
    return paused or job.status in AT_REST


@transaction.atomic
def reject_source(*, source: Source, by: User, reason: str) -> None:
    """Keep a source out of the book because a person says so; what was drawn from it is forgotten.

    Raises BookError without a reason, Forbidden, or IllegalMove once the book is planned.
    """
    because = clean_text(reason, multiline=False).strip()
    if not because:
        raise BookError(_("Say why the source is rejected."))
    source = _locked(source, by)
    if source.valid is False or source.decision == Decision.DECLINED:
        raise IllegalMove(_("Source %d is out of the book already.") % source.number)
    if source.valid is None and source.job.status == JobStatus.PAUSED:
        raise IllegalMove(_("Source %d hasn't been checked yet. Press Resume first.") % source.number)
    before = _standing(source)
    _forget_facts(source)
    told = _("%(who)s: %(why)s") % {"who": by.get_username(), "why": because[:LONGEST_REASON]}
    source.decision, source.rejected_because = Decision.DECLINED, told
    source.save(update_fields=["decision", "rejected_because"])
    _audit(by, "reject_source", source, before, reason=because[:LONGEST_REASON])


@transaction.atomic
def accept_source(*, source: Source, by: User) -> None:
    """Take a source into the book that somebody had rejected or declined, or that waits for a decision.

    Raises IllegalMove for one that can't be used at all.
    """
    source = _locked(source, by)
    if source.valid is False:
        raise IllegalMove(_("Source %d can't be used. Have it checked again, or replace it.") % source.number)
    before = _standing(source)
    if source.decision == Decision.ACCEPTED:
        return
    source.decision, source.rejected_because = Decision.ACCEPTED, ""
    source.save(update_fields=["decision", "rejected_because"])
    _audit(by, "accept_source", source, before)


@transaction.atomic
def forget_verdict(*, source: Source, by: User) -> None:
    """Make a source one that nobody has judged; an address is fetched again, a file is read again."""
    source = _locked(source, by)
    before = _standing(source)
    columns: dict[str, Any] = {**UNJUDGED, "decision": _reopened(source)}
    if source.found in (Found.URL, Found.FINDER):
        columns["blob"] = ""
        # The page may have changed within the hour: that is why somebody presses the button.
        ask_anew(source.url)
    _rewrite(source, columns)
    _audit(by, "recheck_source", source, before)


def _reopened(source: Source) -> str:
    """What a finder found waits for a decision again if it was declined; what a person gave is accepted."""
    if source.found == Found.FINDER and source.decision != Decision.ACCEPTED:
        return Decision.SUGGESTED
    return Decision.ACCEPTED


@transaction.atomic
def put_in_place(*, source: Source, by: User, url: str, **columns: Any) -> Source:
    """Put another document in the place of a source, under its number; it is judged like a new one.

    Raises IllegalMove when the book has that document already.
    """
    source = _locked(source, by)
    twin = Source.objects.filter(job_id=source.job_id, url=url).exclude(pk=source.pk).first()
    if twin is not None:
        raise IllegalMove(_("The book has this document already, as source %d.") % twin.number)
    before = _standing(source) | {"url": source.url}
    fresh = {**UNJUDGED, **DESCRIBED, **columns, "url": url, "decision": Decision.ACCEPTED}
    _rewrite(source, fresh)
    _audit(by, "replace_source", source, before, url=url)
    return source


def _rewrite(source: Source, columns: dict[str, Any]) -> None:
    """Set the columns; passages and facts of what stood there before go with it."""
    _forget_facts(source)
    source.passages.all().delete()
    for name, value in columns.items():
        setattr(source, name, value)
    source.save(update_fields=list(columns))


def _forget_facts(source: Source) -> None:
    """The facts found in this source: their keys begin with its number."""
    Fact.objects.filter(job_id=source.job_id, key__startswith=f"{source.number:04d}-").delete()


def _locked(source: Source, by: User) -> Source:
    """The source as it is now, its job locked. Raises Forbidden, or IllegalMove once the book is planned."""
    if not workable_by(by).filter(pk=source.job_id).exists():
        raise Forbidden(_("Your role can't change the sources of this book."))
    job = BiographyJob.objects.select_for_update(no_key=True).get(pk=source.job_id)
    require_unarchived(job)
    if not can_be_handled(job, planned=job.chapters.exists()):
        told = _("The sources of “%s” can't be changed any more: the book is planned, or the work goes on.")
        raise IllegalMove(told % job.character)
    fresh = Source.objects.get(pk=source.pk)
    fresh.job = job
    return fresh


def _standing(source: Source) -> dict[str, Any]:
    return {
        "decision": str(source.decision),
        "valid": source.valid,
        "rejected_because": source.rejected_because,
    }


def _audit(by: User, action: str, source: Source, before: dict[str, Any], **more: Any) -> None:
    after = _standing(source) | more
    target = f"{source.number}. {source}"
    audit(by=by, action=action, target=target, job_id=source.job_id, before=before, after=after)
