"""People and their roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from bookgen_site.accounts.admin.administrators import AdministratorsAdmin, administers
from bookgen_site.accounts.admin.person_form import PersonForm
from bookgen_site.accounts.admin.security import Wish, look_after, standing_of
from bookgen_site.accounts.models import User
from bookgen_site.accounts.requests import person


class RoleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Roles under their names in the reader's language; in the database they have the English ones."""

    def label_from_instance(self, obj: Model) -> str:
        return _(str(obj))


class RoleFilter(admin.RelatedFieldListFilter):
    """The same in the filter of the list."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, _(str(name))) for key, name in super().field_choices(field, request, model_admin)]


@admin.register(User)
class UserAdmin(AdministratorsAdmin, DjangoUserAdmin):  # type: ignore[misc, type-arg]
    """The people. Nobody is deleted, because books and decisions carry names: switch the account off instead."""

    form = PersonForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "email", "first_name", "last_name", "held_roles", "is_active")
    list_filter = (("groups", RoleFilter), "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("What they may do"), {"fields": ("is_active", "is_staff", "groups")}),
        (gettext_lazy("Security"), {"fields": ("drop_factor", "end_sessions")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "email", "password1", "password2", "is_staff", "groups"),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"form_class": RoleChoice, "widget": UnfoldAdminCheckboxSelectMultipleWidget}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        form.before = standing_of(obj.pk)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # in the transaction of the page, as save_model
        wish = Wish(**{name: form.cleaned_data.get(name, False) for name in Wish._fields})
        look_after(user=form.instance, before=form.before, wish=wish, by=person(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return administers(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.prefetch_related("groups")

    @display(description=gettext_lazy("roles"))
    def held_roles(self, user: User) -> str:
        return ", ".join(sorted(_(group.name) for group in user.groups.all()))


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(AdministratorsAdmin):
    """The four roles. They are part of the program: people are given them on their own pages."""

    list_display = ("role", "people")
    fields = ("role", "people")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        rows: QuerySet[Group] = super().get_queryset(request)
        return rows.prefetch_related("user_set")

    @display(description=gettext_lazy("role"), ordering="name")
    def role(self, group: Group) -> str:
        return _(group.name)

    @display(description=gettext_lazy("people"))
    def people(self, group: Group) -> str:
        return ", ".join(sorted(user.get_username() for user in group.user_set.all()))
