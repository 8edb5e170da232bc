"""A person has a message sent once more."""

from __future__ import annotations

from django.db import transaction

from bookgen_site.accounts.models import User
from bookgen_site.lib import queue
from notifications import deliver
from notifications.auditing import audit
from notifications.models import Delivery


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> bool:
    """Send what was sent, failed or dropped; False when it is still on its way."""
    if not deliver.send_again(delivery):
        return False
    target, after = f"{delivery.kind} → {delivery.address}", {"delivery": str(delivery.uid)}
    audit(by=by, action="send_again", target=target, job_id=delivery.job_id, after=after)
    queue.put("notifications.deliver", delivery.pk)
    return True
