"""Webhooks on the desk: where messages go, whether they arrive, and what to do about those that didn't."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biographies import webhooks
from biographies.admin.shell import refusals_told, show
from biographies.admin.webhooks_form import WebhookForm, job_of
from biographies.errors import BadWish
from biographies.models import BiographyJob
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib import clock
from notifications.hooks import endpoints
from notifications.models import WebhookEndpoint

PAGE: Final = 50
MOST_CHOSEN: Final = 200
FAILED_DAYS: Final = 7


def listed(request: StaffRequest) -> HttpResponse:
    """All endpoints that the person may work with, and the form for another."""
    if not request.user.makes_books:
        raise Http404
    form = WebhookForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            made = _make(request, form)
            if made is not None:
                return redirect("desk:webhook", endpoint_id=made.pk)
    rows = list(webhooks.workable_endpoints(request.user)[:MOST_CHOSEN])
    books = BiographyJob.objects.in_bulk([row.job_id for row in rows if row.job_id])
    context = {"form": form, "rows": [(row, books.get(row.job_id)) for row in rows]}
    return show(request, "desk/webhooks/list.html", _("Webhooks"), context)


def page(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    """One endpoint: how it is doing, what was sent and what the server answered."""
    endpoint = _endpoint(request, endpoint_id)
    return _shown(request, endpoint, _filled(request, endpoint))


@require_POST
def change(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    """Another name, address, choice of events or key."""
    endpoint = _endpoint(request, endpoint_id)
    form = WebhookForm(request.POST, by=request.user, new=False)
    if form.is_valid():
        try:
            webhooks.change_endpoint(endpoint=endpoint, by=request.user, **form.cleaned_data)
        except BadWish as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The webhook is changed."))
            return redirect("desk:webhook", endpoint_id=endpoint.pk)
    return _shown(request, endpoint, form)


@require_POST
def replay(request: StaffRequest, endpoint_id: int) -> HttpResponse:
    """Send again what was chosen, or all that failed within a week."""
    endpoint = _endpoint(request, endpoint_id)
    numbers = [
        int(one) for one in request.POST.getlist("message")[:MOST_CHOSEN] if one.isascii() and one.isdigit()
    ]
    since = clock.now() - dt.timedelta(days=FAILED_DAYS) if "failed" in request.POST else None
    with refusals_told(request):
        count = webhooks.replay(
            endpoint=endpoint,
            by=request.user,
            numbers=[one for one in numbers if one < 2**63],
            failed_since=since,
        )
        told = ngettext("%d message is sent again.", "%d messages are sent again.", count)
        messages.success(request, told % count)
    return redirect("desk:webhook", endpoint_id=endpoint.pk)


@require_POST
def do(request: StaffRequest, endpoint_id: int, name: str) -> HttpResponse:
    """One of DEEDS."""
    endpoint = _endpoint(request, endpoint_id)
    if name not in DEEDS:
        raise Http404
    with refusals_told(request):
        DEEDS[name](request, endpoint)
    if name == "delete":
        return redirect("desk:webhooks")
    return redirect("desk:webhook", endpoint_id=endpoint.pk)


def _make(request: StaffRequest, form: WebhookForm) -> WebhookEndpoint | None:
    values = dict(form.cleaned_data)
    try:
        job = job_of(request.user, values.pop("job"))
        endpoint, secret = webhooks.make_endpoint(by=request.user, job=job, **values)
    except BadWish as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    _tell_secret(request, secret)
    return endpoint


def _shown(request: StaffRequest, endpoint: WebhookEndpoint, form: WebhookForm) -> HttpResponse:
    sent = Paginator(endpoints.deliveries(endpoint), PAGE).get_page(request.GET.get("page"))
    context = {
        "endpoint": endpoint,
        "form": form,
        "sent": sent,
        "days": FAILED_DAYS,
        "book": BiographyJob.objects.filter(pk=endpoint.job_id).first() if endpoint.job_id else None,
    }
    return show(request, "desk/webhooks/one.html", str(endpoint), context)


def _filled(request: StaffRequest, endpoint: WebhookEndpoint) -> WebhookForm:
    columns = {field: getattr(endpoint, field) for field in webhooks.FIELDS}
    return WebhookForm(initial=columns, by=request.user, new=False)


def _endpoint(request: StaffRequest, endpoint_id: int) -> WebhookEndpoint:
    return get_object_or_404(webhooks.workable_endpoints(request.user), pk=min(endpoint_id, 2**63 - 1))


def _tell_secret(request: StaffRequest, secret: str) -> None:
    messages.warning(request, _("The secret, shown this once: %s") % secret)


def _test(request: StaffRequest, endpoint: WebhookEndpoint) -> None:
    webhooks.send_test(endpoint=endpoint, by=request.user)
    messages.success(request, _("A test is on its way. Its answer stands below in a moment."))


def _on(request: StaffRequest, endpoint: WebhookEndpoint) -> None:
    webhooks.switch(endpoint=endpoint, by=request.user, on=True)


def _off(request: StaffRequest, endpoint: WebhookEndpoint) -> None:
    webhooks.switch(endpoint=endpoint, by=request.user, on=False)


def _reveal(request: StaffRequest, endpoint: WebhookEndpoint) -> None:
    _tell_secret(request, webhooks.reveal_secret(endpoint=endpoint, by=request.user))


def _rotate(request: StaffRequest, endpoint: WebhookEndpoint) -> None:
    _tell_secret(request, webhooks.rotate_secret(endpoint=endpoint, by=request.user))


def _delete(request: StaffRequest, endpoint: WebhookEndpoint) -> None:
    webhooks.delete_endpoint(endpoint=endpoint, by=request.user)
    messages.success(request, _("The webhook is deleted."))


DEEDS: Final[dict[str, Callable[[StaffRequest, WebhookEndpoint], Any]]] = {
    "test": _test,
    "on": _on,
    "off": _off,
    "reveal": _reveal,
    "rotate": _rotate,
    "delete": _delete,
}
