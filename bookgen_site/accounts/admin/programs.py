"""Keys and OAuth clients: what programs log in with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oauth2_provider.models import AccessToken, DeviceGrant, Grant, IDToken, RefreshToken
from unfold.decorators import display

from bookgen_site.accounts import scopes
from bookgen_site.accounts.admin.administrators import AdministratorsAdmin, administers
from bookgen_site.accounts.kept_keys import rights_changed
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import ApiClient, ApiKey
from bookgen_site.accounts.oauth import make_client
from bookgen_site.accounts.requests import person
from bookgen_site.lib import clock
from bookgen_site.lib.desk import DeskAdmin
from bookgen_site.lib.text import clean_text
from notifications.publish import audit

for model in (AccessToken, Grant, IDToken, RefreshToken, DeviceGrant):
    if admin.site.is_registered(model):  # rows that programs make and that tell people nothing
        admin.site.unregister(model)
if admin.site.is_registered(ApiClient):
    admin.site.unregister(ApiClient)  # the toolkit's own page offers ways in that aren't open here


class ScopesForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What something may be used for, as ticks."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May be used to"),
        choices=list(scopes.MEANINGS.items()),
        initial=list(scopes.USUAL),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Never more than the person's own roles allow."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.instance.pk:
            self.initial["scopes"] = self.instance.scopes.split()

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"], multiline=False)

    def clean_scopes(self) -> str:
        return scopes.joined(self.cleaned_data["scopes"])


class ApiKeyForm(ScopesForm):
    """A name, what the key may be used for, and a day in the future from which it no longer works."""

    class Meta:
        model = ApiKey
        fields = ("name", "scopes", "expires_at")

    def clean_expires_at(self) -> Any:
        expires = self.cleaned_data["expires_at"]
        if expires is not None and expires <= clock.now():
            raise forms.ValidationError(_("Choose a time in the future."))
        return expires


@admin.register(ApiKey)
class ApiKeyAdmin(DeskAdmin):
    """Keys for programs. Making one shows it, once; deleting one revokes it."""

    form = ApiKeyForm
    list_display = ("name", "prefix", "whose", "scopes", "created_at", "expires_at", "last_used_at")
    list_select_related = ("user",)
    ordering = ("-created_at",)
    search_fields = ("name", "prefix")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        rows: QuerySet[ApiKey] = super().get_queryset(request)
        return rows if administers(request) else rows.filter(user=person(request))

    @display(description=gettext_lazy("whose"), ordering="user__username")
    def whose(self, key: ApiKey) -> str:
        return key.user.get_username()

    def get_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        made = ("prefix", "whose", "created_at", "last_used_at") if obj else ()
        return ("name", "scopes", "expires_at", *made)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return self.has_view_permission(request)  # the rows are those of get_queryset

    def save_model(self, request: HttpRequest, obj: ApiKey, _form: Any, _change: bool) -> None:
        row, plain = make_key(
            user=person(request), name=obj.name, expires_at=obj.expires_at, scopes=obj.scopes
        )
        obj.__dict__.update(row.__dict__)
        told = {"prefix": row.prefix, "scopes": row.scopes}
        audit(by=person(request), action="make_key", target=row.name, after=told)
        messages.warning(request, _("The new key, shown this once: %s") % plain)

    def delete_model(self, request: HttpRequest, obj: ApiKey) -> None:
        told = {"prefix": obj.prefix, "scopes": obj.scopes, "user": obj.user_id}
        audit(by=person(request), action="revoke_key", target=obj.name, before=told)
        super().delete_model(request, obj)
        rights_changed()


class ApiClientForm(ScopesForm):
    """A name, in whose name the program acts, and what it may be used for."""

    class Meta:
        model = ApiClient
        fields = ("name", "user", "scopes")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "name" in self.fields:  # a client that is there is shown, not changed
            self.fields["name"].required = True


@admin.register(ApiClient)
class ApiClientAdmin(AdministratorsAdmin):
    """Programs that get tokens by OAuth 2.0. Making one shows its secret, once; deleting one ends its tokens."""

    form = ApiClientForm
    list_display = ("name", "client_id", "user", "scopes", "created")
    list_select_related = ("user",)
    search_fields = ("name", "client_id")

    def get_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("name", "user", "scopes", *(("client_id", "created") if obj else ()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ApiClient, _form: Any, _change: bool) -> None:
        user = obj.user
        row, secret = make_client(user=user, name=obj.name, scopes=obj.scopes)
        obj.__dict__.update(row.__dict__)
        told = {"client_id": row.client_id, "scopes": row.scopes, "user": user.pk}
        audit(by=person(request), action="make_client", target=row.name, after=told)
        shown = _("The client's id is %(id)s; its secret, shown this once: %(secret)s")
        messages.warning(request, shown % {"id": row.client_id, "secret": secret})

    def delete_model(self, request: HttpRequest, obj: ApiClient) -> None:
        told = {"client_id": obj.client_id, "scopes": obj.scopes, "user": obj.user_id}
        audit(by=person(request), action="revoke_client", target=obj.name, before=told)
        super().delete_model(request, obj)
