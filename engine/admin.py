"""The machine on the desk: runs, units, model calls and results of tasks. Its rows are the engine's to write."""

from __future__ import annotations

from functools import reduce
from typing import Any, Final

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_celery_results.models import GroupResult, TaskResult
from unfold.decorators import display

from biographies.models import BiographyJob
from biographies.queries import visible_to, workable_by
from biographies.states import JOB_MOVES
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.requests import person
from bookgen_site.lib.desk import BookFilter, DeskAdmin, OfJobsAdmin, known_values
from bookgen_site.lib.text import shortened
from engine.actions import UNDER_WAY
from engine.calls.roles import ROLES
from engine.models import ModelCall, Run, RunStatus, Unit, UnitStatus

SHOWN: Final = 2_000  # characters of a request or an answer: they may be a book


class MachineAdmin(OfJobsAdmin):
    """Rows of the engine, of the books that the person may see; what can be done with one stands above it."""

    change_form_outer_before_template = "desk/machine/deeds.html"

    def visible_jobs(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_to(request.user)

    def job_of(self, row: Any) -> BiographyJob:
        """The job of one of its rows."""
        job: BiographyJob = reduce(getattr, self.job_path.split("__"), row)
        return job

    def deeds(self, row: Any, job: BiographyJob) -> dict[str, bool]:  # noqa: ARG002
        """Which of the buttons retry (the job), retry_unit and cancel can be pressed."""
        return {}

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row is not None:
            job = self.job_of(row)
            works = workable_by(request.user).filter(pk=job.pk).exists()
            context |= {"row": row, "job": job, "deeds": self.deeds(row, job) if works else {}}
        return super().render_change_form(request, context, **kwargs)


@admin.register(Run)
class RunAdmin(MachineAdmin):
    """The passes of the engine over the books."""

    list_display = ("id", "book", "state", "created_at", "finished_at")
    fields = ("book", "status", "created_at", "finished_at")
    list_filter = (BookFilter, "status")
    list_select_related = ("job",)

    @display(
        description=_("status"),
        ordering="status",
        label={
            RunStatus.ACTIVE: "info",
            RunStatus.DONE: "success",
            RunStatus.FAILED: "danger",
            RunStatus.CANCELLED: "default",
        },
    )
    def state(self, run: Run) -> tuple[str, str]:
        return run.status, run.get_status_display()

    def deeds(self, row: Run, job: BiographyJob) -> dict[str, bool]:
        newest = not Run.objects.filter(job=job, pk__gt=row.pk).exists()
        parked = Unit.objects.filter(run=row, status=UnitStatus.PARKED).exists()
        tries = job.status == JobStatus.FAILED or (job.status in UNDER_WAY and parked)
        return {
            "retry": newest and tries,
            "cancel": newest and JobStatus.CANCELLED in JOB_MOVES[JobStatus(job.status)],
        }


@admin.register(Unit)
class UnitAdmin(MachineAdmin):
    """The pieces of work, with what became of each."""

    job_path = "run__job"
    list_display = ("key", "book", "phase", "state", "attempts", "finished_at", "problem")
    list_filter = (BookFilter, "status", "phase")
    search_fields = ("key", "error")
    ordering = ("-run_id", "-id")
    fields = (
        *("book", "phase", "key", "status", "generation", "instruction", "paragraphs", "model"),
        *("attempts", "deaths", "deaths_waiting", "error"),
        *("worker", "lease_until", "not_before", "finished_at", "result"),
    )

    @display(
        description=_("status"),
        ordering="status",
        label={
            UnitStatus.WAITING: "default",
            UnitStatus.LEASED: "info",
            UnitStatus.DONE: "success",
            UnitStatus.PARKED: "danger",
            UnitStatus.SUPERSEDED: "default",
        },
    )
    def state(self, unit: Unit) -> tuple[str, str]:
        return unit.status, unit.get_status_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        """Not joined: SQLite would begin with the runs and sort all units of all books for a page of them."""
        return super().get_queryset(request).prefetch_related("run__job")

    def deeds(self, row: Unit, job: BiographyJob) -> dict[str, bool]:
        newest = not Run.objects.filter(job=job, pk__gt=row.run_id).exists()
        tries = job.status == JobStatus.FAILED or job.status in UNDER_WAY
        return {"retry_unit": newest and tries and row.status == UnitStatus.PARKED}

    @display(description=_("error"))
    def problem(self, unit: Unit) -> str:
        return shortened(unit.error, 120)


ByRole = known_values("role", _("role"), lambda: [(role, role) for role in ROLES])


@admin.register(ModelCall)
class ModelCallAdmin(MachineAdmin):
    """What was asked of language models, and what it cost."""

    job_path = "job"
    list_display = ("id", "unit", "role", "model_asked", "status", "tokens_in", "tokens_out", "cost_micros")
    list_filter = (BookFilter, "status", ByRole)
    list_select_related = ("unit",)
    fields = (
        *("book", "unit", "role", "purpose", "model_asked", "model_served", "provider", "status"),
        *("attempts", "latency_ms", "tokens_in", "tokens_out", "tokens_cached"),
        *("reserved_micros", "cost_micros", "cost_estimated", "error_kind", "problem"),
        *("created_at", "finished_at", "request_hash", "asked", "answered"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "engine_modelcall_changelist":
            return rows.defer("body", "answer")
        return rows

    @display(description=_("error"))
    def problem(self, call: ModelCall) -> str:
        return shortened(call.error, SHOWN)

    @display(description=_("what was asked"))
    def asked(self, call: ModelCall) -> str:
        return shortened(call.body, SHOWN)

    @display(description=_("what was answered"))
    def answered(self, call: ModelCall) -> str:
        return shortened(call.answer, SHOWN)


admin.site.unregister(GroupResult)  # nothing here makes groups of tasks
admin.site.unregister(TaskResult)


@admin.register(TaskResult)
class TaskResultAdmin(DeskAdmin):
    """What the queue's tasks came to. They belong to no book, so they are for those who see all books."""

    list_display = ("task_name", "status", "date_created", "date_done", "worker")
    list_filter = ("status",)
    search_fields = ("task_name", "task_id")
    ordering = ("-id",)
    fields = (
        *("task_id", "task_name", "status", "worker", "date_created", "date_started", "date_done"),
        *("task_args", "task_kwargs", "result", "traceback"),
    )

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_view_permission(request, obj) and person(request).sees_all_jobs
