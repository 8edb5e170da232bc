"""Every write about sources that a finder found: they come in as suggestions, and somebody decides on each.

What the editor gave is never touched here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.errors import Forbidden, IllegalMove, Unknown
from biographies.models import BiographyJob
from biographies.queries import workable_by
from biographies.states import require_unarchived
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from notifications.publish import audit
from sources.discovery.addresses import same_page
from sources.discovery.base import Candidate
from sources.discovery.selecting import Choice
from sources.models import Source
from sources.queries import suggestions_of, undecided
from sources.vocabulary import Decision, Found

SHOWN: Final = 10  # numbers in one sentence
# While the search goes on its choice isn't made; once the book is planned it rests on what was accepted.
TAKES_DECISIONS: Final = frozenset({JobStatus.PENDING, JobStatus.PAUSED, JobStatus.FAILED})


@transaction.atomic
def add_found(*, job: BiographyJob, found: Sequence[tuple[str, Candidate]]) -> int:
    """Add what finders found as suggestions, in this order, but for what the job has already; returns how many.

    `found` pairs a finder's name with a candidate. The caller holds the job's row.
    """
    present = {same_page(url) for url in Source.objects.filter(job=job).values_list("url", flat=True)}
    last = Source.objects.filter(job=job).aggregate(last=Max("number"))["last"] or 0
    fresh = [one for one in found if same_page(one[1].url) not in present]
    rows = [_row(job, number, *one) for number, one in enumerate(fresh, last + 1)]
    Source.objects.bulk_create(rows)
    if rows:
        audit(by=None, action="add_found", target=job.character, job_id=job.pk, after={"count": len(rows)})
    return len(rows)


def _row(job: BiographyJob, number: int, finder: str, one: Candidate) -> Source:
    known = one.as_json()
    because = known.pop("because")
    known["date"], known["form"] = one.date[:40], one.form[:120]
    return Source(
        job=job,
        number=number,
        origin_url=one.url,
        found=Found.FINDER,
        decision=Decision.SUGGESTED,
        finder=finder,
        found_because=because,
        **known,
    )


@transaction.atomic
def settle(*, job: BiographyJob, choices: Iterable[Choice], accept: bool) -> None:
    """Write the choice down: kept ones are accepted if the job says so, else they stay suggested; the rest is declined.

    What somebody has decided already stays decided. What can't be used at all is declined too.
    """
    open_ones = suggestions_of(job.pk).filter(decision=Decision.SUGGESTED)
    made = {choice.number: choice for choice in choices}
    rows = list(open_ones.filter(valid=True, number__in=made))
    for row in rows:
        _settle(row, made[row.number], accept=accept)
    Source.objects.bulk_update(rows, ["decision", "found_because", "rejected_because"])
    open_ones.filter(valid=False).update(decision=Decision.DECLINED)


def _settle(row: Source, choice: Choice, *, accept: bool) -> None:
    if not choice.kept:
        row.decision, row.rejected_because = Decision.DECLINED, choice.because
        return
    # One line by the finder, one by the choice: made again, the choice replaces its own line only.
    row.found_because = "\n".join((row.found_because.split("\n")[0], choice.because))
    if accept:
        row.decision = Decision.ACCEPTED


@transaction.atomic
def decide(*, job: BiographyJob, by: User, decision: str, numbers: Iterable[int]) -> int:
    """Accept or decline found sources by their numbers, all of them or none; returns how many that changes.

    Raises Forbidden when `by` may not, IllegalMove while the search goes on, once the book is planned, or when one
    of the sources can't be used, Unknown when no finder found a source of one of the numbers.
    """
    job = BiographyJob.objects.select_for_update(no_key=True).get(pk=job.pk)
    _require_open(job, by)
    wanted = set(numbers)
    _require_usable(job, wanted)
    rows = suggestions_of(job.pk).filter(number__in=wanted).exclude(decision=decision)
    changed = _decided(rows, Decision(decision), _("%(who)s declined it.") % {"who": by.get_username()})
    if changed:
        after = {"decision": decision, "sources": changed}
        audit(by=by, action="decide_found", target=job.character, job_id=job.pk, after=after)
    return len(changed)


def _require_open(job: BiographyJob, by: User) -> None:
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't decide about the sources of this book."))
    require_unarchived(job)
    if job.status not in TAKES_DECISIONS or job.chapters.exists():
        told = _(
            "About the sources of “%s” it can be decided once the search has ended, and until it goes on."
        )
        raise IllegalMove(told % job.character)


def _require_usable(job: BiographyJob, wanted: Collection[int]) -> None:
    found = dict(suggestions_of(job.pk).filter(number__in=wanted).values_list("number", "valid"))
    unknown = sorted(set(wanted) - set(found))
    if unknown:
        told = ngettext(
            "No finder found a source with the number %s for this book. Nothing was decided.",
            "No finder found sources with the numbers %s for this book. Nothing was decided.",
            len(unknown),
        )
        raise Unknown(told % _listed(unknown))
    unusable = sorted(number for number, valid in found.items() if not valid)
    if unusable:
        told = ngettext(
            "The source with the number %s can't be used. Nothing was decided; leave it out.",
            "The sources with the numbers %s can't be used. Nothing was decided; leave them out.",
            len(unusable),
        )
        raise IllegalMove(told % _listed(unusable))


def _listed(numbers: Sequence[int]) -> str:
    """The first few: a sentence isn't a list of a thousand numbers."""
    return ", ".join(map(str, numbers[:SHOWN])) + (", …" if len(numbers) > SHOWN else "")


@transaction.atomic
def leave_undecided(*, job: BiographyJob, by: User) -> int:
    """The work goes on without the suggestions that nobody has decided on; returns how many."""
    left = _decided(undecided(job.pk), Decision.DECLINED, _("Nobody had accepted it when the work went on."))
    if left:
        after: Mapping[str, object] = {"decision": Decision.DECLINED.value, "sources": left}
        audit(by=by, action="leave_undecided", target=job.character, job_id=job.pk, after=dict(after))
    return len(left)


def _decided(rows: QuerySet[Source], decision: Decision, otherwise: str) -> list[int]:
    """Set the decision; returns the numbers of the sources."""
    numbers = list(rows.order_by("number").values_list("number", flat=True))
    because = "" if decision == Decision.ACCEPTED else otherwise
    rows.update(decision=decision, rejected_because=because)
    return numbers
