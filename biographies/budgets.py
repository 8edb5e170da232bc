"""What a book may cost: its own budget, under the ceilings of the team and of the environment. In micro-dollars."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Forbidden
from biographies.models import BiographyJob
from biographies.queries import workable_by
from biographies.states import require_unarchived
from biographies.team import Caps, caps
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.lib.money import MICROS
from notifications.publish import audit


def ceiling() -> int | None:
    """The most that any one book may cost; None: nobody has set one."""
    return caps().book


def cap_of(job: BiographyJob, settled: Caps | None = None) -> int | None:
    """Where the book's spending ends: its budget, the ceiling where that is lower, or nowhere (None).

    One query without `settled`, the caps that hold.
    """
    highest = (settled or caps()).book
    return min((cap for cap in (job.budget_micros, highest) if cap is not None), default=None)


def require_within_ceiling(micros: int) -> None:
    """Raise BadWish for a budget above the installation's ceiling."""
    highest = ceiling()
    if highest is not None and micros > highest:
        told = _("No book here may cost more than $%.2f: an administrator has said so.")
        raise BadWish("budget_micros", told % (highest / MICROS))


@transaction.atomic
def change_budget(*, job: BiographyJob, by: User, micros: int | None) -> None:
    """Give a book another budget (None: none of its own). Raises Forbidden, or BadWish above the ceiling.

    Budgets are for chief editors. A budget below what is spent stops the next call, and takes nothing back.
    """
    if not by.approves or not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't change budgets. Ask a chief editor."))
    require_unarchived(job)
    if micros is not None:
        require_within_ceiling(micros)
    before = (
        BiographyJob.objects.select_for_update(no_key=True)
        .values_list("budget_micros", flat=True)
        .get(pk=job.pk)
    )
    if micros == before:
        return
    changed = {"budget_micros": micros, "version": F("version") + 1, "updated_at": clock.now()}
    BiographyJob.objects.filter(pk=job.pk).update(**changed)
    audit(
        by=by, action="change_budget", target=job.character, job_id=job.pk,
        before={"budget_micros": before}, after={"budget_micros": micros},
    )  # fmt: skip
