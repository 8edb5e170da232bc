"""Pages for Administrators alone."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest

from bookgen_site.accounts import roles
from bookgen_site.lib.desk import DeskAdmin


def administers(request: HttpRequest) -> bool:
    """Whether the person is an Administrator."""
    return bool(request.user.is_authenticated and roles.ADMINISTRATOR in request.user.role_names)


class AdministratorsAdmin(DeskAdmin):
    """Pages for Administrators alone."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_view_permission(request, obj) and administers(request)
