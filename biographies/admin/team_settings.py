"""The page of the settings: what holds for all books, what models cost, and where the other settings are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from biographies.admin.history import Remembered, settings_history
from biographies.admin.shell import show
from biographies.admin.team_form import ROLE_LABELS, TeamForm, initial_of
from biographies.errors import BadWish, BookError
from biographies.models import TeamSettings
from biographies.team import caps, keeps_settings, models_wanted, sees_settings, team
from biographies.team_actions import change_team_settings
from bookgen_site.accounts.requests import StaffRequest
from engine.calls import roles
from engine.models_api.pricing import BUILT_IN

MILLION: Final = 1_000_000
FIELD_OF: Final = {"models_by_role": "model_writer"}
NAMES_OF_SOURCES: Final[dict[str, Promise]] = {
    "listed": gettext_lazy("from the provider’s list"),
    "built_in": gettext_lazy("from BookGen’s own table"),
    "dearest": gettext_lazy("unknown: the dearest is assumed"),
}
NAMES: Final = {"auth.group": gettext_lazy("Roles")}
# Other places with settings, by the names of their models; those that this site doesn't have are left out.
PLACES: Final = (
    ("biographies.styleguide", "draw", gettext_lazy("How books are to be written")),
    ("notifications.subscription", "notifications", gettext_lazy("Who is told of what")),
    ("notifications.webhookendpoint", "webhook", gettext_lazy("Programs that are told of events")),
    ("notifications.delivery", "mail", gettext_lazy("What was sent, and what couldn’t be")),
    ("accounts.apikey", "key", gettext_lazy("For programs that use BookGen")),
    ("accounts.apiclient", "vpn_key", gettext_lazy("For programs that log in by OAuth 2.0")),
    ("accounts.user", "group", gettext_lazy("Who may log in, and in which role")),
    ("auth.group", "badge", gettext_lazy("Who holds which role")),
)


@dataclass(frozen=True, slots=True)
class Priced:
    """A model with its price in dollars per million tokens; `asked` are the roles in which it answers."""

    name: str
    tokens_in: Decimal
    tokens_out: Decimal
    context: int
    known: Promise
    asked: Sequence[Promise]
    stands_in: Sequence[Promise]


@dataclass(frozen=True, slots=True)
class Place:
    """A list of Unfold's where something else is set."""

    url: str
    icon: str
    name: str
    told: Promise


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Chief editors read it, administrators change it."""
    if not sees_settings(request.user):
        raise PermissionDenied
    if request.method != "POST":
        row = team()
        return _shown(request, TeamForm(initial=initial_of(row)), row)
    if not keeps_settings(request.user):
        raise PermissionDenied
    form = TeamForm(request.POST)
    if form.is_valid() and _saved(request, form):
        messages.success(request, _("The settings are kept. They hold from the next call of a model on."))
        return redirect("desk:settings")
    return _shown(request, form, team(), status=422)


def _saved(request: StaffRequest, form: TeamForm) -> bool:
    try:
        change_team_settings(by=request.user, **form.wanted())
    except BadWish as wrong:
        form.add_error(FIELD_OF.get(wrong.field, wrong.field), str(wrong))
    except BookError as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@require_POST
def prices(request: StaffRequest) -> HttpResponse:
    """Ask the provider for its list of prices now."""
    if not keeps_settings(request.user):
        raise PermissionDenied
    found = roles.ask_prices() if settings.MODEL_CONFIGURED else 0
    if found:
        told = ngettext("The provider lists %d model.", "The provider lists %d models.", found) % found
        messages.success(request, told)
    else:
        messages.error(request, _("The provider gave no list of prices. Those that are known stay."))
    return redirect("desk:settings")


def _shown(request: StaffRequest, form: TeamForm, row: TeamSettings, status: int = 200) -> HttpResponse:
    rows: dict[str, Any] = {
        "form": form,
        "may_change": keeps_settings(request.user),
        "caps": caps(row),
        "default_budget": row.default_budget_micros,
        "models": _models(row),
        "roles": _roles(row),
        "names": [*roles.PRESETS, *BUILT_IN],
        "configured": settings.MODEL_CONFIGURED,
        "places": _places(request),
        "history": _history(),
    }
    return show(request, "desk/settings.html", _("Settings"), rows, status=status)


def _history() -> list[Remembered]:
    return settings_history(most=10)


def _roles(row: TeamSettings) -> list[tuple[Promise, str, list[str]]]:
    """Each role with what is wished for it, and the models that this means, the one that is asked first."""
    return [(ROLE_LABELS[role], wish, roles.models_named(wish)) for role, wish in models_wanted(row).items()]


def _models(row: TeamSettings) -> list[Priced]:
    """The models of all roles and presets with their prices."""
    wished = {role: roles.models_named(wish) for role, wish in models_wanted(row).items()}
    names = [*(name for named in wished.values() for name in named)]
    names += [name for preset in roles.PRESETS.values() for name in preset]
    return [_priced(name, wished) for name in dict.fromkeys(names)]


def _priced(name: str, wished: dict[str, list[str]]) -> Priced:
    price, source = roles.known_price(name)
    return Priced(
        name=name,
        tokens_in=price.tokens_in * MILLION,
        tokens_out=price.tokens_out * MILLION,
        context=price.context,
        known=NAMES_OF_SOURCES[source],
        asked=[ROLE_LABELS[role] for role, named in wished.items() if named[:1] == [name]],
        stands_in=[ROLE_LABELS[role] for role, named in wished.items() if name in named[1:]],
    )


def _places(request: StaffRequest) -> list[Place]:
    """The lists that the person may open."""
    here: dict[str, tuple[type[Model] | None, Any]] = {
        model._meta.label_lower: (model, its_admin) for model, its_admin in admin.site._registry.items()
    }
    found = []
    for label, icon, told in PLACES:
        model, its_admin = here.get(label, (None, None))
        if model is not None and its_admin.has_view_permission(request):
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            found.append(
                Place(url, icon, capfirst(str(NAMES.get(label, model._meta.verbose_name_plural))), told)
            )
    return found
