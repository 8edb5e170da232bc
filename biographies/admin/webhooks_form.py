"""The fields of a webhook; `biographies.webhooks` decides what makes sense."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from biographies.models import BiographyJob
from biographies.queries import workable_by
from bookgen_site.accounts.models import User
from notifications.events import EventKind

ALL: Final = ""  # the choice “all biographies”


class WebhookForm(forms.Form):
    """One endpoint. For which books it is can't be changed later."""

    job = forms.ChoiceField(label=_("Biography"), required=False)
    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    url = forms.CharField(label=_("Address"), max_length=2000, help_text=_("It begins with https://."))
    event_types = forms.MultipleChoiceField(
        label=_("Events"),
        required=False,
        choices=EventKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all but progress."),
    )
    encryption_key = forms.CharField(
        label=_("Public key"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("JWK or PEM, if messages are to be encrypted."),
    )

    def __init__(self, *args: Any, by: User, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if new:
            self.fields["job"].choices = _books(by)  # type: ignore[attr-defined]  # it is a ChoiceField
        else:
            del self.fields["job"]
        for name in ("job", "name", "url", "encryption_key"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "field"


def _books(by: User) -> list[tuple[str, Any]]:
    everything = [(ALL, _("all biographies"))] if by.sees_all_jobs else []
    jobs = workable_by(by).order_by("-created_at")[:200]
    return [*everything, *((str(job.pk), str(job)) for job in jobs)]


def job_of(by: User, chosen: str) -> BiographyJob | None:
    """The chosen book, which the form has checked to be one of those that the person works on."""
    return workable_by(by).get(pk=chosen) if chosen else None
