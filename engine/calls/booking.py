"""The two short transactions of a model call: its intent with the money reserved, and its answer with the cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from biographies.budgets import cap_of
from biographies.models import BiographyJob
from biographies.team import Caps, caps
from bookgen_site.lib import clock
from bookgen_site.lib.money import dollars
from engine import deaths, units
from engine.calls.errors import MustPause, Reserved
from engine.errors import ClaimLost
from engine.models import OPEN_UNITS, ModelCall, ProviderState, UnitStatus
from engine.models_api.answers import Answer
from engine.models_api.errors import ModelError
from engine.models_api.pricing import Price
from engine.models_api.requests import request_hash
from engine.models_api.usage import Usage
from engine.units import Claim
from notifications.events import BudgetSpent
from notifications.publish import publish

LONGEST_ERROR: Final = 500
NEAR: Final = 80  # per cent of the budget, at which the editors are told


@dataclass(frozen=True, slots=True)
class Intent:
    """A request to be booked: its bytes, what it is for, and what the model costs."""

    body: bytes
    role: str
    purpose: str
    prompt_hash: str
    model: str
    max_tokens: int
    price: Price


@transaction.atomic
def intend(claim: Claim, intent: Intent, endpoint: str) -> ModelCall:
    """Write down that a request is about to be sent, and reserve its worst cost; an earlier intent is found again.

    Locks the job, then the endpoint (whose lock guards the day's cap). Raises ClaimLost for a worker that has lost its
    unit, MustPause when the job's or the day's money doesn't reach, Reserved when it will as soon as others are done.
    """
    run = claim.unit.run
    job = BiographyJob.objects.select_for_update(no_key=True).get(pk=run.job_id)
    units.require(claim)
    known = ModelCall.objects.filter(unit=claim.unit, request_hash=request_hash(intent.body)).first()
    if known is not None and known.status == ModelCall.Status.ANSWERED:
        return known
    worst = intent.price.worst(intent.body, intent.max_tokens)
    _require_money(job, worst, endpoint, but=known)
    if known is None:
        return _new(claim, intent, job, worst)
    ModelCall.objects.filter(pk=known.pk).update(
        status=ModelCall.Status.INTENDED, reserved_micros=worst, error="", error_kind="", finished_at=None
    )
    known.refresh_from_db()
    return known


def _new(claim: Claim, intent: Intent, job: BiographyJob, worst: int) -> ModelCall:
    return ModelCall.objects.create(
        job=job,
        unit=claim.unit,
        chapter=claim.unit.chapter,
        phase=claim.unit.phase,
        role=intent.role,
        purpose=intent.purpose[:100],
        prompt_hash=intent.prompt_hash,
        request_hash=request_hash(intent.body),
        body=intent.body.decode(),
        model_asked=intent.model,
        reserved_micros=worst,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """What other calls have reserved, in micro-dollars: `flying` by units at work, which will soon know their costs.

    The rest was left behind by workers that died: what became of their calls is known when they are asked again.
    """

    all: int
    flying: int


def _require_money(job: BiographyJob, worst: int, endpoint: str, *, but: ModelCall | None) -> None:
    """What is spent, what others have reserved, and the worst of this call must stay within all caps."""
    others = ModelCall.objects.filter(status=ModelCall.Status.INTENDED, unit__status__in=OPEN_UNITS)
    others = others.exclude(pk=but.pk) if but else others
    settled = caps()
    cap = cap_of(job, settled)
    if cap is not None:
        told = _("The budget of %(budget)s is used up: %(spent)s is spent. Raise it, then press Resume.")
        told %= {"budget": dollars(cap), "spent": dollars(job.spent_micros)}
        _require_within(cap, job.spent_micros + worst, _held(others.filter(job=job)), told)
    if settled.day is None and settled.month is None:
        return
    ProviderState.objects.select_for_update(no_key=True).get_or_create(endpoint=endpoint)
    _require_of_all(settled, worst, _held(others))


def _held(calls: QuerySet[ModelCall]) -> _Held:
    at_work = Q(unit__status=UnitStatus.LEASED)
    sums = calls.aggregate(
        all=Coalesce(Sum("reserved_micros"), 0), flying=Coalesce(Sum("reserved_micros", filter=at_work), 0)
    )
    return _Held(sums["all"], sums["flying"])


def _require_within(cap: int, wanted: int, held: _Held, told: str) -> None:
    """Raise MustPause with these words where no money is left, Reserved where there may be when others are done."""
    if wanted + held.all > cap:
        raise (Reserved if wanted + held.all - held.flying <= cap else MustPause)(told)


def _require_of_all(settled: Caps, worst: int, held: _Held) -> None:
    """The day's and the month's cap of all books together, both in UTC."""
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    day = _("Today's budget of %s for all books is used up. Press Resume tomorrow, or raise it.")
    month = _("This month's budget of %s for all books is used up. Press Resume next month, or raise it.")
    for cap, since, told in (
        (settled.day, midnight, day),
        (settled.month, midnight.replace(day=1), month),
    ):
        if cap is None:
            continue
        paid = ModelCall.objects.filter(created_at__gte=since).aggregate(sum=Sum("cost_micros"))["sum"] or 0
        _require_within(cap, paid + worst, held, told % dollars(cap))


def is_begun(claim: Claim, body: bytes) -> bool:
    """Whether this very request is answered, or was sent by a worker that died and may have been."""
    calls = ModelCall.objects.filter(unit=claim.unit, request_hash=request_hash(body))
    return calls.filter(~Q(status=ModelCall.Status.FAILED) | Q(error=deaths.ITS_WORKER_DIED)).exists()


def is_known(generation: str) -> bool:
    """Whether the cost of this answer of a provider is in the ledger."""
    return ModelCall.objects.filter(generation_id=generation).exists()


@transaction.atomic
def settle(call: ModelCall, answer: Answer, price: Price, latency_ms: int) -> int:
    """Record an answer and its cost, and return that; no fence: what was paid is kept, whoever holds the unit now.

    The same answer is recorded once, however often it is told; a second one, to a worker that had overslept, costs
    what it costs. Who gets answers makes progress, so the unit isn't what its earlier workers died of.
    """
    BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=call.job_id)
    cost = price.of_usage(answer.usage, call.body.encode(), answer.text)
    rows = ModelCall.objects.filter(pk=call.pk)
    recorded = rows.exclude(status=ModelCall.Status.ANSWERED)
    first = recorded.update(
        status=ModelCall.Status.ANSWERED,
        answer=answer.text,
        error="",
        error_kind="",
        model_served=answer.model,
        provider=answer.provider,
        generation_id=answer.generation,
        reserved_micros=0,
        finished_at=clock.now(),
        **_spent(answer.usage, cost, latency_ms),
    )
    again = not first and answer.generation and rows.exclude(generation_id=answer.generation).exists()
    if again:
        rows.update(**_spent(answer.usage, cost, latency_ms))
    if first or again:
        _charge(call, cost)
        deaths.went_on(call.unit_id)
    return cost


@transaction.atomic
def record_failure(call: ModelCall, error: ModelError, price: Price, latency_ms: int) -> int:
    """Record a failed attempt; one that was billed is paid like any other. The reservation stays for the next.

    Returns what was booked for it, in micro-dollars.
    """
    BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=call.job_id)
    usage = error.usage
    known = usage.cost_micros is not None or usage.tokens_in is not None
    cost = price.of_usage(usage, b"", "") if known else 0
    ModelCall.objects.filter(pk=call.pk).update(
        error=str(error)[:LONGEST_ERROR],
        error_kind=error.kind,
        **({"generation_id": error.generation} if known else {}),  # else when its cost is, see `correct`
        **_spent(usage, cost, latency_ms, stated=known),
    )
    _charge(call, cost)
    return cost


@transaction.atomic
def correct(call: ModelCall, booked: int, generation: str, known: Usage) -> None:
    """Put what an attempt has really cost in place of what was booked for it."""
    BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=call.job_id)
    difference = (known.cost_micros or 0) - booked
    rows = ModelCall.objects.filter(pk=call.pk)
    rows.update(cost_micros=F("cost_micros") + difference, generation_id=generation)
    rows.filter(attempts=1).update(cost_estimated=False)
    _charge(call, difference)


def _spent(usage: Usage, cost: int, latency_ms: int, *, stated: bool = True) -> dict[str, object]:
    """The columns that sum up over attempts."""
    columns: dict[str, object] = {
        "attempts": F("attempts") + 1,
        "cost_micros": F("cost_micros") + cost,
        "tokens_in": F("tokens_in") + (usage.tokens_in or 0),
        "tokens_out": F("tokens_out") + (usage.tokens_out or 0),
        "tokens_cached": F("tokens_cached") + (usage.tokens_cached or 0),
        "latency_ms": latency_ms,
    }
    if stated and usage.cost_micros is None:
        columns["cost_estimated"] = True
    return columns


@transaction.atomic
def give_up(claim: Claim, call: ModelCall, error: Exception) -> None:
    """End a call that won't be tried again for now: its money is free for others.

    Unless the unit was lost meanwhile: its next worker may be asking, and what that reserved must stay reserved.
    """
    BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=call.job_id)
    try:
        units.require(claim)
    except ClaimLost:
        return
    open_calls = ModelCall.objects.filter(pk=call.pk, status=ModelCall.Status.INTENDED)
    open_calls.update(
        status=ModelCall.Status.FAILED,
        error=str(error)[:LONGEST_ERROR],
        reserved_micros=0,
        finished_at=clock.now(),
    )


def _charge(call: ModelCall, cost: int) -> None:
    """Add the cost to what the job has spent, and tell once when that comes near the budget. The job is locked."""
    if not cost:
        return
    jobs = BiographyJob.objects.filter(pk=call.job_id)
    jobs.update(spent_micros=F("spent_micros") + cost)
    job = jobs.only("spent_micros", "budget_micros").get()
    spent, budget = job.spent_micros, cap_of(job)
    if budget and spent - cost < budget * NEAR // 100 <= spent:
        news = BudgetSpent(percent=100 * spent // budget, spent_micros=spent, budget_micros=budget)
        publish(call.job_id, news)
