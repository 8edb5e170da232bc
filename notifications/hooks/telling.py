"""Who made an endpoint is told when it was switched off without a person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from notifications import alerts
from notifications.hooks.addresses import shown
from notifications.models import OffReason, WebhookEndpoint


def tell_switched_off(endpoint: WebhookEndpoint, reason: OffReason) -> None:
    """A letter to who made it, or to the operators where nobody is known. Call it in the transaction of the change."""
    maker = endpoint.created_by
    known = [maker.email] if maker is not None and maker.is_active and maker.email else []
    why = {
        OffReason.GONE: _("Its server answered 410 Gone: it wants no more messages."),
        OffReason.FAILING: _("It has failed for five days. What it missed is kept and can be sent again."),
    }
    alerts.tell_by_letter(
        addresses=known or alerts.operators(),
        title=_("A webhook was switched off: %s") % (endpoint.name or shown(endpoint.url)),
        text=f"{shown(endpoint.url)}\n{why.get(reason, '')}\n"
        + _("Mend the receiver, then switch the webhook on again on the desk."),
        path=reverse("desk:webhook", args=[endpoint.pk]),
    )
