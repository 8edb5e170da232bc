"""The form of what holds for all books: caps, the budget of a new book, and the models of each role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from biographies.admin.book_money import in_micros
from biographies.errors import BadWish
from biographies.models import TeamSettings
from biographies.team import environment_caps
from biographies.team_actions import AMOUNTS, CAPS
from biographies.templatetags.desk import plain_dollars
from bookgen_site.lib.money import dollars
from engine.calls import roles

ROLE_LABELS = {"planner": _("planner"), "writer": _("writer"), "checker": _("checker")}


def _amount(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "field", "inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=20, required=False, widget=widget)


def _models(role: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "field", "list": "model-names", "autocomplete": "off"})
    label = ROLE_LABELS[role]
    return forms.CharField(label=label, max_length=400, required=False, widget=widget)


class TeamForm(forms.Form):
    """Empty fields leave it to the environment, whose values are told beneath them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    book_cap_micros = _amount(_("Most for any book, in dollars"))
    day_cap_micros = _amount(_("Most a day for all books, in dollars"))
    month_cap_micros = _amount(_("Most a month for all books, in dollars"))
    default_budget_micros = _amount(_("Budget of a new biography, in dollars"))
    model_planner = _models("planner")
    model_writer = _models("writer")
    model_checker = _models("checker")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = environment_caps()
        for name, cap in CAPS.items():
            ceiling = getattr(most, cap)
            told = (
                _("Empty: no cap.")
                if ceiling is None
                else _("This installation allows %s.") % dollars(ceiling)
            )
            self.fields[name].help_text = told
        self.fields["default_budget_micros"].help_text = _(
            "Filled in for every new biography; it can be changed there."
        )
        for role in roles.ROLES:
            here = settings.MODELS_BY_ROLE[role]
            self.fields[f"model_{role}"].help_text = _("Empty: %s, as this installation is set up.") % here
        for name, field in self.fields.items():
            helped = [f"{name}-help"] if field.help_text else []
            field.widget.attrs["aria-describedby"] = " ".join([*helped, f"{name}-errors"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in AMOUNTS:
            if name in values:
                self._in_micros(name, values)
        return values

    def _in_micros(self, name: str, values: dict[str, Any]) -> None:
        try:
            values[name] = in_micros(values[name])
        except BadWish as refusal:
            self.add_error(name, str(refusal))

    def wanted(self) -> dict[str, Any]:
        """The clean values as `change_team_settings` takes them."""
        values = {name: self.cleaned_data[name] for name in AMOUNTS}
        named = {role: self.cleaned_data[f"model_{role}"].strip() for role in roles.ROLES}
        return values | {"models_by_role": named, "version": self.cleaned_data["version"]}


def initial_of(row: TeamSettings) -> dict[str, Any]:
    """What the form shows of what is settled."""
    amounts = {name: plain_dollars(getattr(row, name)) for name in AMOUNTS}
    named = {f"model_{role}": row.models_by_role.get(role, "") for role in roles.ROLES}
    return amounts | named | {"version": row.version}
