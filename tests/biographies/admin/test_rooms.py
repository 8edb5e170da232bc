"""The page of a source, the settings, and what can be done with rows of the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from biographies.admin.source_text import ON_A_PAGE
from biographies.models import BiographyJob, Chapter, TeamSettings
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from engine.models import Run, Unit
from sources.actions import record_validation
from sources.models import Fact, Passage, Source
from tests.biographies.admin.makers import SENTENCES, TEXT, book, cite, revision, source, written_book
from tests.biographies.exports.test_docx_hostile import TEXTS
from tests.fakes import rows

pytestmark = pytest.mark.once

Login = Callable[[User], Client]


def _url(one: Source, *more: object) -> str:
    name = "change-source" if more else "source"
    return reverse(f"desk:{name}", args=[one.job_id, one.number, *more])


def _long(job: BiographyJob, passages: int) -> Source:
    """A source of many passages; a fact is drawn from each."""
    text = "".join(f"Passage {n:03d} of the letters. " for n in range(1, passages + 1))
    one = source(job, 7, title="Long letters", text=text)
    width = len(text) // passages
    cuts = [(width * n, width * (n + 1)) for n in range(passages)]
    record_validation(source=one, passages=cuts)
    for passage in Passage.objects.filter(source=one):
        fact = Fact.objects.create(job=job, key=f"0007-{passage.pk}", text="A fact.", date_text="1901")
        fact.passages.add(passage)
    return one


def test_the_page_shows_what_was_written_from_each_passage(editor: User, as_user: Login) -> None:
    job = written_book(editor, 1)
    one = Source.objects.get(job=job)
    chapter = Chapter.objects.get(job=job)
    page = as_user(editor).get(_url(one))
    passage = page.context["text"].passages[0]
    assert [piece.text for piece in passage.pieces if piece.cited] == [*SENTENCES]
    assert "".join(piece.text for piece in passage.pieces) == TEXT
    assert f'{reverse("desk:chapter", args=[job.pk, chapter.pk])}#s1"' in page.content.decode()
    cite(revision(chapter))  # the earlier text isn't the book's any more
    assert len(as_user(editor).get(_url(one)).context["text"].passages[0].citations) == 3
    revision(chapter, "Nothing is cited.")
    emptied = as_user(editor).get(_url(one), {"show": "used"})
    assert (emptied.context["text"].used, len(emptied.context["text"].passages)) == (0, 0)
    assert "No sentence of the book rests on this source." in emptied.content.decode()


def test_a_long_source_comes_in_pages_and_few_queries(
    editor: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = _long(book(editor), 2 * ON_A_PAGE + 5)
    client = as_user(editor)
    for asked, first in (
        ("", 1),
        (f"?passage={ON_A_PAGE + 3}", ON_A_PAGE + 1),
        ("?passage=9999", 2 * ON_A_PAGE + 1),
    ):
        with django_assert_max_num_queries(12):
            text = client.get(_url(one) + asked).context["text"]
        assert text.passages[0].number == first
        assert f"Passage {first:03d} of" in text.passages[0].pieces[0].text
        assert len(text.passages[0].facts) == 1
    assert (text.previous, text.next) == (ON_A_PAGE + 1, None)


def test_signs_of_injection_are_marked_where_they_stand(editor: User, as_user: Login) -> None:
    words = "Her father kept bees."
    start = TEXT.index(words)
    signs = [["order", start, start + len(words)], ["override", 0, 5]]
    one = source(book(editor), signs=signs)
    text = as_user(editor).get(_url(one)).context["text"]
    assert [(piece.text, piece.sign) for piece in text.passages[0].pieces if piece.sign] == [
        ("She w", "override"),
        (words, "order"),
    ]
    assert [(sign.words, sign.passage) for sign in text.signs] == [(words, 1), ("She w", 1)]


def test_a_source_without_passages_shows_how_it_begins(editor: User, as_user: Login) -> None:
    one = rows.source(job=book(editor), valid=False, rejected_because="Too short.", text="It begins here.")
    page = as_user(editor).get(_url(one)).content.decode()
    assert "It begins here." in page
    assert "Too short." in page


def test_sources_are_handled_on_their_pages(editor: User, as_user: Login) -> None:
    job = book(editor, status="failed", current_phase="source_validation")
    one, client = source(job, found="url"), as_user(editor)
    assert client.get(_url(one)).context["may_reject"]
    told = client.post(_url(one, "reject"), {"reason": "A forgery."}, follow=True)
    assert "edith: A forgery." in told.content.decode()
    assert not told.context["may_reject"]
    assert client.post(_url(one, "accept"), follow=True).context["source"].row.decision == "accepted"
    assert "Choose a file" in client.post(_url(one, "replace"), follow=True).content.decode()
    upload = SimpleUploadedFile("new.txt", b"Dear Ada, the bees are well. " * 9)
    told = client.post(_url(one, "replace"), {"file": upload}, follow=True)
    assert told.context["source"].row.filename == "new.txt"
    assert client.post(_url(one, "burn")).status_code == 404
    history = client.get(reverse("desk:history", args=[job.pk])).content.decode()
    assert "replaced a source" in history


@pytest.mark.parametrize("asked", ["?passage=-1", "?passage=²", "?passage=" + "9" * 40, "?show=<b>"])
def test_nonsense_in_the_address_is_no_error(editor: User, as_user: Login, asked: str) -> None:
    assert as_user(editor).get(_url(source(book(editor))) + asked).status_code == 200
    missing = reverse("desk:source", args=[BiographyJob.objects.get().pk, 10**30])
    assert as_user(editor).get(missing).status_code == 404


def test_hostile_texts_stay_texts(editor: User, chief: User, as_user: Login) -> None:
    job = written_book(editor, 1)
    one = Source.objects.get(job=job)
    client, lists = (
        as_user(chief),
        ("sources_source", "sources_fact", "engine_unit", "notifications_auditentry"),
    )
    unit = Unit.objects.create(
        run=Run.objects.get(job=job), phase="export", key="k", status="parked", error="e"
    )
    fact = Fact.objects.create(job=job, key="0001-x", text="t")
    fact.passages.add(one.passages.get())
    pages = [_url(one), *(reverse(f"admin:{name}_changelist") for name in lists)]
    pages += [
        reverse("admin:sources_source_change", args=[one.pk]),
        reverse("admin:engine_unit_change", args=[unit.pk]),
    ]
    for n, text in enumerate(TEXTS.values()):
        said = clean_text(text)[:5000] or "-"  # as every entrance lets it in
        columns = ("title", "author", "publisher", "licence", "filename", "work")
        why = ("relevance_because", "credibility_because", "rejected_because", "notes", "found_because")
        Source.objects.filter(pk=one.pk).update(
            **dict.fromkeys(columns, said[:200]), **dict.fromkeys(why, said), url=said[:2000], origin_url=said[:2000],
            date=said[:40], language=said[:12], text=(said + TEXT)[: max(len(TEXT), 10)], finder=said[:40],
            signs=[[said[:20], 0, 9]],
        )  # fmt: skip
        Fact.objects.filter(pk=fact.pk).update(text=said, date_text=said[:200])
        Unit.objects.filter(pk=unit.pk).update(error=said, key=f"{n}{said[:60]}")
        rows.audit_entry(job_id=job.pk, target=said[:100], actor=said[:100])
        for place in pages if n % 8 == 0 else pages[:1]:
            answer = client.get(place)
            assert answer.status_code == 200, (place, text)
            body = answer.content.decode()
            assert said not in body or "<" not in said, (place, text)
            assert 'href="javascript:' not in body.lower(), (place, text)


def test_settings_are_kept_and_told(administrator: User, as_user: Login) -> None:
    client, place = as_user(administrator), reverse("desk:settings")
    page = client.get(place)
    sent = {"version": 0, "day_cap_micros": "12.50", "default_budget_micros": "8", "model_writer": "gpt"}
    assert client.post(place, sent).status_code == 302
    row = TeamSettings.objects.get()
    assert (row.day_cap_micros, row.models_by_role) == (12_500_000, {"writer": "gpt"})
    page = client.get(place)
    told = page.content.decode()
    assert 'value="12.50"' in told
    assert "changed the settings" in told
    assert "$12.50" in told
    assert 'value="8.00"' in client.get(reverse("desk:new")).content.decode()
    for wrong, field in (
        ({"day_cap_micros": "x"}, "day_cap_micros"),
        ({"model_writer": "<b>"}, "model_writer"),
    ):
        answer = client.post(place, sent | {"version": 1} | wrong)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
    assert (
        "Somebody has changed"
        in client.post(place, sent | {"version": 0, "day_cap_micros": "1"}).content.decode()
    )


def test_chief_editors_read_the_settings(chief: User, as_user: Login) -> None:
    page = as_user(chief).get(reverse("desk:settings"))
    assert "Administrators change these." in page.content.decode()
    assert b'id="settings-form"' not in page.content
    assert b"/admin/biographies/styleguide/" in page.content
    assert b'href="/admin/accounts/user/"' not in page.content


def test_the_machines_rows_offer_what_helps(editor: User, author: User, as_user: Login) -> None:
    job = written_book(editor, 1, author_email=author.email)
    run = Run.objects.get(job=job)
    make = {"run": run, "phase": "chapter_generation", "status": "parked"}
    one, _other = (Unit.objects.create(key=key, error="It fell.", **make) for key in ("a", "b"))
    place = reverse("admin:engine_unit_change", args=[one.pk])
    assert b'id="retry-unit"' in as_user(editor).get(place).content
    assert b'id="machine-deeds"' not in as_user(author).get(place).content
    assert b"(&#x27;parked&#x27;" not in as_user(editor).get(place).content  # words, not a pair
    of_run = as_user(editor).get(reverse("admin:engine_run_change", args=[run.pk])).content
    assert b'id="retry"' in of_run
    assert b'id="cancel"' in of_run
    as_user(editor).post(reverse("desk:retry-unit", args=[job.pk, one.pk]))
    assert dict(Unit.objects.values_list("key", "status")) == {"a": "waiting", "b": "parked"}
    assert BiographyJob.objects.get().status == "running"
    assert b'id="retry-unit"' not in as_user(editor).get(place).content
    again = as_user(editor).post(reverse("desk:retry-unit", args=[job.pk, one.pk]), follow=True)
    assert b"parked, or belongs to an earlier run" in again.content
