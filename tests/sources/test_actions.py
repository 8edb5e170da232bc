"""Writes to the evidence."""

from __future__ import annotations

import pytest

from biographies.errors import Forbidden, IllegalMove
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from sources.actions import (
    CitationDraft,
    add_source,
    record_validation,
    reject,
    replace_facts,
    store_citations,
)
from sources.models import Citation, Fact, Passage, Source
from tests.fakes import rows
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db


def test_sources_are_numbered_and_written_down(editor: User) -> None:
    job = rows.job(owner=editor)
    added = [add_source(job=job, by=editor, url=f"https://example.org/{number}") for number in range(3)]
    assert [(source.number, new) for source, new in added] == [(1, True), (2, True), (3, True)]
    assert AuditEntry.objects.filter(action="add_source", job_id=job.pk, actor=editor.username).count() == 3


def test_the_same_address_twice_is_one_source(editor: User) -> None:
    job = rows.job(owner=editor)
    first, _new = add_source(job=job, by=editor, url="https://example.org/")
    assert add_source(job=job, by=editor, url="https://example.org/") == (first, False)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("role", [roles.EDITOR, roles.AUTHOR])
def test_a_foreign_book_takes_none(role: str) -> None:
    with pytest.raises(Forbidden):
        add_source(job=rows.job(), by=rows.person(role), url="https://example.org/")
    assert not Source.objects.exists()


def test_the_author_of_a_book_adds_none(writer: User) -> None:
    with pytest.raises(Forbidden):
        add_source(job=rows.job(author_email=writer.email), by=writer, url="https://example.org/")


@pytest.mark.parametrize("status", ["running", "paused", "needs_review", "exporting", "cancelled"])
def test_a_book_in_the_making_takes_none(chief: User, status: str) -> None:
    """It would never be read."""
    with pytest.raises(IllegalMove):
        add_source(job=rows.job(status=status), by=chief, url="https://example.org/")


def test_a_book_that_failed_for_want_of_sources_takes_more(chief: User) -> None:
    assert add_source(job=rows.job(status="failed"), by=chief, url="https://example.org/")[1]
    planned = rows.chapter(job=rows.job(status="failed")).job
    with pytest.raises(IllegalMove):
        add_source(job=planned, by=chief, url="https://example.org/")


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_two_add_at_once(chief: User) -> None:
    job = rows.job()
    urls = [f"https://example.org/{number}" for number in range(6)]
    calls = [lambda url=url: add_source(job=job, by=chief, url=url) for url in urls]
    assert all(isinstance(answer, tuple) for answer in at_once(calls))
    assert sorted(Source.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_judging_again_replaces_the_passages() -> None:
    source = rows.source()
    for text in ("abcdef", "ghi"):
        record_validation(source=source, passages=[(0, 3)], valid=True, text=text)
    source.refresh_from_db()
    assert source.validated_at
    assert [passage.text for passage in source.passages.all()] == ["ghi"]


def test_a_rejected_source_keeps_its_reason() -> None:
    source = rows.judged("abc")
    reject(source_id=source.pk, because="It is a map.")
    source.refresh_from_db()
    assert (source.valid, source.rejected_because) == (False, "It is a map.")


def fact(source: Source, start: int) -> Fact:
    key = f"{source.number:04d}-{start:07d}-x"
    return Fact(job=source.job, key=key, text="x", spans=[[source.number, start, start + 1]])


def test_facts_of_one_source_are_replaced_and_tied_to_passages() -> None:
    job = rows.job()
    one, other = rows.source(job=job, text="abcdef"), rows.source(job=job, text="ghijkl")
    for source in (one, other):
        record_validation(source=source, passages=[(0, 3), (3, 6)], valid=True)
        replace_facts(job_id=job.pk, source_number=source.number, facts=[fact(source, 0), fact(source, 4)])
    replace_facts(job_id=job.pk, source_number=1, facts=[fact(one, 5)])
    found = Fact.objects.order_by("key")
    assert [row.key for row in found] == ["0001-0000005-x", "0002-0000000-x", "0002-0000004-x"]
    assert [(p.source_id, p.number) for p in found[0].passages.all()] == [(one.pk, 2)]
    assert [(p.source_id, p.number) for p in found[2].passages.all()] == [(other.pk, 2)]


def test_citations_find_their_passage() -> None:
    job = rows.job()
    source = rows.source(job=job, text="abcdef")
    record_validation(source=source, passages=[(0, 3), (3, 6)], valid=True)
    revision = rows.revision(chapter=rows.chapter(job=job))
    store_citations(revision=revision, drafts=[CitationDraft(1, 1, 4, 5, "e", "e", "verbatim")])
    assert Citation.objects.get().passage == Passage.objects.get(number=2)


def test_a_citation_of_a_source_without_passages_is_an_error() -> None:
    revision = rows.revision()
    with pytest.raises(LookupError):
        store_citations(revision=revision, drafts=[CitationDraft(1, 9, 0, 1, "e", "e", "verbatim")])
    assert not Citation.objects.exists()
