"""Addresses that want no mail: who says so is obeyed at once, also by what waits already."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Q

from bookgen_site.accounts.models import User
from notifications.auditing import audit
from notifications.models import Channel, Delivery, State, SuppressedAddress

EVERYTHING = ""


def scope_of(job_id: uuid.UUID | None) -> str:
    """What a message is about, as suppressions name it: a job, or nothing in particular."""
    return str(job_id) if job_id else EVERYTHING


def is_suppressed(address: str, job_id: uuid.UUID | None) -> bool:
    """Whether this address wants no mail about this job."""
    rows = SuppressedAddress.objects.filter(address=address.lower())
    return rows.filter(scope__in={EVERYTHING, scope_of(job_id)}).exists()


@transaction.atomic
def suppress(*, address: str, scope: str, reason: str) -> bool:
    """Send this address nothing more within the scope; what waits is dropped. False when it was so already."""
    address = address.lower()
    _row, made = SuppressedAddress.objects.get_or_create(
        address=address, scope=scope, defaults={"reason": reason}
    )
    about = Q(job_id=uuid.UUID(scope)) if scope else Q()
    waiting = Delivery.objects.filter(about, channel=Channel.EMAIL, address__iexact=address)
    waiting.filter(state__in=[State.WAITING, State.HELD]).update(state=State.DROPPED)
    return made


@transaction.atomic
def lift(*, row: SuppressedAddress, by: User) -> None:
    """Let mail go there again."""
    row.delete()
    before = {"address": row.address, "about": row.scope, "reason": row.reason}
    audit(by=by, action="lift_suppression", target=row.address, before=before)
