"""What would help a book that rests or has failed: buttons and links, each where it does something."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biographies.admin.deeds import Deed, possible
from biographies.admin.standing import Standing, outline_waits
from biographies.budgets import cap_of
from biographies.models import BiographyJob
from biographies.team import Caps
from biographies.vocabulary import AuthorName, JobStatus
from bookgen_site.accounts.models import User


@dataclass(frozen=True, slots=True)
class Help:
    """A link to where a person can do something about it; `main` is the one to try first."""

    name: str
    label: Promise
    icon: str
    url: str
    main: bool = False


def helps(job: BiographyJob, standing: Standing, user: User, settled: Caps | None = None) -> list[Help]:
    """The links for somebody who may work on the book; `settled` are the caps that hold, where they are known."""
    found = []
    if job.status == JobStatus.PAUSED and standing.undecided:
        found.append(
            Help("decide", _("Decide on sources"), "rule", _at(job, "sources", "#suggestions"), main=True)
        )
    if outline_waits(job, standing):
        found.append(Help("outline", _("Read the outline"), "toc", _at(job, "outline"), main=True))
    if job.status == JobStatus.FAILED and not standing.sections:
        found.append(
            Help("sources", _("Add sources"), "post_add", _at(job, "sources", "#add-sources"), main=True)
        )
    if user.approves and _wants_money(job, standing, settled):
        found.append(
            Help("budget", _("Raise the budget"), "payments", _at(job, "money", "#budget"), main=True)
        )
    return found


def helping_deeds(job: BiographyJob, standing: Standing, user: User) -> list[Deed]:
    """The buttons that set a resting or failed book going again."""
    return [deed for deed in possible(job, user, standing) if deed.name in {"retry", "resume", "start"}]


def _wants_money(job: BiographyJob, standing: Standing, settled: Caps | None) -> bool:
    """Whether the job rests with a reason that only money can be: it has a cap, and nobody else is waited for."""
    told = job.status == JobStatus.PAUSED and bool(job.error_message) and job.author == AuthorName.MODEL
    waits = bool(standing.undecided) or outline_waits(job, standing)
    return told and not waits and cap_of(job, settled) is not None


def _at(job: BiographyJob, tab: str, place: str = "") -> str:
    return reverse(f"desk:{tab}", args=[job.pk]) + place
