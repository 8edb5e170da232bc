"""Reads of the evidence."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from sources.actions import record_validation
from sources.models import Citation
from sources.queries import PassageFinder, citations_of, counts, rejections, sources_of, usable_sources
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_counts_and_rejections() -> None:
    job = rows.job()
    rows.judged("abc", job=job)
    rows.source(job=job, valid=False, rejected_because="It is a map.", filename="map.pdf")
    rows.source(job=job, valid=False, rejected_because="Not found.", url="https://example.org/gone")
    rows.source(job=job)
    rows.judged("of another book")
    assert counts(job.pk) == {"valid": 1, "rejected": 2, "waiting": 1}
    assert rejections(job.pk) == [("map.pdf", "It is a map."), ("https://example.org/gone", "Not found.")]


def test_the_passage_at_an_offset() -> None:
    job = rows.job()
    source = rows.source(job=job, text="x" * 100)
    record_validation(source=source, passages=[(10, 20), (30, 40)], valid=True)
    first, second = source.passages.order_by("number").values_list("pk", flat=True)
    finder = PassageFinder(job.pk, [source.number, 7])
    found = [finder.at(source.number, offset) for offset in (0, 10, 19, 25, 30, 99)]
    assert found == [first, first, first, first, second, second]
    with pytest.raises(LookupError):
        finder.at(7, 0)
    with pytest.raises(LookupError):  # it was told of another source
        PassageFinder(job.pk, [7]).at(source.number, 0)


def test_lists_leave_the_texts_in_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    job = rows.job()
    for text in ("abc", "def"):
        rows.citation(passage=rows.judged(text, job=job).passages.get())
    with django_assert_num_queries(1):
        listed = list(sources_of(job.pk))
    assert all("text" in source.get_deferred_fields() for source in listed)
    with django_assert_num_queries(1):
        assert {source.text for source in usable_sources(job.pk)} == {"abc", "def"}
    assert all("signature" in source.get_deferred_fields() for source in usable_sources(job.pk))
    revisions = list(Citation.objects.values_list("revision", flat=True))
    with django_assert_num_queries(1):
        assert {row.passage.source.title for row in citations_of(revisions)} == {"A Source"}
