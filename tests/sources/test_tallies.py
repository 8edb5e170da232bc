"""How many sources there are of each verdict, and whether they are enough."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from sources.minimum import minimum_of
from sources.queries import counts, rejections, usable_sources, valid_sources, waiting_sources
from sources.tallies import Why, tally
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_every_rejection_has_its_class(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    job = rows.with_sources(rows.job())
    bad = {"job": job, "valid": False, "rejected_because": "bad"}
    rows.source(**bad, status_code=404)
    rows.source(**bad)
    rows.source(**bad, blob="x", status_code=200)
    rows.source(**bad, blob="x", text="other", relevance_score=0.01)
    rows.source(**bad, blob="x", text="short", relevance_score=0.9)
    rows.passage(source=rows.source(**bad, blob="x", text="a longer text", relevance_score=0.9))
    rows.source(job=job)
    with django_assert_num_queries(1):
        found = tally(job)
    assert (found.valid, found.waiting, found.suggested, found.total) == (3, 1, 0, 10)
    assert found.rejected == {
        Why.NOT_FETCHED: 2,
        Why.UNREADABLE: 1,
        Why.OFF_THE_POINT: 1,
        Why.TOO_SHORT: 1,
        Why.DUPLICATE: 1,
    }
    assert found.in_words() == (
        "3 valid; 6 rejected (2 couldn't be fetched, 1 couldn't be read, 1 is a duplicate, 1 is about something else,"
        " 1 is too short); 1 not checked yet"
    )
    assert found.is_enough


@pytest.mark.parametrize("decision", ["suggested", "declined"])
def test_what_nobody_accepted_counts_for_nothing(decision: str) -> None:
    job = rows.with_sources(rows.job(min_sources=4))
    rows.judged("A fourth text of a finder.", job=job, found="finder", decision=decision)
    rows.source(job=job, valid=False, rejected_because="bad", found="finder", decision=decision)
    found = tally(job)
    assert (found.valid, found.total, found.is_enough) == (3, 3, False)
    assert found.suggested == (2 if decision == "suggested" else 0)
    assert counts(job.pk) == {"valid": 3, "rejected": 0, "waiting": 0}
    assert len(valid_sources(job.pk)) == usable_sources(job.pk).count() == 3
    assert rejections(job.pk) == []


def test_what_was_declined_is_not_judged() -> None:
    job = rows.job()
    for decision in ("accepted", "suggested", "declined"):
        rows.source(job=job, decision=decision)
    assert [row.decision for row in waiting_sources(job.pk)] == ["accepted", "suggested"]


@pytest.mark.parametrize(
    ("mode", "words", "own", "least", "because"),
    [
        ("manual", None, None, 10, "manual"),
        ("automatic", None, None, 40, "automatic"),
        ("hybrid", 51_000, None, 40, "hybrid"),
        ("hybrid", 25_500, None, 20, "Lowered from 40"),
        ("manual", 500, None, 3, "Lowered from 10"),
        ("automatic", 500, 7, 7, "The job itself"),
    ],
)
def test_the_minimum_by_mode_and_size(
    settings: Settings, mode: str, words: int | None, own: int | None, least: int, because: str
) -> None:
    found = minimum_of(rows.job(mode=mode, wanted_words=words, min_sources=own))
    assert found.number == least
    assert because in found.because
