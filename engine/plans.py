"""Units as rows: planned, made anew, taken out, tried again. Whoever works them is the matter of `engine/units.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Least

from biographies.vocabulary import Phase
from engine import deaths
from engine.models import OPEN_UNITS, PhasePlan, Run, Unit, UnitStatus
from engine.phases.base import UnitSpec

DRAFT = (
    "draft-"  # begins the keys of units that print a draft: they wait for no approval, and nothing for them
)


def plan(run: Run, phase: Phase, specs: Iterable[UnitSpec]) -> bool:
    """Make the phase's units, once; True when this call made them."""
    try:
        with transaction.atomic():
            PhasePlan.objects.create(run=run, phase=phase)
            _make(run, phase, specs)
    except IntegrityError:
        return False  # another worker has planned it in the meantime
    return True


def plan_ahead(run: Run, phase: Phase, specs: Iterable[UnitSpec]) -> None:
    """Make units of a phase before its turn: each begins as soon as what it waits for has ended.

    Inside of the transaction that plans the phase whose turn it is; at the phase's own turn `missing` are made.
    """
    _make(run, phase, missing(run, phase, specs))


def _make(run: Run, phase: Phase, specs: Iterable[UnitSpec]) -> None:
    """The units' rows, each of the generation that follows its own last one."""
    keys = Unit.objects.filter(run=run, phase=phase).order_by().values_list("key")
    newest = dict(keys.annotate(Max("generation")))
    Unit.objects.bulk_create([_row(run, phase, spec, newest.get(spec.key, -1) + 1) for spec in specs])


def is_made(run: Run, phase: Phase) -> bool:
    """Whether the phase has its units: its turn has come, or they were made ahead."""
    rows = (PhasePlan.objects.filter(run=run, phase=phase), Unit.objects.filter(run=run, phase=phase))
    return any(found.exists() for found in rows)


def missing(run: Run, phase: Phase, specs: Iterable[UnitSpec]) -> list[UnitSpec]:
    """Those that weren't made ahead."""
    made = Unit.objects.filter(run=run, phase=phase).exclude(status=UnitStatus.SUPERSEDED)
    keys = set(made.values_list("key", flat=True))
    return [spec for spec in specs if spec.key not in keys]


def rank(phase: Phase, wave: int = 0) -> int:
    """The order of units: by phase, then by wave. A unit waits until all of lower rank have ended, or those of its
    chapter.
    """
    return 100 * list(Phase).index(phase) + wave


def of_phase(run_id: int, phase: str) -> QuerySet[Unit]:
    """The units by which a phase is done; drafts, which anyone may ask for at any time, are none of them."""
    return of_phases(run_id).filter(phase=phase)


def of_phases(run_id: int) -> QuerySet[Unit]:
    """The same of all phases."""
    return Unit.objects.filter(run_id=run_id).exclude(key__startswith=DRAFT)


def _next_generation(earlier: QuerySet[Unit]) -> int:
    newest = earlier.order_by("-generation").values_list("generation", flat=True).first()
    return 0 if newest is None else newest + 1


def _row(run: Run, phase: Phase, spec: UnitSpec, generation: int) -> Unit:
    return Unit(
        run=run,
        phase=phase,
        key=spec.key,
        generation=generation,
        rank=rank(phase, spec.wave),
        by_chapter=spec.by_chapter,
        chapter_id=spec.chapter_id,
        instruction=spec.instruction,
        asked_by_id=spec.asked_by_id,
        model=spec.model,
        paragraphs=list(spec.paragraphs),
        base_id=spec.base_id,
    )


def again(run: Run, phase: Phase, spec: UnitSpec) -> Unit:
    """A further generation of a unit (regeneration, export of a changed book); the earlier is superseded."""
    earlier = Unit.objects.filter(run=run, phase=phase, key=spec.key)
    generation = _next_generation(earlier)
    supersede(earlier)
    row = _row(run, phase, spec, generation)
    row.save()
    PhasePlan.objects.filter(run=run, phase=phase).update(finished_at=None)
    return row


def supersede(units: QuerySet[Unit]) -> int:
    """Take units out of the run for good; a worker still at one of them will write nothing."""
    return units.exclude(status=UnitStatus.SUPERSEDED).update(
        status=UnitStatus.SUPERSEDED, worker="", lease_until=None, fence=F("fence") + 1
    )


def replan(run: Run, phases: Sequence[Phase]) -> None:
    """Forget that these phases were planned, and what of them is still open: their units are made anew."""
    supersede(Unit.objects.filter(run=run, phase__in=phases, status__in=OPEN_UNITS))
    PhasePlan.objects.filter(run=run, phase__in=phases).delete()


def reopen_export(run: Run) -> None:
    """Forget that the export was planned: a changed book is exported anew when it is approved again."""
    supersede(Unit.objects.filter(run=run, phase=Phase.EXPORT))
    PhasePlan.objects.filter(run=run, phase=Phase.EXPORT).delete()


def unpark(run: Run, only: Unit | None = None) -> int:
    """Let the run's parked units (or one of them) be tried again, from the first attempt; returns how many.

    A suspect stays one: who presses "retry" on a deadly unit must not lose two workers before it is tried apart.
    """
    parked = Unit.objects.filter(run=run, status=UnitStatus.PARKED)
    parked = parked.filter(pk=only.pk) if only else parked
    return parked.update(
        status=UnitStatus.WAITING,
        attempts=0,
        not_before=None,
        error="",
        finished_at=None,
        deaths=Least(F("deaths"), deaths.enough_for_suspicion()),
        deaths_waiting=0,
    )


def count_anew(run: Run) -> int:
    """Forget the attempts of units that wait: a person has asked for them again; returns how many.

    Not the deaths: a unit that kills each process would kill that person's, too, and for ever.
    """
    return Unit.objects.filter(run=run, status__in=OPEN_UNITS).update(attempts=0, not_before=None)
