"""Single sources are rejected, accepted, checked again and replaced, while the book isn't planned yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from biographies.errors import BookError, Forbidden, IllegalMove
from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib.fetching import Fetched
from engine import source_actions
from engine.models import PhasePlan, Run, Unit
from notifications.models import AuditEntry
from sources import arrivals
from sources.arrivals import arrive
from sources.errors import SourceError
from sources.handling import accept_source, can_be_handled, reject_source
from sources.models import Fact, Source
from sources.queries import usable_sources
from tests.fakes import rows

TEXT = "Ada Quill was born in Leith. She drew maps of every harbour."


@pytest.fixture
def one(editor: User) -> Source:
    """A valid source of a book that failed for want of others, with a fact drawn from it."""
    job = rows.job(owner=editor, status="failed", current_phase="source_validation")
    source = rows.judged(TEXT, job=job, relevance_score=0.5, blob="b", found="url")
    rows.fact(job=job, key=f"{source.number:04d}-a")
    rows.fact(job=job, key="0099-a")
    return source


def test_a_rejected_source_is_out_with_its_facts_and_comes_back(one: Source, editor: User) -> None:
    reject_source(source=one, by=editor, reason=" A forgery.\u202e ")
    one.refresh_from_db()
    assert (one.decision, one.valid) == ("declined", True)
    assert one.rejected_because == f"{editor.username}: A forgery."
    assert list(usable_sources(one.job_id)) == []
    assert [fact.key for fact in Fact.objects.all()] == ["0099-a"]
    entry = AuditEntry.objects.get(action="reject_source")
    assert (entry.before["decision"], entry.after["decision"], entry.after["reason"]) == (
        *("accepted", "declined"),
        "A forgery.",
    )
    with pytest.raises(IllegalMove):
        reject_source(source=one, by=editor, reason="Again.")
    accept_source(source=one, by=editor)
    assert [row.pk for row in usable_sources(one.job_id)] == [one.pk]
    assert AuditEntry.objects.filter(action="accept_source").count() == 1


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_rejecting_takes_a_reason(one: Source, editor: User, reason: str) -> None:
    with pytest.raises(BookError, match="Say why"):
        reject_source(source=one, by=editor, reason=reason)


def test_what_cant_be_used_isnt_accepted(one: Source, editor: User) -> None:
    Source.objects.update(valid=False, rejected_because="Too short.", decision="declined")
    with pytest.raises(IllegalMove, match="can't be used"):
        accept_source(source=one, by=editor)


Act = Callable[[Source, User], None]
ACTS: tuple[Act, ...] = (
    lambda source, by: reject_source(source=source, by=by, reason="No."),
    lambda source, by: accept_source(source=source, by=by),
    lambda source, by: source_actions.recheck(source=source, by=by),
    lambda source, by: source_actions.replace_by_url(source=source, by=by, url="https://example.org/x"),
    lambda source, by: source_actions.replace_by_file(source=source, by=by, filename="a.txt", data=b"Text."),
)


@pytest.mark.parametrize("act", ACTS)
def test_a_planned_book_and_a_strangers_stay_as_they_are(one: Source, editor: User, act: Act) -> None:
    with pytest.raises(Forbidden):
        act(one, rows.person("Editor"))
    before = Source.objects.values().get(pk=one.pk)
    for state in ({"status": "running"}, {"status": "paused", "current_phase": "research_planning"}):
        BiographyJob.objects.filter(pk=one.job_id).update(**state)
        with pytest.raises(IllegalMove):
            act(one, editor)
    BiographyJob.objects.filter(pk=one.job_id).update(status="failed")
    rows.chapter(job=one.job)
    with pytest.raises(IllegalMove):
        act(one, editor)
    assert Source.objects.values().get(pk=one.pk) == before


def test_checking_again_fetches_an_address_anew_and_keeps_a_file(one: Source, editor: User) -> None:
    source_actions.recheck(source=one, by=editor)
    one.refresh_from_db()
    assert (one.valid, one.text, one.blob, one.relevance_score, one.title) == (None, "", "", None, "A Source")
    assert not one.passages.exists()
    assert not Fact.objects.filter(key__startswith="0001-").exists()
    Source.objects.update(found="upload", blob="bytes")
    source_actions.recheck(source=one, by=editor)
    one.refresh_from_db()
    assert one.blob == "bytes"


def test_checking_again_asks_the_server_again_within_the_hour(
    one: Source, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was gone is there again: nobody waits for an hour to be believed."""
    pages = {404: b"Gone.", 200: TEXT.encode()}
    statuses = iter((404, 200))

    def fetch(url: str) -> Fetched:
        status = next(statuses)
        return Fetched(url, status, "text/plain", pages[status])

    monkeypatch.setattr(arrivals, "fetch", fetch)
    assert [arrive(one.url).status for _time in range(2)] == [404, 404]
    source_actions.recheck(source=one, by=editor)
    assert arrive(one.url).status == 200


def test_in_a_paused_book_the_first_phase_is_planned_anew(one: Source, editor: User) -> None:
    run = rows.run(job=one.job)
    BiographyJob.objects.filter(pk=one.job_id).update(status="paused")
    for phase in ("source_validation", "research_planning"):
        rows.plan(run=run, phase=phase)
    rows.unit(run=run, key="open")
    source_actions.recheck(source=one, by=editor)
    assert [plan.phase for plan in PhasePlan.objects.filter(run=run)] == ["research_planning"]
    assert Unit.objects.get(key="open").status == "superseded"
    assert Run.objects.get().status == "active"


def test_another_document_takes_the_number_and_nothing_else(one: Source, editor: User) -> None:
    other = rows.source(job=one.job, url="https://example.org/there")
    Source.objects.filter(pk=one.pk).update(author="Somebody", date="1901", signs=[["order", 0, 5]])
    with pytest.raises(IllegalMove, match=f"source {other.number}"):
        source_actions.replace_by_url(source=one, by=editor, url="https://example.org/there")
    with pytest.raises(SourceError):
        source_actions.replace_by_url(source=one, by=editor, url="javascript:alert(1)")
    source_actions.replace_by_file(source=one, by=editor, filename="../new.txt", data=b"Dear Ada. " * 20)
    one.refresh_from_db()
    assert (one.number, one.filename, one.found, one.valid) == (1, "new.txt", "upload", None)
    assert (one.title, one.author, one.date, one.signs, one.text) == ("", "", "", [], "")
    entry = AuditEntry.objects.get(action="replace_source")
    assert entry.before["url"].startswith("https://example.org/")
    assert entry.after["url"].startswith("upload:")


@pytest.mark.parametrize(
    ("status", "phase", "able"),
    [
        ("pending", "", True),
        ("failed", "research_planning", True),
        ("paused", "source_validation", True),
        ("paused", "research_planning", False),
        ("running", "source_validation", False),
        ("completed", "export", False),
    ],
)
def test_when_sources_can_be_handled(status: str, phase: str, able: bool) -> None:
    job = BiographyJob(status=status, current_phase=phase)
    assert can_be_handled(job, planned=False) == able
    assert not can_be_handled(job, planned=True)
