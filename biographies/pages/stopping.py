"""Fewer mails, or none: the page that each mail's last line leads to, and the one-click answer of RFC 8058."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from biographies.pages.sealing import Closed, sealed
from notifications import subscriptions
from notifications.letters.kinds import kinds_for
from notifications.models import Delivery
from notifications.signing import BadToken, read_stop

ONE_CLICK: Final = "One-Click"


@sealed
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """Looking changes nothing, since scanners of mail look at every link; a POST does what it names."""
    delivery = _delivery(token)
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        subscriptions.choose(delivery=delivery, choice=subscriptions.Choice.STOP)
        return HttpResponse(status=200)
    choice = request.POST.get("choice", "")
    if choice in subscriptions.Choice:
        wanted = request.POST.getlist("kind")
        subscriptions.choose(delivery=delivery, choice=subscriptions.Choice(choice), wanted=wanted)
    with translation.override(delivery.language):
        return render(
            request,
            "author/stop.html",
            {
                "delivery": delivery,
                "wish": subscriptions.wish_of(delivery),
                "kinds": kinds_for(delivery.payload.get("role", "")),
                "chosen": choice,
            },
        )


def _delivery(token: str) -> Delivery:
    try:
        found = Delivery.objects.filter(uid=read_stop(token), channel="email").first()
    except BadToken as error:
        raise Closed from error
    if found is None:
        raise Closed
    return found
