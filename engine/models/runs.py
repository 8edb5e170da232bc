"""Runs, phase plans and units: all of the engine's state; the queue holds none."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models import BiographyJob, Chapter, ChapterRevision
from biographies.vocabulary import Phase
from bookgen_site.lib.constraints import one_of


class RunStatus(models.TextChoices):
    """A run is active until the book is exported, or the job failed or was cancelled."""

    ACTIVE = "active", _("active")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class UnitStatus(models.TextChoices):
    """A unit is waiting, held by a worker, done, parked with its reason, or superseded by a later one."""

    WAITING = "waiting", _("waiting")
    LEASED = "leased", _("at work")
    DONE = "done", _("done")
    PARKED = "parked", _("parked")
    SUPERSEDED = "superseded", _("superseded")


OPEN_UNITS = [UnitStatus.WAITING, UnitStatus.LEASED]


class Run(models.Model):
    """One pass of the engine over a job; a job has at most one active."""

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="runs")
    status = models.CharField(_("status"), max_length=10, choices=RunStatus.choices, default=RunStatus.ACTIVE)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        db_table = "runs"
        ordering = ["-id"]
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            one_of("status", RunStatus.values, "run_status_known"),
            models.UniqueConstraint(
                fields=["job"], condition=Q(status="active"), name="run_one_active_per_job"
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class PhasePlan(models.Model):
    """A phase of a run whose units have been made: the row is what makes planning happen once."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="plans")
    phase = models.CharField(_("phase"), max_length=30, choices=Phase.choices)
    planned_at = models.DateTimeField(_("planned"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        db_table = "phase_plans"
        ordering = ["run", "id"]
        constraints = [
            one_of("phase", Phase.values, "plan_phase_known"),
            models.UniqueConstraint(fields=["run", "phase"], name="plan_once_per_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.phase}"


class Unit(models.Model):
    """One piece of a phase. Written by `engine.units` alone; every claim raises `fence`."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="units")
    phase = models.CharField(_("phase"), max_length=30, choices=Phase.choices)
    key = models.CharField(_("unit"), max_length=100)
    generation = models.PositiveIntegerField(_("generation"), default=0)
    rank = models.PositiveSmallIntegerField(default=0)  # phase and wave: begins when lower ranks have ended
    by_chapter = models.BooleanField(
        default=False, db_default=False
    )  # waits for its own chapter's units alone
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="units")
    instruction = models.TextField(_("instruction"), blank=True, default="")
    asked_by_id = models.BigIntegerField(null=True)
    model = models.CharField(
        _("model"), max_length=200, blank=True, default=""
    )  # instead of the job's writer
    # Of a text that is written anew in parts: which paragraphs (from 1), and of which revision.
    paragraphs = models.JSONField(_("paragraphs"), default=list, blank=True)
    base = models.ForeignKey(ChapterRevision, on_delete=models.SET_NULL, null=True, related_name="+")

    status = models.CharField(
        _("status"), max_length=10, choices=UnitStatus.choices, default=UnitStatus.WAITING
    )
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(_("worker"), max_length=200, blank=True, default="")
    lease_until = models.DateTimeField(_("lease until"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Workers in a row that died at it, with nothing of it recorded in between.
    deaths = models.PositiveSmallIntegerField(_("deaths"), default=0, db_default=0)
    # The same while it only waited for a model: hardly its doing, and many are needed to convict it.
    deaths_waiting = models.PositiveSmallIntegerField(_("deaths while waiting"), default=0, db_default=0)
    not_before = models.DateTimeField(_("next try"), null=True)
    error = models.TextField(_("error"), blank=True, default="")
    result = models.JSONField(_("result"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        db_table = "units"
        ordering = ["run", "id"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        indexes = [models.Index(fields=["status", "run"], name="unit_by_status")]
        constraints = [
            one_of("status", UnitStatus.values, "unit_status_known"),
            one_of("phase", Phase.values, "unit_phase_known"),
            models.UniqueConstraint(
                fields=["run", "phase", "key", "generation"], name="unit_once_per_generation"
            ),
            models.CheckConstraint(
                condition=~Q(status="leased") | (Q(lease_until__isnull=False) & ~Q(worker="")),
                name="unit_leased_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status="parked") | ~Q(error=""), name="unit_parked_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(result__isnull=False), name="unit_done_has_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.key}"
