"""Rows of the evidence: what an outline changes of the facts is written, and only what a section needs is read."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from biographies.models import BiographyJob, Chapter
from engine import evidence
from engine.authors.base import Author, Brief, ChapterPlan, Draft, Outline
from engine.phases import special_sections
from engine.phases.base import Context, Work
from sources.models import Fact
from tests.fakes import rows
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db


def _planned() -> tuple[BiographyJob, Chapter, Outline]:
    """A job with three facts, of which its one chapter tells the second."""
    job = rows.job()
    for key in "abc":
        rows.fact(job=job, key=key, spans=[[1, 0, 5]])
    plan = ChapterPlan(1, "A", "", 100, facts=("b",))
    return job, rows.chapter(job=job), Outline((plan,), evidence.stored_facts(job))


def _written(queries: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE"))]


def test_of_the_facts_only_those_are_written_that_an_outline_changes() -> None:
    job, chapter, outline = _planned()
    with CaptureQueriesContext(connection) as queries:
        evidence.store_outline(job, outline, [chapter])
    (upsert,) = _written(queries)
    assert ("'b'" in upsert, "'a'" in upsert, "'c'" in upsert) == (True, False, False)
    told = Fact.objects.filter(job=job).order_by("key").values_list("key", "chapter", "position")
    assert list(told) == [("a", None, None), ("b", chapter.pk, 0), ("c", None, None)]
    with CaptureQueriesContext(connection) as queries:
        evidence.store_outline(job, outline, [chapter])
    assert _written(queries) == []


@pytest.mark.parametrize(
    ("column", "value"), [("score", 0.5), ("people", ("Ada Quill",)), ("contradicts", "a"), ("witnesses", 2)]
)
def test_whatever_an_outline_changes_of_a_fact_is_written(column: str, value: object) -> None:
    job, chapter, outline = _planned()
    changed = [replace(one, **{column: value}) if one.key == "c" else one for one in outline.facts]  # type: ignore[arg-type]
    evidence.store_outline(job, replace(outline, facts=tuple(changed)), [chapter])
    stored = {one.key: one for one in evidence.stored_facts(job)}
    assert getattr(stored["c"], column) == value


class Telling(FakeAuthor):
    """Keeps what it was shown, and tells nothing."""

    def __init__(self) -> None:
        self.shown: list[Brief] = []

    def write_section(self, kind: str, brief: Brief) -> Draft:
        """Nothing."""
        self.shown.append(brief)
        return Draft()


@pytest.mark.parametrize(
    ("kind", "generation", "facts"),
    [("prologue", 0, 0), ("epilogue", 0, 0), ("prologue", 1, 3), ("timeline", 0, 3), ("introduction", 0, 3)],
)
def test_a_scene_is_told_without_the_facts_of_the_whole_book(kind: str, generation: int, facts: int) -> None:
    job, _chapter, _outline = _planned()
    author = Telling()
    unit = Work(key=kind, generation=generation, chapter=rows.chapter(job=job, kind=kind))
    special_sections.work(unit, Context(job, cast(Author, author)))
    assert len(author.shown[0].all_facts) == facts
