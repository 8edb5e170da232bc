"""What an editor may cite, found by its words."""

from __future__ import annotations

import pytest

from sources.models import Fact, Source
from sources.quotable import MOST, quotable
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_sentences_that_hold_all_the_words_with_their_place() -> None:
    job = rows.with_sources(rows.job())
    found = quotable(job.pk, "maps  HARBOUR", 0)
    assert [(one.source, one.text) for one in found] == [(1, "She drew maps of every harbour.")]
    one = found[0]
    assert Source.objects.get(job=job, number=1).text[one.start : one.end] == one.text
    assert quotable(job.pk, "map[s", 0) == []
    assert quotable(job.pk, "arbour", 0) == [], "words are found from their beginning"


def test_without_words_what_the_chapter_rests_on() -> None:
    job = rows.with_sources(rows.job())
    chapter = rows.chapter(job=job)
    Fact.objects.create(job=job, key="b", text="x", chapter=chapter, spans=[[2, 0, 9]], position=1)
    Fact.objects.create(job=job, key="a", text="x", chapter=chapter, spans=[[1, 0, 26]], position=0)
    Fact.objects.create(job=job, key="c", text="x", spans=[[3, 0, 9]])
    assert [(one.source, one.start, one.end) for one in quotable(job.pk, " ", chapter.pk)] == [
        (1, 0, 26),
        (2, 0, 9),
    ]


def test_sources_that_may_not_be_used_are_never_offered_and_there_are_few() -> None:
    job = rows.with_sources(rows.job())
    Source.objects.filter(job=job, number=1).update(decision="declined")
    assert quotable(job.pk, "harbour", 0) == []
    assert len(quotable(job.pk, "a", 0)) <= MOST
