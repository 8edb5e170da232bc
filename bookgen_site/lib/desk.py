"""What all lists of the desk share: who may do what follows from the roles, not from Django's permissions."""

from __future__ import annotations

from functools import reduce
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

MOST_CHOICES = 100  # a filter with more books than this is longer than the page


class DeskAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """A list and its pages, read-only for everybody who may log in; subclasses open what may be changed."""

    list_per_page = 50
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

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
        known = {key for key, _name in self.lookup_choices}
        if self.value() not in known:  # also an id that isn't one
            return rows
        return rows.filter(**{self.path: self.value()})

    def __init__(self, request: HttpRequest, params: Any, model: type[Model], model_admin: Any) -> None:
        self.path = model_admin.job_path
        super().__init__(request, params, model, model_admin)


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
        return rows.filter(**{f"{self.job_path}__in": self.visible_jobs(request)})
