"""The page of a chapter: text and evidence, approving exactly what was read, asking for another text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from biographies.actions import Seen, record_findings
from biographies.admin.tabs import TABS
from biographies.models import BiographyJob, Chapter, Finding
from biographies.vocabulary import ChapterKind, ChapterStatus, JobStatus, Severity
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from engine.models import PhasePlan, Run, Unit
from notifications.models import AuditEntry
from sources.models import Fact, Source
from tests.biographies.admin.makers import (
    SENTENCES,
    book,
    chapter,
    cite,
    finding,
    revision,
    source,
    written_book,
)

pytestmark = pytest.mark.once

Login = Callable[[User], Client]
HOSTILE = Path(__file__).parents[2] / "data" / "hostile_texts.jsonl"


def _url(of: Chapter, name: str = "chapter") -> str:
    return reverse(f"desk:{name}", args=[of.job_id, of.pk])


def _first(job: BiographyJob) -> Chapter:
    return Chapter.objects.get(job=job, chapter_number=1)


def test_each_sentence_leads_to_its_quotation_in_its_passage(editor: User, as_user: Login) -> None:
    one = _first(written_book(editor))
    page = as_user(editor).get(_url(one)).content.decode()
    for number, words in enumerate(SENTENCES, 1):
        assert re.search(rf'<a class="cited" id="s{number}" href="#c{number}"[^>]*>{words}</a>', page)
        assert f"<mark>{words}</mark>" in page
    assert "Her father kept bees.</mark> In 1901 she went" in page
    assert "Letters 1" in page


def test_the_words_that_decided_stand_beside_the_quotation(editor: User, as_user: Login) -> None:
    job = book(editor)
    source(job)
    decided = "The sentence has “1902”, the passage “1901”."
    cite(revision(chapter(job), "She was born by the sea.[^1]"), verdict="contradicted", because=decided)
    page = as_user(editor).get(_url(_first(job))).content.decode()
    assert decided in page
    assert "names, dates and numbers checked" in page
    assert "verified" not in page


def test_words_without_evidence_stand_out(editor: User, as_user: Login) -> None:
    job = book(editor)
    source(job)
    text = "She was born by the sea.[^1] This was invented. *In her words:* Her father kept bees.[^9]"
    cite(revision(chapter(job), text))
    page = as_user(editor).get(_url(_first(job))).content.decode()
    assert re.search(r'<a class="bare"[^>]*>This was invented. </a>', page)
    assert "<em>In her words:</em>" in page
    assert "9?" in page


def test_a_source_that_no_longer_says_it_is_shown_as_such(editor: User, as_user: Login) -> None:
    job = written_book(editor)
    Source.objects.filter(job=job).update(
        text="Quite another text of about the same length as the earlier text was."
    )
    page = as_user(editor).get(_url(_first(job))).content.decode()
    assert "doesn’t say this at this place any more" in page


def test_the_timeline_prints_as_a_table(editor: User, as_user: Login) -> None:
    job = book(editor)
    timeline = chapter(job, kind=ChapterKind.TIMELINE, title="Timeline")
    revision(timeline, "**1901** — She went to the city.\n\n**1902** — She stayed.")
    page = as_user(editor).get(_url(timeline)).content.decode()
    assert re.search(r'<th scope="row" dir="auto">1901</th><td dir="auto">.*?She went to the city', page)


def test_approving_what_is_on_the_screen_leads_to_the_next(chief: User, as_user: Login) -> None:
    job = written_book(chief)
    one, two = Chapter.objects.filter(job=job).order_by("chapter_number")
    client = as_user(chief)
    shown = client.get(_url(one)).context["revision"].sha256
    answer = client.post(_url(one, "approve"), {"sha256": shown})
    assert answer["Location"] == _url(two)
    one.refresh_from_db()
    assert one.status == ChapterStatus.APPROVED


def test_a_text_that_came_meanwhile_is_not_approved(chief: User, as_user: Login) -> None:
    one = _first(written_book(chief))
    client = as_user(chief)
    shown = client.get(_url(one)).context["revision"].sha256
    revision(one, "Something else altogether.")
    page = client.post(_url(one, "approve"), {"sha256": shown}, follow=True)
    assert "has changed since you read it" in page.content.decode()
    one.refresh_from_db()
    assert one.status == ChapterStatus.NEEDS_REVIEW


def test_open_errors_block_and_an_editor_may_not_approve(chief: User, editor: User, as_user: Login) -> None:
    job = written_book(editor)
    one = _first(job)
    finding(one.current_revision)
    shown = {"sha256": one.current_revision.sha256}  # type: ignore[union-attr]
    assert "open errors" in as_user(chief).post(_url(one, "approve"), shown, follow=True).content.decode()
    assert (
        "can&#x27;t approve"
        in as_user(editor).post(_url(one, "approve"), shown, follow=True).content.decode()
    )
    assert not as_user(editor).get(_url(one)).context["may_approve"]


def test_an_older_revision_can_be_read_but_not_approved(chief: User, as_user: Login) -> None:
    one = _first(written_book(chief))
    revision(one, "The second text.")
    page = as_user(chief).get(_url(one), {"revision": "1"})
    body = page.content.decode()
    assert SENTENCES[0] in body
    assert "isn’t the current text" in body
    assert not page.context["may_approve"]
    assert as_user(chief).get(_url(one)).context["may_approve"]


@pytest.mark.parametrize("wanted", ["0", "7", "x", "-1", "99999999999999999999", "²", "1' OR 1=1"])
def test_a_revision_that_isnt_there_is_not_found(editor: User, as_user: Login, wanted: str) -> None:
    one = _first(written_book(editor))
    assert as_user(editor).get(_url(one), {"revision": wanted}).status_code == 404


def test_a_chapter_of_another_book_is_not_found(editor: User, other_editor: User, as_user: Login) -> None:
    job, foreign = written_book(editor), written_book(other_editor)
    client = as_user(editor)
    assert client.get(_url(_first(foreign))).status_code == 404
    mixed = reverse("desk:chapter", args=[job.pk, _first(foreign).pk])
    assert client.get(mixed).status_code == 404
    assert client.post(reverse("desk:approve", args=[job.pk, _first(foreign).pk])).status_code == 404


def test_regenerating_takes_the_instruction_along(editor: User, as_user: Login) -> None:
    job = written_book(editor)
    run = Run.objects.get(job=job)
    PhasePlan.objects.create(run=run, phase="chapter_generation")
    one = _first(job)
    page = as_user(editor).post(_url(one, "regenerate"), {"instruction": "More of the bees."}, follow=True)
    assert page.status_code == 200
    one.refresh_from_db()
    assert one.status == ChapterStatus.WRITING
    assert (
        Unit.objects.get(run=run, chapter=one, phase="chapter_generation").instruction == "More of the bees."
    )
    assert not page.context["may_regenerate"]


def test_regenerating_too_early_is_a_message(editor: User, as_user: Login) -> None:
    job = written_book(editor)
    BiographyJob.objects.filter(pk=job.pk).update(status=JobStatus.PAUSED)
    client = as_user(editor)
    assert not client.get(_url(_first(job))).context["may_regenerate"]
    answer = client.post(_url(_first(job), "regenerate"), follow=True)
    assert answer.status_code == 200
    assert "message" in answer.content.decode()
    assert _first(job).status == ChapterStatus.NEEDS_REVIEW


def _close(client: Client, one: Finding, **how: str) -> str:
    answer = client.post(reverse("desk:finding", args=[one.job_id, one.pk]), how, follow=True)
    assert answer.status_code == 200
    one.refresh_from_db()
    return answer.content.decode()


def test_findings_are_resolved_or_dismissed_with_a_reason(editor: User, as_user: Login) -> None:
    one = _first(written_book(editor))
    finding(one.current_revision, message="First.")
    finding(one.current_revision, Severity.WARNING, "Second.")
    first, second = Finding.objects.order_by("pk")
    client = as_user(editor)
    _close(client, first, how="resolve")
    assert "Say why" in _close(client, second, how="dismiss", reason=" ")
    assert (first.status, second.status) == ("resolved", "open")
    page = _close(client, second, how="dismiss", reason="It is right as it is.")
    assert second.status == "dismissed"
    assert "It is right as it is." in page
    assert "closed this finding already" in _close(client, second, how="resolve")
    assert AuditEntry.objects.filter(action="close_finding", actor="edith").count() == 2


def test_the_neighbours_follow_the_printed_order(editor: User, as_user: Login) -> None:
    job = written_book(editor)
    prologue = chapter(job, kind=ChapterKind.PROLOGUE, title="Prologue")
    page = as_user(editor).get(_url(_first(job)))
    assert page.context["previous"].pk == prologue.pk
    assert page.context["next"].chapter_number == 2
    assert as_user(editor).get(_url(prologue)).context["previous"] is None


def test_the_page_needs_as_many_queries_for_a_long_chapter_as_for_a_short_one(
    editor: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    job = written_book(editor, chapters=6)
    one, two, *_more = Chapter.objects.filter(job=job).order_by("chapter_number")
    for number in range(4):
        cite(
            revision(
                two, f"Text {number}. " + " ".join(f"{words}[^{n}]" for n, words in enumerate(SENTENCES, 1))
            )
        )
        finding(two.current_revision, message=f"Finding {number}.")
    type(job).objects.filter(pk=job.pk).update(author="model")  # then the page offers writers, too
    client = as_user(editor)
    client.get(_url(one))
    with django_assert_max_num_queries(12) as counted:
        client.get(_url(one))
    with django_assert_max_num_queries(len(counted)):
        client.get(_url(two))


def hostile(longest: int = 10**6) -> str:
    """All hostile texts in one, each cut to so many characters."""
    rows = [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").split("\n") if line]
    texts = [row["text"] if "text" in row else row["text_repeat"][0] * 100 for row in rows]
    return clean_text(
        " ".join(text[:longest] for text in texts)
        + ' <script>alert(1)</script><img src=x onerror="alert(1)">',
        multiline=False,
    )


def test_texts_of_others_never_become_markup(editor: User, as_user: Login) -> None:
    """Titles, texts, sources and findings made of hostile texts: the page holds them only escaped."""
    evil = hostile()
    job = book(editor, character=evil[:255], description=evil[-500:])
    Source.objects.create(
        job=job, number=1, url="javascript:alert(1)", title=evil[-500:], text=evil, valid=True,
        origin_url="javascript:alert(1)", rejected_because=evil,
    )  # fmt: skip
    one = chapter(job, title=evil[-255:], parked_reason=evil)
    finding(revision(one, evil), message=evil)
    other = Fact.objects.create(job=job, key="a", text=evil, date_text=evil[:200], date_start="1850-01-01")
    Fact.objects.create(
        job=job, key="b", text=evil, chapter=one, position=0, contradicts=other, disputes=[{"because": evil}]
    )
    rows_of_audit = {
        "before": {"title": evil},
        "after": {"title": evil, "reason": evil},
        "target": evil[:100],
    }
    AuditEntry.objects.create(job_id=job.pk, actor=evil[:150], action=evil[:50], **rows_of_audit)
    record_findings(
        job=job, revision=None, checks=[evil[:40]], seen=[Seen(evil[:40], Severity.ERROR, evil, evil)]
    )
    BiographyJob.objects.filter(pk=job.pk).update(error_message=evil, status="paused")
    client = as_user(editor)
    tabs = [reverse(f"desk:{tab}", args=[job.pk]) + f"?show=all&open={one.pk}" for tab in TABS]
    for address in (_url(one), *tabs, reverse("admin:index")):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
