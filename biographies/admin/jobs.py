"""The list of biographies, and the form of a biography's details and sharing, in Unfold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.views import ChangeList
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from biographies import wishes
from biographies.admin.standing import counted
from biographies.details import DETAILS, change_details, share
from biographies.errors import BadWish
from biographies.models import BiographyJob, Chapter
from biographies.queries import visible_to, workable_by
from biographies.vocabulary import ChapterStatus, JobStatus
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.accounts.requests import person
from bookgen_site.lib.desk import DeskAdmin, known_values

FIXED = ("made_by", "author", "language", "created_at")


class JobForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What may be changed of a book that is being made: who it is by, and who else works on it."""

    shared_with = forms.ModelMultipleChoiceField(
        label=capfirst(_("shared with")),
        queryset=User.objects.none(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Colleagues who make books, and may work on this one too."),
    )

    class Meta:
        model = BiographyJob
        fields = (*DETAILS, "shared_with")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("shared_with")  # not there for those who may not share
        if isinstance(field, forms.ModelMultipleChoiceField):
            colleagues = User.objects.filter(is_active=True, groups__name__in=roles.MAKE_BOOKS).distinct()
            field.queryset = colleagues.exclude(pk=self.instance.owner_id).order_by("username")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for field in DETAILS:
            if field in values:
                self._checked(field, values)
        return values

    def _checked(self, field: str, values: dict[str, Any]) -> None:
        try:
            values[field] = wishes.cleaned(character=self.instance.character, **{field: values[field]})[field]
        except BadWish as refusal:
            self.add_error(field, str(refusal))


class JobList(ChangeList):
    """The list of biographies, in which a name leads to the book's own page."""

    def url_for_result(self, result: BiographyJob) -> str:
        return reverse("desk:book", args=[result.pk])


class InArchive(SimpleListFilter):
    """Books in the archive are listed only when somebody asks for them."""

    title = _("archive")
    parameter_name = "archived"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("in the archive")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            yield choice | {"display": _("not in the archive")} if number == 0 else choice

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return rows
        return rows.filter(archived_at__isnull=self.value() != "yes")


ByLanguage = known_values("language", _("language"), lambda: [(one, one) for one in wishes.LANGUAGES])


@admin.register(BiographyJob)
class JobAdmin(DeskAdmin):
    """The books that the person may see. A name leads to the book's own page."""

    form = JobForm
    list_display = (
        *("character", "state", "phase", "percent"),
        *("chapters_approved", "made_by", "created_at", "details"),
    )
    list_filter = ("status", ByLanguage, "author", InArchive)
    list_select_related = ("owner",)
    search_fields = ("character", "description")
    ordering = ("-created_at",)
    fields = ("character", *DETAILS, "shared_with", *FIXED)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BiographyJob]:
        # Counted by subqueries, so only for the rows of the page.
        approved, sections = counted(Chapter, status=ChapterStatus.APPROVED), counted(Chapter)
        return (
            visible_to(request.user).annotate(approved=approved, sections=sections).order_by(*self.ordering)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        own = isinstance(obj, BiographyJob) and (
            obj.owner_id == person(request).pk or person(request).sees_all_jobs
        )
        rests = isinstance(obj, BiographyJob) and obj.archived_at is not None
        fixed = ("character", *FIXED, *(DETAILS if rests else ()))
        return fixed if own else (*fixed, "shared_with")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002  # Django's
        return JobList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(person(request).makes_books)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        works = workable_by(request.user)
        return works.filter(pk=obj.pk).exists() if obj else bool(person(request).makes_books)

    def add_view(self, request: HttpRequest, _form_url: str = "", _extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("desk:new")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = (extra_context or {}) | {"show_save_and_add_another": False}
        answer: HttpResponse = super().change_view(request, object_id, form_url, context)
        return answer

    def save_model(self, request: HttpRequest, obj: BiographyJob, form: JobForm, _change: bool) -> None:
        changed = {field: form.cleaned_data[field] for field in DETAILS if field in form.changed_data}
        change_details(job=obj, by=person(request), **changed)

    def save_related(self, request: HttpRequest, form: JobForm, _formsets: Any, _change: bool) -> None:
        if "shared_with" in form.changed_data:
            share(job=form.instance, by=person(request), people=form.cleaned_data["shared_with"])

    @display(description=_("owner"), ordering="owner__username")
    def made_by(self, job: BiographyJob) -> str:
        return job.owner.get_username()

    @display(
        description=_("status"),
        ordering="status",
        label={
            JobStatus.PENDING: "default",
            JobStatus.RUNNING: "info",
            JobStatus.PAUSED: "warning",
            JobStatus.NEEDS_REVIEW: "primary",
            JobStatus.EXPORTING: "info",
            JobStatus.COMPLETED: "success",
            JobStatus.FAILED: "danger",
            JobStatus.CANCELLED: "default",
        },
    )
    def state(self, job: BiographyJob) -> tuple[str, str]:
        return job.status, job.get_status_display()

    @display(description=_("phase"), ordering="current_phase")
    def phase(self, job: BiographyJob) -> str:
        return job.get_current_phase_display()

    @display(description=_("progress"), ordering="progress")
    def percent(self, job: BiographyJob) -> str:
        return f"{job.progress:.0f} %"

    @display(description=_("approved"))
    def chapters_approved(self, job: Any) -> str:
        return f"{job.approved} / {job.sections}" if job.sections else "–"

    @display(description=_("details"))
    def details(self, job: BiographyJob) -> SafeString:
        address = reverse("admin:biographies_biographyjob_change", args=[job.pk])
        return format_html('<a href="{}">{}</a>', address, _("Details and sharing"))
