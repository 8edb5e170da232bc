"""Found sources as suggestions: what comes in, what is chosen, and who decides."""

from __future__ import annotations

import pytest

from biographies.errors import Forbidden, IllegalMove, Unknown
from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from sources.actions import add_source
from sources.discovery.base import Candidate
from sources.discovery.selecting import Choice
from sources.models import Source
from sources.queries import counts, suggestions_of, undecided, valid_sources
from sources.suggestions import add_found, decide, leave_undecided, settle
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def book(by: User, status: str = "paused") -> BiographyJob:
    """A job with one own source (1) and three found ones (2–4), of which the last can't be used."""
    job = rows.job(owner=by, status=status, mode="hybrid")
    rows.judged("own", job=job)
    for text in ("two", "three"):
        rows.judged(text, job=job, found="finder", finder="openalex", decision="suggested")
    rows.source(
        job=job, valid=False, rejected_because="gone", found="finder", finder="openalex", decision="suggested"
    )
    return job


def decisions(job: BiographyJob) -> list[str]:
    return list(Source.objects.filter(job=job).order_by("number").values_list("decision", flat=True))


def test_found_ones_come_in_as_suggestions_once(editor: User) -> None:
    job = rows.job(owner=editor)
    rows.source(job=job, url="https://www.example.org/own/")
    found = [
        ("openalex", Candidate("http://example.org/own", "no: it is there")),
        ("openalex", Candidate("https://example.org/new", "An open work.", title="T", date="1" * 90)),
    ]
    assert (add_found(job=job, found=found), add_found(job=job, found=found)) == (1, 0)
    row = Source.objects.get(job=job, number=2)
    assert (row.url, row.found, row.decision, row.finder) == (
        "https://example.org/new",
        "finder",
        "suggested",
        "openalex",
    )
    assert (row.title, row.found_because, row.valid, len(row.date)) == ("T", "An open work.", None, 40)


def test_what_somebody_gives_by_hand_is_theirs(editor: User) -> None:
    job = book(editor, "failed")
    decide(job=job, by=editor, decision="declined", numbers=[2])
    url = Source.objects.get(job=job, number=2).url
    again, new = add_source(job=job, by=editor, url=url)
    assert (again.number, new, again.found, again.decision) == (2, False, "url", "accepted")
    assert [row.number for row in valid_sources(job.pk)] == [1, 2]


def test_only_accepted_ones_are_used(editor: User) -> None:
    job = book(editor)
    assert [row.number for row in valid_sources(job.pk)] == [1]
    assert counts(job.pk) == {"valid": 1, "rejected": 0, "waiting": 0}
    assert [row.number for row in undecided(job.pk)] == [2, 3]
    decide(job=job, by=editor, decision="accepted", numbers=[3])
    assert [row.number for row in valid_sources(job.pk)] == [1, 3]


def test_the_choice_accepts_only_when_the_job_says_so(editor: User) -> None:
    choices = [Choice(2, True, "No. 1."), Choice(3, False, "Not among the best 1.")]
    asks, takes = book(editor), book(editor)
    settle(job=asks, choices=choices, accept=False)
    settle(job=takes, choices=choices, accept=True)
    assert decisions(asks) == ["accepted", "suggested", "declined", "declined"]
    assert decisions(takes) == ["accepted", "accepted", "declined", "declined"]
    two, three = Source.objects.filter(job=asks, number__in=(2, 3)).order_by("number")
    assert two.found_because == "\nNo. 1."
    assert three.rejected_because == "Not among the best 1."


def test_a_second_choice_replaces_the_first_ones_line_and_leaves_decisions(editor: User) -> None:
    job = book(editor)
    Source.objects.filter(job=job, number=2).update(found_because="By OpenAlex.")
    decide(job=job, by=editor, decision="declined", numbers=[3])
    for line in ("No. 1.", "No. 2."):
        settle(job=job, choices=[Choice(2, True, line), Choice(3, True, line)], accept=True)
        Source.objects.filter(job=job, number=2).update(decision="suggested")
    two, three = Source.objects.filter(job=job, number__in=(2, 3)).order_by("number")
    assert two.found_because == "By OpenAlex.\nNo. 2."
    assert (three.decision, three.rejected_because) == ("declined", f"{editor.username} declined it.")


def test_an_editor_decides_and_changes_their_mind(editor: User) -> None:
    job = book(editor)
    assert decide(job=job, by=editor, decision="declined", numbers=[2, 3]) == 2
    assert decide(job=job, by=editor, decision="declined", numbers=[2, 3]) == 0
    assert decide(job=job, by=editor, decision="accepted", numbers=[2]) == 1
    assert decisions(job) == ["accepted", "accepted", "declined", "suggested"]
    assert Source.objects.get(job=job, number=2).rejected_because == ""
    told = AuditEntry.objects.filter(job_id=job.pk, action="decide_found", actor=editor.username)
    assert [entry.after["sources"] for entry in told.order_by("id")] == [[2, 3], [2]]


def test_own_unusable_and_foreign_numbers_change_nothing(editor: User) -> None:
    job, other = book(editor), book(editor)
    for number, refusal in ((1, Unknown), (99, Unknown), (4, IllegalMove)):
        with pytest.raises(refusal, match=f" {number} "):
            decide(job=job, by=editor, decision="accepted", numbers=[2, number])
    assert decisions(job) == ["accepted", "suggested", "suggested", "suggested"]
    assert not AuditEntry.objects.filter(action="decide_found").exists()
    decide(job=job, by=editor, decision="accepted", numbers=[2])
    assert decisions(other) == ["accepted", "suggested", "suggested", "suggested"]


@pytest.mark.parametrize("role", [roles.EDITOR, roles.AUTHOR])
def test_a_foreign_editor_decides_nothing(editor: User, role: str) -> None:
    job = book(editor)
    with pytest.raises(Forbidden):
        decide(job=job, by=rows.person(role), decision="accepted", numbers=[2])
    assert "accepted" not in decisions(job)[1:]


@pytest.mark.parametrize("status", ["running", "needs_review", "exporting", "cancelled"])
def test_decisions_have_their_time(editor: User, status: str) -> None:
    with pytest.raises(IllegalMove):
        decide(job=book(editor, status), by=editor, decision="accepted", numbers=[2])


def test_a_planned_book_takes_no_decisions(editor: User) -> None:
    job = book(editor)
    rows.chapter(job=job)
    with pytest.raises(IllegalMove):
        decide(job=job, by=editor, decision="accepted", numbers=[2])


def test_what_nobody_accepted_is_left_out_with_that_reason(editor: User) -> None:
    job = book(editor)
    decide(job=job, by=editor, decision="accepted", numbers=[2])
    assert leave_undecided(job=job, by=editor) == 1
    left = suggestions_of(job.pk).get(number=3)
    assert (left.decision, left.rejected_because) == (
        "declined",
        "Nobody had accepted it when the work went on.",
    )
    assert leave_undecided(job=job, by=editor) == 0
