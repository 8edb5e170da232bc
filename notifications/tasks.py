"""What carries the hints of this app: live news to the browsers, and messages from the outbox."""

from __future__ import annotations

from asgiref.sync import async_to_sync
from celery import shared_task
from channels.layers import get_channel_layer

from bookgen_site.lib import queue
from notifications import courier, deliver
from notifications.queries import group_of


def send_live(job_id: str) -> None:
    """Tell those who watch the job that there are new events; they read them from the database."""
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(group_of(job_id), {"type": "look"})


@shared_task(name="notifications.deliver_due")
def deliver_due(_job_id: str = "") -> int:
    """Send the messages that are due; returns how many. Beat sends this; workers have couriers of their own."""
    return deliver.deliver_due()


queue.register("notifications.live", send_live)
queue.register("notifications.deliver", courier.wake)
