"""Pages of lists by cursor: nothing is skipped or told twice while rows come in, and the cost doesn't grow."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.exceptions import ValidationError as Refused
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

PAGING: Final = frozenset({"limit", "cursor"})  # what every list may be asked in its address


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
        self._check_limit(request)
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError, OverflowError) as error:
            raise NotFound(self.invalid_cursor_message) from error

    def _check_limit(self, request: Request) -> None:
        """DRF would pass over a limit that is no number; a wrong field of a body is an error, and so is this."""
        limit = request.query_params.get("limit", "1")
        if not (limit.isascii() and limit.isdigit() and len(limit) <= 20 and int(limit)):
            raise Refused({"limit": [_("A whole number from 1 to %d is wanted.") % self.max_page_size]})


class ByNumber(NewestFirst):
    """Rows in the order of their numbers within a job."""

    ordering = ("number",)
