"""Sums over the ledger: every heading adds up to the same money, in one query."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from engine import money
from engine.models import ModelCall
from tests.fakes import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls() -> list[ModelCall]:
    unit, other = rows.unit(), rows.unit()
    chapter = rows.chapter(job=unit.run.job)
    made = [
        rows.call(unit=unit, role="writer", model_served="a/b", chapter=chapter, cost_micros=7, attempts=3),
        rows.call(unit=unit, role="planner", model_served="c/d", cost_micros=20, tokens_in=5),
        rows.call(unit=unit, role="writer", model_served="c/d", cost_micros=1, status="failed", error="x"),
        rows.call(unit=other, role="writer", model_served="a/b", cost_micros=100),
    ]
    yesterday = made[0].created_at - dt.timedelta(days=1)
    ModelCall.objects.filter(pk=made[0].pk).update(created_at=yesterday)
    return made


@pytest.mark.parametrize("heading", sorted(money.BY))
def test_every_heading_sums_to_all(
    calls: list[ModelCall], heading: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = money.spent_by(heading)
    assert sum(row.micros for row in found) == 128
    assert sum(row.calls for row in found) == 4
    job = calls[0].job_id
    assert sum(row.micros for row in money.spent_by(heading, job)) == 28


def test_by_role_the_dearest_first(calls: list[ModelCall]) -> None:
    found = money.spent_by("role", calls[0].job_id)
    assert [(row.of, row.calls, row.micros) for row in found] == [("planner", 1, 20), ("writer", 2, 8)]
    assert found[1].attempts == 3
    assert found[0].tokens_in == 5


def test_by_day(calls: list[ModelCall]) -> None:
    newest, before = money.spent_by_day()
    assert (newest.micros, before.micros) == (121, 7)
    assert newest.of - before.of == dt.timedelta(days=1)
    assert [row.micros for row in money.spent_by_day(since=newest.of)] == [121]
