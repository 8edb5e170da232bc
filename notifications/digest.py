"""The daily mail: what was kept for an address becomes one message, once."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bookgen_site.lib import clock
from notifications.models import Delivery, State

MOST: Final = 200  # items in one daily mail; the rest come with the next, a moment later
AT_A_LOOK: Final = 50


def next_time() -> dt.datetime:
    """When the next daily mails go out: at DIGEST_HOUR in the site's time zone."""
    here = timezone.localtime(clock.now())
    today = here.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > here else today + dt.timedelta(days=1)


def release_due() -> int:
    """Make the daily mails whose time has come; returns how many."""
    whom = _due().order_by("address").values_list("address", "language").distinct()[:AT_A_LOOK]
    return sum(_release(address, language) for address, language in list(whom))


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.HELD, next_at__lte=clock.now())


@transaction.atomic
def _release(address: str, language: str) -> bool:
    """One mail of all that is kept for the address; whoever locks the rows first makes it."""
    rows = list(_due().select_for_update().filter(address=address, language=language).order_by("id")[:MOST])
    if not rows:
        return False
    items = [{"kind": row.kind, "job_id": str(row.job_id), "payload": row.payload} for row in rows]
    mail = Delivery.objects.create(
        kind="digest", address=address, language=language, payload={"items": items}, next_at=clock.now()
    )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.MERGED, digest=mail)
    return True
