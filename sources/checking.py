"""Long lists of web addresses, looked at by the workers: rows that are claimed, judged and written, a few at a time.

The queue brings a hint; a sweep finds what has none. An address whose worker died is looked at again when its lease
has run out; a worker that slept through its lease writes nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from biographies.errors import Forbidden
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from bookgen_site.lib.text import clean_text
from sources.models import AddressCheck, CheckedAddress
from sources.validating import validate

HINT: Final = "sources.check"
AT_ONCE: Final = 25  # addresses that one worker takes: fetched side by side
HINTS: Final = 4  # so many workers may begin at the same moment
LEASE: Final = dt.timedelta(minutes=20)  # longer than so many slow servers take


@transaction.atomic
def begin_check(*, by: User, urls: Sequence[str], subject: str = "", description: str = "") -> AddressCheck:
    """Write the list down for the workers; an address that stands in it twice is looked at once."""
    if not by.makes_books:
        raise Forbidden(_("Your role can't make new biographies."))
    check = AddressCheck.objects.create(
        owner=by,
        subject=clean_text(subject, multiline=False)[:255],
        description=clean_text(description, multiline=False)[:500],
    )
    cleaned = dict.fromkeys(clean_text(url, multiline=False)[:2000] for url in urls)
    CheckedAddress.objects.bulk_create(
        [CheckedAddress(check_run=check, number=number, url=url) for number, url in enumerate(cleaned, 1)]
    )
    for _time in range(HINTS):
        queue.put(HINT, check.pk)
    return check


def checks_of(user: User) -> QuerySet[AddressCheck]:
    """The person's own checks, or all for who sees all jobs, with their counts; the newest first."""
    mine = Q() if user.sees_all_jobs else Q(owner=user)
    found = AddressCheck.objects.filter(mine).annotate(
        total=Count("addresses"),
        done=Count("addresses", filter=Q(addresses__verdict__isnull=False)),
        valid=Count("addresses", filter=Q(addresses__verdict__valid=True)),
    )
    return found.annotate(finished=Q(done=F("total"))).order_by("-created_at")


def verdicts_of(check: AddressCheck) -> list[dict[str, Any]]:
    """The verdicts that there are, in the order of the list."""
    judged = check.addresses.filter(verdict__isnull=False).order_by("number")
    return [dict(verdict or {}) for verdict in judged.values_list("verdict", flat=True)]


def work(check_id: uuid.UUID, stop: Callable[[], bool] = lambda: False) -> int:
    """Judge addresses of this check until none is free; returns how many."""
    done = 0
    while not stop():
        judged = _judge_some(CheckedAddress.objects.filter(check_run_id=check_id))
        if not judged:
            break
        done += judged
    return done


def sweep(stop: Callable[[], bool] = lambda: False) -> int:
    """A few addresses of whatever check has some that are free, the oldest first; returns how many."""
    return 0 if stop() else _judge_some(CheckedAddress.objects.all())


def _judge_some(rows: QuerySet[CheckedAddress]) -> int:
    token, claimed = _claim(rows)
    if not claimed:
        return 0
    check = claimed[0].check_run
    verdicts = validate([row.url for row in claimed], subject=check.subject, description=check.description)
    mine = CheckedAddress.objects.filter(token=token, verdict__isnull=True)
    with transaction.atomic():
        return sum(
            mine.filter(pk=row.pk).update(verdict=asdict(verdict), lease_until=None)
            for row, verdict in zip(claimed, verdicts, strict=True)
        )


def _claim(rows: QuerySet[CheckedAddress]) -> tuple[str, list[CheckedAddress]]:
    """Take a few free addresses of one check by compare-and-set: of two who try, one gets each."""
    now, token = clock.now(), secrets.token_hex(16)
    free = rows.filter(Q(lease_until=None) | Q(lease_until__lt=now), verdict__isnull=True)
    first = free.order_by("check_run__created_at", "check_run_id", "number").first()
    if first is None:
        return token, []
    some = list(
        free.filter(check_run_id=first.check_run_id).order_by("number").values_list("pk", flat=True)[:AT_ONCE]
    )
    taken: dict[str, Any] = {"token": token, "lease_until": now + LEASE}
    free.filter(pk__in=some).update(**taken)
    return token, list(
        CheckedAddress.objects.filter(token=token).select_related("check_run").order_by("number")
    )
