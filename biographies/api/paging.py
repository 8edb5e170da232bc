"""Pages of this app's lists, each in its own order."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from rest_framework.request import Request

from bookgen_site.pagination import NewestFirst

ORDERS: Final = ("-created_at", "created_at", "-updated_at", "updated_at", "character", "-character")


class Biographies(NewestFirst):
    """In the order that `?order=` names; the newest first without one."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, str]:  # noqa: ARG002
        """The column, and the key where it says the same of two."""
        wanted = request.query_params.get("order", ORDERS[0])
        return (wanted if wanted in ORDERS else ORDERS[0], "pk")


class ByRank(NewestFirst):
    """Revisions and findings: the newest first, by their own numbers."""

    ordering = ("-pk",)


class InOrder(NewestFirst):
    """Rows by their numbers within what they belong to."""

    ordering = ("number",)
