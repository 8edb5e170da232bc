"""The machine on the desk: runs, units, model calls and results of tasks. Its rows are the engine's to write."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_celery_results.models import GroupResult, TaskResult
from unfold.decorators import display

from biographies.queries import visible_to
from bookgen_site.accounts.requests import person
from bookgen_site.lib.desk import BookFilter, DeskAdmin, OfJobsAdmin
from bookgen_site.lib.text import shortened
from engine.models import ModelCall, Run, RunStatus, Unit, UnitStatus


class MachineAdmin(OfJobsAdmin):
    """Rows of the engine, of the books that the person may see."""

    def visible_jobs(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_to(request.user)


@admin.register(Run)
class RunAdmin(MachineAdmin):
    """The passes of the engine over the books."""

    list_display = ("id", "book", "state", "created_at", "finished_at")
    fields = ("book", "state", "created_at", "finished_at")
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


@admin.register(Unit)
class UnitAdmin(MachineAdmin):
    """The pieces of work, with what became of each."""

    job_path = "run__job"
    list_display = ("key", "book", "phase", "state", "attempts", "finished_at", "problem")
    list_filter = (BookFilter, "status", "phase")
    list_select_related = ("run__job",)
    search_fields = ("key", "error")
    ordering = ("-run_id", "-id")
    fields = (
        *("book", "phase", "key", "state", "generation", "instruction", "paragraphs", "model"),
        *("attempts", "error"),
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

    @display(description=_("error"))
    def problem(self, unit: Unit) -> str:
        return shortened(unit.error, 120)


@admin.register(ModelCall)
class ModelCallAdmin(MachineAdmin):
    """What was asked of language models, and what it cost."""

    job_path = "unit__run__job"
    list_display = ("id", "unit", "role", "model_asked", "status", "tokens_in", "tokens_out", "cost_micros")
    list_filter = (BookFilter, "status", "role")
    list_select_related = ("unit",)
    fields = (
        *("unit", "role", "model_asked", "model_served", "status", "tokens_in", "tokens_out"),
        *("reserved_micros", "cost_micros", "request_hash", "created_at"),
    )


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
