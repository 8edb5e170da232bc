"""What can be done with a book as a whole, and when: a button is shown only while it can be pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biographies import archiving
from biographies.admin.standing import Standing, outline_waits, standing_of
from biographies.models import BiographyJob
from biographies.states import JOB_MOVES
from biographies.vocabulary import JobStatus as J
from biographies.vocabulary import Mode
from bookgen_site.accounts.models import User
from engine import actions
from engine.deleting import AT_WORK, delete_book


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: its action, its words, and the states in which it may be there at all. `printing`: it asks first
    how the book is to be printed."""

    name: str
    act: Callable[..., Any]
    label: Promise
    done: Promise
    icon: str
    states: frozenset[J]
    confirm: Promise | None = None
    main: bool = False
    printing: bool = False
    leaves: bool = False  # there is no book any more afterwards


def _able(to: J) -> frozenset[J]:
    return frozenset(state for state, targets in JOB_MOVES.items() if to in targets)


DEEDS: Final = {
    deed.name: deed
    for deed in (
        Deed(
            "start", actions.start, _("Start"), _("Started."), "play_arrow", frozenset({J.PENDING}), main=True
        ),
        Deed("pause", actions.pause, _("Pause"), _("Paused."), "pause", frozenset({J.RUNNING, J.EXPORTING})),
        Deed(
            "resume",
            actions.resume,
            _("Resume"),
            _("Going on."),
            "play_arrow",
            frozenset({J.PAUSED}),
            main=True,
        ),
        Deed(
            "retry", actions.retry, _("Retry"), _("Trying again."), "refresh", actions.UNDER_WAY | {J.FAILED}
        ),
        Deed(
            *("export", actions.export, _("Export"), _("Exporting."), "ios_share", _able(J.EXPORTING)),
            printing=True,
        ),
        Deed(
            *("draft", actions.draft, _("Print a draft"), _("The draft is being printed."), "draft"),
            frozenset({J.NEEDS_REVIEW}),
            printing=True,
        ),
        Deed(
            *("cancel", actions.cancel, _("Cancel"), _("Cancelled."), "close", _able(J.CANCELLED)),
            confirm=_("End the work on this book for good? What has been written stays readable."),
        ),
        Deed(
            *("archive", archiving.archive, _("Archive"), _("Put into the archive."), "archive"),
            archiving.CAN_REST,
        ),
        Deed(
            *("unarchive", archiving.unarchive, _("Take out of the archive"), _("Taken out of the archive.")),
            *("unarchive", archiving.CAN_REST),
        ),
        Deed(
            *("delete", delete_book, _("Delete"), _("Deleted."), "delete_forever", frozenset(J) - AT_WORK),
            confirm=_(
                "Delete this book for good, with its sources, texts, files and letters? Nobody can bring it back; the "
                "history keeps who did what, without a name or a word of it. Backups have it until they are too old."
            ),
            leaves=True,
        ),
    )
}


def possible(job: BiographyJob, user: User, standing: Standing | None = None) -> list[Deed]:
    """The deeds that this person, who may work on the job, could do with it right now."""
    known = standing or standing_of(job)
    deeds = (deed for deed in DEEDS.values() if job.status in deed.states)
    return [deed for deed in deeds if _ready(deed.name, job, user, known)]


def _ready(name: str, job: BiographyJob, user: User, standing: Standing) -> bool:
    """What the status alone doesn't tell."""
    if name == "delete":
        return user.sees_all_jobs
    if (job.archived_at is not None) != (name == "unarchive"):
        return False
    conditions: dict[str, Callable[[], bool]] = {
        "start": lambda: job.mode == Mode.AUTOMATIC or standing.sources > 0,
        "export": lambda: user.approves and standing.all_approved,
        "resume": lambda: not outline_waits(job, standing),
        "retry": lambda: job.status == J.FAILED or standing.parked > 0,
    }
    return conditions.get(name, lambda: True)()
