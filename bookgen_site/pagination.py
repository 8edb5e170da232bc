"""Pages of lists by cursor: nothing is skipped or told twice while rows come in, and the cost doesn't grow."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView


class NewestFirst(CursorPagination):
    """The newest rows first, by `created_at`; `?limit=` asks for up to 200 a page."""

    ordering: Any = ("-created_at", "-pk")
    page_size_query_param = "limit"
    max_page_size = 200
    invalid_cursor_message: Any = _("This cursor isn't one of ours. Begin again without it.")

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """As in DRF, but a forged cursor is a 404 like any other wrong cursor, not a server error."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError, OverflowError) as error:
            raise NotFound(self.invalid_cursor_message) from error


class ByNumber(NewestFirst):
    """Rows in the order of their numbers within a job."""

    ordering = ("number",)
