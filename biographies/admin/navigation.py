"""The desk's sidebar: the same entries on Unfold's pages and on the project's own."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bookgen_site.accounts import roles


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups of entries, each with title, icon, link, and whether it is where the person is."""
    user = request.user
    if not user.is_authenticated:
        return []
    groups = [
        (_("Books"), _books(makes=user.makes_books)),
        (_("Evidence"), _evidence()),
        (_("Machine"), _machine(sees_all=user.sees_all_jobs, makes=user.makes_books)),
        (_("People"), _people(administers=roles.ADMINISTRATOR in user.role_names)),
        *([(_("Team"), [(_("Settings"), "settings", "desk:settings")])] if user.sees_all_jobs else []),
    ]
    return [
        {"title": title, "separator": bool(place), "items": [_item(request, *one) for one in items]}
        for place, (title, items) in enumerate(groups)
    ]


BOOKS: Final = "admin:biographies_biographyjob_changelist"
OWN_PAGES: Final = "/admin/books/"
Entry = tuple[str, str, str]  # title, icon, name of the address


def _books(*, makes: bool) -> list[Entry]:
    new = [(_("New biography"), "add_circle", "desk:new")] if makes else []
    return [
        (_("Home"), "home", "admin:index"),
        (_("Biographies"), "auto_stories", BOOKS),
        *new,
        (_("Style guides"), "draw", "admin:biographies_styleguide_changelist"),
    ]


def _evidence() -> list[Entry]:
    return [
        (_("Sources"), "description", "admin:sources_source_changelist"),
        (_("Facts"), "fact_check", "admin:sources_fact_changelist"),
    ]


def _machine(*, sees_all: bool, makes: bool) -> list[Entry]:
    addresses = [
        (_("Suppressed addresses"), "unsubscribe", "admin:notifications_suppressedaddress_changelist")
    ]
    results = [(_("Task results"), "receipt_long", "admin:django_celery_results_taskresult_changelist")]
    return [
        (_("Runs"), "play_circle", "admin:engine_run_changelist"),
        (_("Units"), "grid_view", "admin:engine_unit_changelist"),
        (_("Model calls"), "smart_toy", "admin:engine_modelcall_changelist"),
        *(results if sees_all else []),
        (_("Events"), "bolt", "admin:notifications_event_changelist"),
        (_("Audit"), "history", "admin:notifications_auditentry_changelist"),
        (_("Deliveries"), "mail", "admin:notifications_delivery_changelist"),
        *([(_("Webhooks"), "webhook", "desk:webhooks")] if makes else []),
        *([(_("Alerts"), "emergency", "admin:notifications_alert_changelist")] if sees_all else []),
        *(addresses if sees_all else []),
    ]


def _people(*, administers: bool) -> list[Entry]:
    people = [
        (_("Users"), "group", "admin:accounts_user_changelist"),
        (_("Roles"), "badge", "admin:auth_group_changelist"),
    ]
    clients = [(_("OAuth clients"), "vpn_key", "admin:accounts_apiclient_changelist")]
    keys = (_("API keys"), "key", "admin:accounts_apikey_changelist")
    return [*(people if administers else []), keys, *(clients if administers else [])]


def _item(request: HttpRequest, title: str, icon: str, name: str) -> dict[str, Any]:
    link = reverse(name)
    home = name == "admin:index"
    active = request.path == link if home else request.path.startswith(link)
    if name == BOOKS:  # a book's own pages are reached from the list, too
        others = (reverse("desk:new"), reverse("desk:webhooks"), reverse("desk:settings"))
        active = active or (request.path.startswith(OWN_PAGES) and not request.path.startswith(others))
    return {"title": title, "icon": icon, "link": link, "active": active}
