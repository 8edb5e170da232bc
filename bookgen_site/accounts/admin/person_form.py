"""The page of one person: what may be ended there, and who must be left."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.forms import UserChangeForm
from unfold.widgets import UnfoldBooleanWidget

from bookgen_site.accounts import roles, second_factor
from bookgen_site.accounts.actions import OPERATOR
from bookgen_site.accounts.models import User


class PersonForm(UserChangeForm):
    """A person, and two deeds that take effect when the page is saved."""

    drop_factor = forms.BooleanField(
        label=gettext_lazy("Take the second factor away"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy("For whoever has lost the phone and the recovery codes. Be sure who asks."),
    )
    end_sessions = forms.BooleanField(
        label=gettext_lazy("End all sessions"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy("The person must log in again, everywhere. API keys go on."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["drop_factor"].disabled = not second_factor.is_set_up(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not _administers(cleaned) and not _others_administer(self.instance):
            raise forms.ValidationError(_("One Administrator who may log in must remain."), code="last")
        return cleaned


def _administers(cleaned: dict[str, Any]) -> bool:
    held = {group.name for group in cleaned.get("groups") or ()}
    return bool(cleaned.get("is_active") and cleaned.get("is_staff") and roles.ADMINISTRATOR in held)


def _others_administer(user: User) -> bool:
    # One after the other: two Administrators who dismiss each other at once would leave none.
    Group.objects.select_for_update().filter(name=roles.ADMINISTRATOR).first()
    people = User.objects.filter(is_active=True, is_staff=True).exclude(pk=user.pk).exclude(username=OPERATOR)
    return people.filter(Q(groups__name=roles.ADMINISTRATOR) | Q(is_superuser=True)).exists()
