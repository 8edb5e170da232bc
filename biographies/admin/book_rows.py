"""What the page of a book shows, read in a number of queries that doesn't grow with the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from biographies.admin.deeds import possible
from biographies.admin.history import history
from biographies.admin.links import web_link
from biographies.admin.printing_form import choices
from biographies.models import BiographyJob, Chapter, Finding
from biographies.queries import chapters_in_order, workable_by
from biographies.vocabulary import ChapterKind, ChapterStatus, FindingStatus, JobStatus, Phase, Severity
from bookgen_site.accounts.models import User
from notifications.queries import last_number
from sources.discovery.registry import title_of
from sources.models import Source
from sources.queries import signed_words, sources_of
from sources.suggestions import TAKES_DECISIONS
from sources.tallies import tally
from sources.vocabulary import Decision

FINDINGS = 100  # on the page; a book with more has one trouble many times
OPEN_ERRORS = Q(current_revision__findings__status=FindingStatus.OPEN) & Q(
    current_revision__findings__severity=Severity.ERROR
)


def book_rows(job: BiographyJob, user: User) -> dict[str, Any]:
    """Everything on the page. The event number is read first, so that nothing between is missed."""
    seq = last_number(job.pk)
    may_work = workable_by(user).filter(pk=job.pk).exists()
    deeds = possible(job, user) if may_work else []
    chapters = list(chapters_in_order(job.pk).annotate(open_errors=Count("pk", filter=OPEN_ERRORS)))
    findings = _findings(job)
    shown = _shown_sources(job)
    may_decide = may_work and job.status in TAKES_DECISIONS and not chapters
    return {
        "job": job,
        "seq": seq,
        "steps": steps(job),
        "deeds": [deed for deed in deeds if deed.confirm is None],
        "grave_deeds": [deed for deed in deeds if deed.confirm is not None],
        "chapters": chapters,
        "words": sum(one.word_count for one in chapters if one.kind == ChapterKind.CHAPTER),
        "approved": sum(one.status == ChapterStatus.APPROVED for one in chapters),
        "approvable": _approvable(chapters, user),
        "sources": [one for one in shown if one.row.decision == Decision.ACCEPTED],
        "suggestions": [one for one in shown if one.state == "suggested"],
        "set_aside": [one for one in shown if one.state in ("declined", "unread")],
        "may_decide": may_decide,
        "tally": tally(job),
        "exports": list(job.exports.all()),
        "printing": choices(job),
        "findings": findings[:FINDINGS],
        "more_findings": max(0, len(findings) - FINDINGS),
        "may_work": may_work,
        "history": history(job.pk),
    }


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six phases on the stepper. `state` is done, now or later."""

    phase: Phase
    state: str


def steps(job: BiographyJob) -> list[Step]:
    """The six phases and where the job stands in them."""
    order = list(Phase)
    if job.status == JobStatus.COMPLETED:
        return [Step(phase, "done") for phase in order]
    place = order.index(Phase(job.current_phase)) if job.current_phase else -1
    if (
        job.status == JobStatus.NEEDS_REVIEW
    ):  # all has been written and checked; the export waits for a person
        place = order.index(Phase.EXPORT)
    return [Step(phase, _step_state(number, place)) for number, phase in enumerate(order)]


def _step_state(number: int, place: int) -> str:
    if number == place:
        return "now"
    return "done" if number < place else "later"


def _approvable(chapters: Sequence[Chapter], user: User) -> list[Chapter]:
    """The chapters that this person could approve as they are."""
    if not user.approves:
        return []
    return [
        one
        for one in chapters
        if one.status == ChapterStatus.NEEDS_REVIEW and one.current_revision and not one.open_errors  # type: ignore[attr-defined]
    ]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source with its verdict in words, and a link only when its address is one of the web."""

    row: Source
    verdict: str
    link: str
    signed: str = ""  # its words that look like instructions to a language model

    @property
    def state(self) -> str:
        """Where it stands: accepted, suggested, declined, or unread (found, but it couldn't be used or isn't read)."""
        if self.row.decision == Decision.ACCEPTED:
            return "accepted"
        return str(self.row.decision) if self.row.valid else "unread"

    @property
    def finder(self) -> str:
        """The name of the finder as an editor reads it."""
        return title_of(self.row.finder)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What speaks for its scores and verdict, each with its heading."""
        pairs = [
            (_("Found"), self.row.found_because),
            (_("Declined") if self.row.valid else _("Rejected"), self.row.rejected_because),
            (_("Relevance"), self.row.relevance_because),
            (_("Credibility"), self.row.credibility_because),
        ]
        return [(heading, text) for heading, text in pairs if text]


def _shown_sources(job: BiographyJob) -> list[ShownSource]:
    signed = signed_words(job.pk)
    return [_shown_source(one, signed.get(one.pk, "")) for one in sources_of(job.pk)]


def _shown_source(row: Source, signed: str) -> ShownSource:
    verdict = {True: "valid", False: "rejected", None: "waiting"}[row.valid]
    return ShownSource(row, verdict, web_link(row.origin_url) or web_link(row.url), signed)


def _findings(job: BiographyJob) -> list[Finding]:
    rows = Finding.objects.filter(job=job, revision=None).select_related("closed_by")
    grave = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return sorted(
        rows, key=lambda one: (one.status != FindingStatus.OPEN, grave[Severity(one.severity)], one.pk)
    )
