"""What all lists of the desk share: who may do what follows from the roles, not from Django's permissions."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from bookgen_site.lib.replica import reading_lists

MOST_COUNTED = 10_000  # rows: beyond, a list goes on no further, and is narrowed by its filters
MOST_CHOICES = 50  # a filter with more books than this is longer than the page


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Counts no further than MOST_COUNTED: counting a million rows takes longer than showing fifty."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return (
            rows.order_by().values("pk")[:MOST_COUNTED].count() if isinstance(rows, QuerySet) else len(rows)
        )


class DeskAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """A list and its pages, read-only for everybody who may log in; subclasses open what may be changed."""

    list_per_page = 25
    paginator = BoundedPaginator
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, read from the replica where there is one; drawn at once, since its rows are read while it is."""
        with reading_lists(request.user):
            answer: HttpResponse = super().changelist_view(request, extra_context)
            return answer.render() if isinstance(answer, TemplateResponse) else answer

    # `obj` keeps its name in these: Django's autocomplete passes it by name.
    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


class BookFilter(SimpleListFilter):
    """Narrows a list to one book. Its choices are the books that the person may see, and no other."""

    title = _("biography")
    parameter_name = "book"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        jobs = model_admin.visible_jobs(request).order_by("-created_at")[:MOST_CHOICES]
        return [(str(job.pk), str(job)) for job in jobs]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        return rows.filter(**{self.path: self.book}) if self.book else rows

    def __init__(self, request: HttpRequest, params: Any, model: type[Model], model_admin: Any) -> None:
        self.path = model_admin.job_path
        super().__init__(request, params, model, model_admin)
        self.book = self._visible(request, model_admin)

    def _visible(self, request: HttpRequest, model_admin: Any) -> uuid.UUID | None:
        """The chosen book when the person may see it, also one that is too old to be among the choices."""
        try:
            asked = uuid.UUID(self.value() or "")
        except ValueError:  # an id that isn't one
            return None
        known = model_admin.visible_jobs(request).filter(pk=asked)
        return asked if known.exists() else None


class KnownValues(SimpleListFilter):
    """Narrows a list by a column whose values the program knows: the table needn't be asked for them."""

    column = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        chosen = self.value()
        known = {str(key) for key, _name in self.lookup_choices}
        return rows.filter(**{self.column: chosen}) if chosen in known else rows


def known_values(
    column: str, title: Any, values: Callable[[], Iterable[tuple[str, Any]]]
) -> type[KnownValues]:
    """A filter of this column; `values` hands over pairs of value and words."""

    class Filter(KnownValues):
        def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
            return list(values())

    Filter.column = Filter.parameter_name = column
    Filter.title = title
    return Filter


class OfJobsAdmin(DeskAdmin):
    """Rows that belong to jobs: list, search, pages and filters hold those of the visible jobs alone."""

    job_path: ClassVar[str] = "job"  # from the row to its job, or to a column with the job's id
    list_filter: Any = (BookFilter,)

    def visible_jobs(self, request: HttpRequest) -> QuerySet[Any]:
        """The jobs that the person may see."""
        raise NotImplementedError

    @display(description=_("biography"))  # type: ignore[untyped-decorator]  # unfold ships no types
    def book(self, row: Any) -> SafeString:
        """The row's job, with a link to its page."""
        job = reduce(getattr, self.job_path.split("__"), row)
        return format_html('<a href="{}">{}</a>', reverse("desk:book", args=[job.pk]), job)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        jobs = self.visible_jobs(request)
        if not jobs.query.where:  # of somebody who sees all books: the database needn't look at any
            return rows
        return rows.filter(**{f"{self.job_path}__in": jobs.order_by().values("pk")})
