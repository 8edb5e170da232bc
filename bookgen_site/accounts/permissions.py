"""What a key or token was made for, compared with what a view does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from bookgen_site.accounts import scopes
from bookgen_site.accounts.models import User

if TYPE_CHECKING:  # the framework loads this module while it makes the class
    from rest_framework.views import APIView

SEPARATELY: Final = "scopes"  # a view names here, by method, what isn't plain reading or writing


class HasScope(BasePermission):
    """Lets a request pass whose key or token covers what the view does. A session covers all of the person's roles."""

    message: str = ""  # which scope is missing
    code = "insufficient_scope"

    def has_permission(self, request: Request, view: APIView) -> bool:
        granted = getattr(request.auth, "scopes", None)
        needed = scope_of(view, request.method or "")
        self.message = _("This key or token wasn't made for that: it lacks the scope “%s”.") % needed
        return granted is None or needed in str(granted).split()


def scope_of(view: object, method: str) -> str:
    """The scope that this method of the view needs."""
    own: dict[str, str] = getattr(view, SEPARATELY, {})
    return own.get(method, scopes.READ if method in SAFE_METHODS else scopes.WRITE)


class SeesAllJobs(BasePermission):
    """Lets Chief editors and Administrators pass: what is told is about everybody's books."""

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002  # its signature
        return isinstance(request.user, User) and request.user.sees_all_jobs
