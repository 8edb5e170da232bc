"""Money: reserved before, settled after, and never more than a cap allows."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from pytest_django import Settings

from biographies.models import BiographyJob
from engine.calls import booking
from engine.calls.errors import MustPause
from engine.errors import ClaimLost
from engine.models import ModelCall
from engine.models_api.answers import Answer
from engine.models_api.errors import Truncated
from engine.models_api.usage import Usage
from engine.plans import supersede
from engine.units import Claim
from tests.engine.calls.conftest import PRICE, claimed
from tests.fakes import rows
from tests.fakes.threads import at_once

ENDPOINT = "http://127.0.0.1:9/api/v1"
WORST = PRICE.worst(b"{}-00", 100)


def intent(number: int = 0) -> booking.Intent:
    return booking.Intent(b"{}-%02d" % number, "writer", "test", "", "a/b", 100, PRICE)


def intend(claim: Claim, number: int = 0) -> ModelCall:
    return booking.intend(claim, intent(number), ENDPOINT)


@pytest.mark.django_db(transaction=True)
def test_fifty_reservations_for_the_last_money_overspend_nothing() -> None:
    job = rows.job(status="running", budget_micros=3 * WORST + 5)
    claim = claimed(job)
    outcomes = at_once([partial(intend, claim, number) for number in range(50)], seconds=60)
    assert sum(isinstance(one, ModelCall) for one in outcomes) == 3
    assert sum(isinstance(one, MustPause) for one in outcomes) == 47
    assert ModelCall.objects.count() == 3


@pytest.mark.django_db
def test_settled_money_is_free_again() -> None:
    job = rows.job(status="running", budget_micros=WORST + 3)
    claim = claimed(job)
    first = intend(claim, 1)
    with pytest.raises(MustPause):
        intend(claim, 2)
    booking.settle(first, Answer("A.", "a/b", "gen", "P", Usage(cost_micros=3)), PRICE, 12)
    assert intend(claim, 2).reserved_micros == WORST


@pytest.mark.django_db
def test_an_answer_that_costs_more_than_thought_is_kept() -> None:
    claim = claimed(rows.job(status="running", budget_micros=WORST))
    booking.settle(intend(claim), Answer("A.", "a/b", "gen", "P", Usage(cost_micros=10 * WORST)), PRICE, 12)
    assert BiographyJob.objects.get().spent_micros == 10 * WORST


@pytest.mark.django_db
def test_an_answer_is_charged_once_however_often_it_is_settled() -> None:
    call = intend(claimed())
    for _time in range(2):
        booking.settle(call, Answer("A.", "a/b", "gen", "P", Usage(cost_micros=3)), PRICE, 12)
    assert BiographyJob.objects.get().spent_micros == 3
    assert ModelCall.objects.get().cost_micros == 3


@pytest.mark.django_db
def test_cost_that_nobody_states_is_estimated_and_marked() -> None:
    call = intend(claimed())
    booking.settle(call, Answer("A.", "a/b", "gen", "P", Usage(tokens_in=10, tokens_out=5)), PRICE, 12)
    call.refresh_from_db()
    assert (call.cost_micros, call.cost_estimated) == (20, True)
    other = intend(claimed())
    booking.record_failure(other, Truncated("cut"), PRICE, 12)
    other.refresh_from_db()
    assert (other.cost_micros, other.cost_estimated, other.reserved_micros) == (0, False, WORST)


@pytest.mark.django_db
def test_the_day_has_a_cap_for_all_books(settings: Settings) -> None:
    settings.MODEL_DAY_BUDGET_USD = 1.5 * WORST / 1_000_000
    intend(claimed())
    with pytest.raises(MustPause, match="Today"):
        intend(claimed())


@pytest.mark.django_db
def test_the_month_has_one_too(settings: Settings) -> None:
    settings.MODEL_MONTH_BUDGET_USD = 1.5 * WORST / 1_000_000
    first = intend(claimed())
    month_ago = first.created_at.replace(day=1) - dt.timedelta(days=1)
    ModelCall.objects.filter(pk=first.pk).update(
        created_at=month_ago, status="answered", answer="A.", reserved_micros=0, cost_micros=WORST
    )
    second = intend(claimed())
    booking.settle(second, Answer("A.", "a/b", "gen", "P", Usage(cost_micros=WORST)), PRICE, 12)
    with pytest.raises(MustPause, match="This month"):
        intend(claimed())


@pytest.mark.django_db
def test_the_ceiling_holds_whatever_the_book_says(settings: Settings) -> None:
    settings.MODEL_BOOK_BUDGET_USD = 0.5 * WORST / 1_000_000
    with pytest.raises(MustPause, match="budget of"):
        intend(claimed(rows.job(status="running", budget_micros=100 * WORST)))


@pytest.mark.django_db
def test_what_a_superseded_unit_reserved_holds_up_nobody() -> None:
    job = rows.job(status="running", budget_micros=WORST)
    claim = claimed(job)
    intend(claim)
    run = claim.unit.run
    supersede(run.units.all())
    rows.unit(run=run, key="other", status="leased", worker="w", lease_until="2099-01-01T00:00Z", fence=1)
    other = Claim(run.units.get(key="other"), 1)
    assert intend(other, 1).reserved_micros == WORST
    with pytest.raises(ClaimLost):
        intend(claim, 2)
