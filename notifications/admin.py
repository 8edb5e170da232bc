"""Events, audit and outgoing messages on the desk. They are history: nobody changes them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from biographies.queries import visible_to
from bookgen_site.accounts.requests import person
from bookgen_site.lib.desk import BookFilter, DeskAdmin, OfJobsAdmin
from notifications.deeds import DEEDS, in_words
from notifications.letters.kinds import LetterKind
from notifications.models import (
    Alert,
    AlertState,
    AuditEntry,
    Delivery,
    Event,
    State,
    Subscription,
    SuppressedAddress,
)
from notifications.suppression import lift


class VoiceAdmin(OfJobsAdmin):
    """Rows that carry the id of a job, of the books that the person may see."""

    job_path = "job_id"

    def visible_jobs(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_to(request.user)


@admin.register(Event)
class EventAdmin(VoiceAdmin):
    """What happened to the books, as client programs were told."""

    list_display = ("created_at", "kind", "seq", "told")
    fields = ("created_at", "kind", "seq", "payload")
    list_filter = (BookFilter, "kind")
    ordering = ("-id",)

    @display(description=_("payload"))
    def told(self, event: Event) -> str:
        return json.dumps(event.payload, ensure_ascii=False, sort_keys=True)[:160]


class DeedFilter(admin.SimpleListFilter):
    """Narrows the audit to one kind of deed, by its words."""

    title = _("action")
    parameter_name = "action"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [(action, in_words(action)) for action in DEEDS]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(action=self.value()) if self.value() in DEEDS else rows


@admin.register(AuditEntry)
class AuditAdmin(VoiceAdmin):
    """Who did what."""

    list_display = ("at", "actor", "deed", "target")
    fields = ("at", "actor", "deed", "target", "before", "after")
    list_filter = (BookFilter, DeedFilter)
    search_fields = ("actor", "target", "action")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        if person(request).sees_all_jobs:  # also what belongs to no job, or to one that was deleted
            return AuditEntry.objects.all()
        return super().get_queryset(request)

    @display(description=_("action"), ordering="action")
    def deed(self, entry: AuditEntry) -> str:
        return in_words(entry.action)


@admin.register(Delivery)
class DeliveryAdmin(VoiceAdmin):
    """Messages that were sent, or are to be."""

    fields = (
        *("made", "channel", "what", "address", "status", "attempts", "next_at", "sent_at"),
        *("tracked", "answer", "error"),
    )
    list_display = ("made", "what", "channel", "address", "status", "tracked", "attempts", "error")
    list_filter = (BookFilter, "state", "channel", "tracked")
    search_fields = ("address",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        if person(request).sees_all_jobs:  # also those that belong to no job: alerts, daily mails
            return Delivery.objects.defer("payload")
        return super().get_queryset(request).defer("payload")

    @display(description=_("when"), ordering="created_at")
    def made(self, delivery: Delivery) -> dt.datetime:
        return delivery.created_at

    @display(description=_("what"), ordering="kind")
    def what(self, delivery: Delivery) -> str:
        return str(LetterKind(delivery.kind).label) if delivery.kind in LetterKind else delivery.kind

    @display(
        description=_("state"),
        ordering="state",
        label={
            State.WAITING: "default",
            State.SENDING: "info",
            State.SENT: "success",
            State.FAILED: "danger",
            State.HELD: "default",
            State.MERGED: "success",
            State.DROPPED: "warning",
        },
    )
    def status(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()


@admin.register(Alert)
class AlertAdmin(DeskAdmin):
    """What is wrong, and what was. Of single books and of the machine, so for who sees all books."""

    list_display = ("began_at", "title", "severity", "standing", "resolved_at")
    fields = ("title", "text", "severity", "standing", "began_at", "seen_at", "resolved_at", "key")
    list_filter = ("state", "severity")
    search_fields = ("title",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and person(request).sees_all_jobs

    @display(
        description=_("state"),
        ordering="state",
        label={AlertState.FIRING: "danger", AlertState.RESOLVED: "success"},
    )
    def standing(self, alert: Alert) -> tuple[str, str]:
        return alert.state, alert.get_state_display()


class AddressAdmin(DeskAdmin):
    """Pages about addresses, which belong to no book: for those who see all books."""

    search_fields: Any = ("address",)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_view_permission(request, obj) and person(request).sees_all_jobs


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(AddressAdmin):
    """Addresses that get no mail. Deleting a row lets mail go there again."""

    list_display = ("address", "reason", "about", "at")
    fields = ("address", "reason", "about", "at")
    list_filter = ("reason",)

    @display(description=_("about"))
    def about(self, row: SuppressedAddress) -> str:
        return row.scope or str(_("all mail"))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: SuppressedAddress) -> None:
        lift(row=obj, by=person(request))


@admin.register(Subscription)
class SubscriptionAdmin(AddressAdmin):
    """What people chose about their mail."""

    list_display = ("address", "pace", "changed_at")
    fields = ("address", "pace", "muted", "changed_at")
    list_filter = ("pace",)
