"""The tabs of a book: each a page of its own, in few queries, and what can be done there."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from biographies.actions import Seen, record_findings
from biographies.admin.standing import outline_can_be_shaped, outline_waits, standing_of
from biographies.admin.tabs import TABS
from biographies.admin.tabs.timeline import WIDTH, Dated, drawing
from biographies.images import as_printed
from biographies.models import BiographyJob, Chapter, Finding
from biographies.vocabulary import Severity
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from engine import outline
from engine.models import ModelCall, PhasePlan, Run, Unit
from engine.pace import pace_of
from notifications.models import AuditEntry
from sources.models import Fact, Source
from tests.biographies.admin.makers import book, chapter, finding, person, source, written_book
from tests.fakes import rows

pytestmark = pytest.mark.once

Login = Callable[[User], Client]


def _url(name: str, job: BiographyJob, *more: object) -> str:
    return reverse(f"desk:{name}", args=[job.pk, *more])


def _full(owner: User, chapters: int) -> BiographyJob:
    """A book with rows in every tab."""
    job = written_book(owner, chapters, author="model", outline_review=True)
    unit = Unit.objects.create(run=Run.objects.get(job=job), phase="chapter_generation", key="one")
    for number, one in enumerate(Chapter.objects.filter(job=job)):
        day = dt.date(1801 + number, 5, 1)
        told = Fact.objects.create(
            job=job, key=f"{number}-a", text=f"In {day.year}.", chapter=one, position=0, date_start=day,
            date_end=day, date_precision="day",
        )  # fmt: skip
        Fact.objects.create(
            job=job, key=f"{number}-b", text="Not so.", contradicts=told, chapter=one, position=1
        )
        finding(one.current_revision, Severity.WARNING, f"Warning {number}.")
        ModelCall.objects.create(
            job=job, unit=unit, chapter=one, phase=unit.phase, role="writer", request_hash=str(number),
            model_asked="a/b", model_served="a/b", cost_micros=10_000,
        )  # fmt: skip
        rows.export(job=job)
        source(job, number + 5)
    return job


def test_a_tab_takes_twelve_queries_however_long_the_book(
    editor: User, other_editor: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small, large = _full(editor, 1), _full(editor, 20)
    large.shared_with.add(other_editor, person("third"))
    opened = {"outline": {"open": str(large.chapters.order_by("pk")[0].pk)}}
    for user, job in ((editor, small), (editor, large), (other_editor, large)):
        client = as_user(user)
        for tab in TABS:
            with django_assert_max_num_queries(12, info=tab):
                answer = client.get(_url(tab, job), opened.get(tab))
            assert answer.status_code == 200, tab
            assert re.search(rf'href="{_url(tab, job)}" aria-current="page"', answer.content.decode())


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_of_a_foreign_book_is_not_found(
    editor: User, other_editor: User, author: User, as_user: Login, tab: str
) -> None:
    job = _full(editor, 1)
    assert as_user(other_editor).get(_url(tab, job)).status_code == 404
    assert as_user(author).get(_url(tab, job)).status_code == 404
    BiographyJob.objects.update(author_email="anna@example.org")
    page = as_user(author).get(_url(tab, job))
    assert page.status_code == 200
    assert b'method="post"' not in page.content.split(b"<main")[1]


def test_every_button_of_a_foreign_book_is_not_found(
    editor: User, other_editor: User, as_user: Login
) -> None:
    job = _full(editor, 2)
    one = Chapter.objects.filter(job=job)[0]
    client = as_user(other_editor)
    for address in (
        _url("budget", job),
        _url("add-sources", job),
        _url("approve-outline", job),
        *(_url("change-outline", job, one.pk, deed) for deed in ("describe", "up", "merge", "split", "move")),
    ):
        assert client.post(address).status_code == 404, address


# All that a tab can be asked for, each word of it nonsense; no tab reads more than a few of them.
NONSENSE = (
    "?page=99999999999&show=x&open=²&before=" + "9" * 30 + "&chapter=" + "9" * 20 + "&state=<b>&severity=x",
    "?page=-1&chapter=٣&check=%00",
    "?page=²&chapter=²&before=²",  # a digit that is no number
)


def test_nonsense_in_an_address_is_no_error(editor: User, as_user: Login) -> None:
    job = _full(editor, 1)
    client = as_user(editor)
    for tab, query in itertools.product(TABS, NONSENSE):
        assert client.get(_url(tab, job) + query).status_code == 200, (tab, query)


# --- outline


def _outlined(owner: User, **columns: Any) -> BiographyJob:
    job = book(owner, status="paused", progress=15, outline_review=True, **columns)
    for number in (1, 2, 3):
        one = chapter(job, number, title=f"Part {number}", target_words=100)
        for place in range(2):
            Fact.objects.create(
                job=job, key=f"{number}{place}", text=f"F{number}{place}", chapter=one, position=place
            )
    return job


def _send(client: Client, job: BiographyJob, named: str, deed: str, **more: object) -> str:
    version = BiographyJob.objects.values_list("version", flat=True).get(pk=job.pk)
    one = Chapter.objects.get(job=job, title=named)
    answer = client.post(_url("change-outline", job, one.pk, deed), {"version": version} | more, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _titles(job: BiographyJob) -> list[str]:
    return list(Chapter.objects.filter(job=job).order_by("chapter_number").values_list("title", flat=True))


def test_the_outline_is_changed_and_approved(editor: User, as_user: Login) -> None:
    job = _outlined(editor)
    client = as_user(editor)
    assert "Approve the outline" in client.get(_url("outline", job)).content.decode()
    _send(client, job, "Part 3", "up")
    _send(client, job, "Part 1", "down")
    assert _titles(job) == ["Part 3", "Part 1", "Part 2"]
    _send(client, job, "Part 3", "merge")
    _send(client, job, "Part 3", "describe", title="Both", target_words="321")
    assert Chapter.objects.get(job=job, chapter_number=1).target_words == 321
    fact = Fact.objects.get(job=job, key="10")
    _send(client, job, "Both", "split", fact=fact.pk, title="Again")
    assert _titles(job) == ["Both", "Again", "Part 2"]
    moved = Fact.objects.get(job=job, key="20")
    _send(client, job, "Part 2", "move", fact=moved.pk, to=Chapter.objects.get(job=job, title="Both").pk)
    moved.refresh_from_db()
    assert moved.chapter == Chapter.objects.get(job=job, title="Both")
    version = BiographyJob.objects.values_list("version", flat=True).get(pk=job.pk)
    client.post(_url("approve-outline", job), {"version": version})
    job.refresh_from_db()
    assert job.status == "running"
    assert job.outline_approved_at
    deeds = set(AuditEntry.objects.filter(job_id=job.pk, actor="edith").values_list("action", flat=True))
    assert deeds >= {"reorder_chapter", "merge_chapters", "split_chapter", "move_fact", "approve_outline"}


def test_an_outline_that_somebody_else_changed_is_shown_again(editor: User, as_user: Login) -> None:
    job = _outlined(editor)
    client = as_user(editor)
    one = Chapter.objects.get(job=job, title="Part 1")
    for version in ("", "-1", "x", "9" * 40, str(job.version + 1)):
        page = client.post(_url("change-outline", job, one.pk, "merge"), {"version": version}, follow=True)
        assert "Somebody has changed the outline" in page.content.decode()
        client.post(_url("approve-outline", job), {"version": version})
    job.refresh_from_db()
    assert job.status == "paused"
    assert len(_titles(job)) == 3
    assert client.post(_url("change-outline", job, one.pk, "explode")).status_code == 404


def test_the_desk_and_the_engine_agree_on_when_an_outline_waits(editor: User) -> None:
    for status in ("paused", "running", "failed"):
        for review in (False, True):
            for begun in (False, True):
                job = _outlined(editor)
                if begun:
                    PhasePlan.objects.create(run=job.runs.get(), phase="chapter_generation")
                BiographyJob.objects.filter(pk=job.pk).update(status=status, outline_review=review)
                job.refresh_from_db()
                assert outline_waits(job, standing_of(job)) == outline.outline_waits(job)
                assert outline_can_be_shaped(job, standing_of(job)) == outline.can_be_shaped(job)


# --- quality


def test_findings_are_narrowed_and_closed_in_place(editor: User, as_user: Login) -> None:
    job = written_book(editor, 2)
    one, two = Chapter.objects.filter(job=job).order_by("chapter_number")
    finding(one.current_revision, Severity.ERROR, "A grave thing.")
    finding(two.current_revision, Severity.WARNING, "A small thing.")
    record_findings(
        job=job, revision=None, checks=["whole"], seen=[Seen("whole", Severity.INFO, "A remark.")]
    )
    client = as_user(editor)

    def shown(**query: Any) -> set[str]:
        page = client.get(_url("quality", job), query)
        return {one.message for one in page.context["findings"]}

    assert shown() == {"A grave thing.", "A small thing.", "A remark."}
    assert shown(severity="error") == {"A grave thing."}
    assert shown(chapter=two.pk) == {"A small thing."}
    assert shown(chapter="book") == {"A remark."}
    assert shown(check="whole") == {"A remark."}
    small = Finding.objects.get(message="A small thing.")
    answer = client.post(_url("finding", job, small.pk), {"how": "resolve", "back": "quality"})
    assert answer["Location"] == _url("quality", job)
    assert shown() == {"A grave thing.", "A remark."}
    assert shown(state="resolved") == {"A small thing."}


# --- money


def test_money_is_told_by_chapter_role_model_and_day(chief: User, as_user: Login, settings: Settings) -> None:
    settings.MODEL_BOOK_BUDGET_USD = 20
    job = _full(chief, 3)
    page = as_user(chief).get(_url("money", job))
    assert {table.name: len(table.lines) for table in page.context["tables"]} == {
        "chapter": 3,
        "role": 1,
        "model": 1,
        "day": 1,
    }
    body = page.content.decode()
    assert "$20.00" in body
    assert "$0.03" in body


@pytest.mark.parametrize(
    ("written", "kept"), [("12", 12_000_000), ("2,5", 2_500_000), ("$3.25", 3_250_000), ("", None)]
)
def test_a_chief_editor_changes_the_budget(
    chief: User, as_user: Login, written: str, kept: int | None
) -> None:
    job = book(chief, budget_micros=1_000_000)
    as_user(chief).post(_url("budget", job), {"budget": written})
    job.refresh_from_db()
    assert job.budget_micros == kept


@pytest.mark.parametrize("written", ["-1", "x", "NaN", "1e99", "1_0", "٣x", "Infinity"])
def test_a_budget_that_is_none_is_refused(chief: User, as_user: Login, written: str) -> None:
    job = book(chief, budget_micros=1_000_000)
    as_user(chief).post(_url("budget", job), {"budget": written}, follow=True)
    job.refresh_from_db()
    assert job.budget_micros in {1_000_000, 10_000_000}  # Python reads "1_0" as ten, and so do we


def test_an_editor_is_told_to_ask(editor: User, as_user: Login) -> None:
    job = book(editor, budget_micros=1_000_000)
    client = as_user(editor)
    assert "New budget" not in client.get(_url("money", job)).content.decode()
    page = client.post(_url("budget", job), {"budget": "99"}, follow=True).content.decode()
    assert "Ask a chief editor" in page
    job.refresh_from_db()
    assert job.budget_micros == 1_000_000


# --- sources


def test_a_book_that_had_too_few_sources_takes_more(editor: User, as_user: Login) -> None:
    job = book(editor, status="failed", progress=10, error_message="Too few.")
    client = as_user(editor)
    assert 'id="add-sources"' in client.get(_url("sources", job)).content.decode()
    sent = {
        "urls": "https://example.org/a\nnonsense",
        "files": [SimpleUploadedFile("letter.txt", b"Dear Ada."), SimpleUploadedFile("x.png", b"\x89PNG")],
    }
    page = client.post(_url("add-sources", job), sent, follow=True).content.decode()
    assert "2 sources added." in page
    assert "no kind of file" in page
    assert "nonsense" in page
    assert Source.objects.filter(job=job).count() == 2
    running = book(editor, status="running")
    assert 'id="add-sources"' not in client.get(_url("sources", running)).content.decode()


# --- history, exports, header


def test_the_history_tells_before_and_after_in_pages(editor: User, as_user: Login) -> None:
    job = book(editor)
    for number in range(51):
        rows.audit_entry(
            job_id=job.pk, action="change_budget", target=job.character,
            before={"budget_micros": 1_000_000}, after={"budget_micros": 2_000_000 + number * 10_000},
        )  # fmt: skip
    client = as_user(editor)
    page = client.get(_url("history", job))
    assert len(page.context["history"]) == 50
    assert "changed the budget" in page.content.decode()
    assert "$2.50" in page.content.decode()
    older = client.get(_url("history", job), {"before": page.context["older"]})
    assert len(older.context["history"]) == 1
    assert "$2.00" in older.content.decode()


def test_an_export_of_earlier_texts_is_marked(editor: User, as_user: Login) -> None:
    job = written_book(editor, 1)
    one = Chapter.objects.get(job=job)
    assert one.current_revision
    rows.export(job=job, revision_hashes={str(one.pk): one.current_revision.sha256})
    rows.export(job=job, revision_hashes={str(one.pk): "0" * 64})
    page = as_user(editor).get(_url("exports", job))
    assert [texts for _file, texts, _images, _format in page.context["exports"]] == [False, True]


@pytest.mark.django_db
def test_an_export_with_other_images_is_marked(editor: User, as_user: Login) -> None:
    job = written_book(editor, 1)
    one = Chapter.objects.get(job=job)
    assert one.current_revision
    texts = {str(one.pk): one.current_revision.sha256}
    image = rows.image(job=job, chapter=one.chapter_number)
    rows.image(job=job, chapter=77)  # of a chapter that isn't there: no file prints it
    rows.export(job=job, revision_hashes=texts, images=as_printed([image]))
    rows.export(job=job, revision_hashes=texts, images=None)
    page = as_user(editor).get(_url("exports", job))
    assert [images for _file, _texts, images, _format in page.context["exports"]] == [False, True]
    assert "with other images" in page.content.decode()


@pytest.mark.django_db
def test_the_pace_tells_the_time_left() -> None:
    job = rows.job(status="running", current_phase="chapter_generation")
    run = rows.run(job=job)
    assert pace_of(job) is None
    for number in range(4):
        ended = clock.now() - dt.timedelta(seconds=30 * (4 - number))
        rows.unit(run=run, phase="chapter_generation", status="done", result={}, finished_at=ended)
    for _number in range(5):
        rows.unit(run=run, phase="chapter_generation")
    pace = pace_of(job)
    assert pace is not None
    assert (pace.done, pace.total) == (4, 9)
    assert pace.seconds is not None
    assert abs(pace.seconds - 150) <= 1
    Unit.objects.filter(status="done").update(finished_at=clock.now() - dt.timedelta(hours=2))
    assert pace_of(job) == type(pace)(4, 9, None)


# --- the drawing


def _fact(year: int, *, disputed: bool = False, chapter: int | None = 1) -> Dated:
    return Dated(year, year, year, "event", chapter, disputed)


def test_the_drawing_keeps_within_its_frame_and_hides_no_contradiction() -> None:
    facts = [_fact(1800 + n % 70) for n in range(900)] + [_fact(1850, disputed=True)]
    drawn = drawing(facts, [(1, "All")])
    assert drawn is not None
    assert all(0 <= float(mark.x) <= WIDTH and 0 <= float(mark.y) <= drawn.line for mark in drawn.marks)
    assert any(mark.disputed for mark in drawn.marks)
    assert len(drawn.ticks) <= 12
    assert [(bar.number, bar.years) for bar in drawn.bars] == [(1, "1800–1869")]


def test_one_year_and_a_thousand_can_be_drawn() -> None:
    assert drawing([], []) is None
    one = drawing([_fact(1800)], [(1, "A")])
    assert one is not None
    assert len(one.ticks) == 1
    long = drawing([_fact(year) for year in (1, 500, 1999)], [(1, "A"), (2, "Nothing told")])
    assert long is not None
    assert len(long.bars) == 1
    assert len(long.ticks) <= 12
