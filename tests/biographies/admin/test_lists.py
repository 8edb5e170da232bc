"""Unfold's lists and forms: every one of them opens, holds only what the person may see, and scales."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from biographies.models import BiographyJob, StyleGuide
from bookgen_site.accounts.keys import find_key
from bookgen_site.accounts.models import ApiKey, User
from engine.models import ModelCall, Run, Unit
from notifications.deeds import DEEDS
from notifications.events import Progress
from notifications.models import AuditEntry, Delivery, Event
from notifications.publish import publish
from scripts.tools.places import ROOT
from sources.models import Fact, Source
from tests.biographies.admin.makers import book, source, written_book
from tests.fakes import rows

pytestmark = pytest.mark.once

Login = Callable[[User], Client]
OF_JOBS = [BiographyJob, Source, Fact, Run, Unit, ModelCall, Event, AuditEntry, Delivery]


def _full_book(owner: User, name: str) -> BiographyJob:
    """A book with a row in every list."""
    job = written_book(owner, character=name, chapters=1)
    Fact.objects.create(job=job, key=f"0001-{name}", text=f"A fact of {name}.")
    unit = Unit.objects.create(run=Run.objects.get(job=job), phase="export", key=f"unit-{name}")
    ModelCall.objects.create(
        job=unit.run.job, unit=unit, phase=unit.phase, role="author", request_hash="0" * 64, model_asked="m"
    )
    publish(job.pk, Progress("export", 95.0, 1, 2))
    rows.delivery(job_id=job.pk, address="somebody@example.org")
    AuditEntry.objects.create(actor="somebody", action="start", job_id=job.pk, target=name)
    return job


def _list(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]


def _page(row: object) -> str:
    meta = row._meta  # type: ignore[attr-defined]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])  # type: ignore[attr-defined]


def _rows(client: Client, model: type, **query: str) -> set[object]:
    answer = client.get(_list(model), query)
    assert answer.status_code == 200
    return {row.pk for row in answer.context["cl"].result_list}


@pytest.mark.parametrize("model", OF_JOBS)
def test_a_list_holds_only_what_belongs_to_visible_books(
    editor: User, other_editor: User, chief: User, as_user: Login, model: type
) -> None:
    mine, foreign = _full_book(editor, "Mine"), _full_book(other_editor, "Foreign")
    own = _rows(as_user(editor), model)
    everything = _rows(as_user(chief), model)
    assert own
    assert own < everything
    hidden = model.objects.get(pk=sorted(everything - own, key=str)[0])  # type: ignore[attr-defined]
    assert as_user(editor).get(_page(hidden)).status_code == 302  # Django's way of saying that there is none
    assert as_user(chief).get(_page(hidden)).status_code == 200
    assert as_user(editor).get(_page(model.objects.get(pk=sorted(own, key=str)[0]))).status_code == 200  # type: ignore[attr-defined]
    assert {mine.pk, foreign.pk} == set(BiographyJob.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("model", [BiographyJob, Source, Fact, AuditEntry, Unit])
def test_searching_finds_nothing_of_others(
    editor: User, other_editor: User, as_user: Login, model: type
) -> None:
    _full_book(other_editor, "Foreign")
    assert _rows(as_user(editor), model, q="Foreign") == set()
    assert _rows(as_user(editor), model, q="Letters") == set()


@pytest.mark.parametrize("model", OF_JOBS[1:])
def test_the_filter_by_book_offers_no_book_of_others(
    editor: User, other_editor: User, as_user: Login, model: type
) -> None:
    mine, foreign = _full_book(editor, "Mine"), _full_book(other_editor, "Foreign")
    client = as_user(editor)
    assert "Foreign" not in client.get(_list(model)).content.decode()
    assert _rows(client, model, book=str(mine.pk)) == _rows(client, model)
    assert _rows(client, model, book=str(foreign.pk)) == _rows(client, model)  # unknown here, so no filter
    assert _rows(client, model, book="nonsense") == _rows(client, model)


@pytest.mark.parametrize("model", [Source, Fact, Run, Unit, ModelCall, Event, AuditEntry, Delivery])
def test_what_the_engine_writes_is_read_only(administrator: User, as_user: Login, model: type) -> None:
    _full_book(administrator, "Mine")
    row = model.objects.first()  # type: ignore[attr-defined]
    client = as_user(administrator)
    before = model.objects.values().get(pk=row.pk)  # type: ignore[attr-defined]
    assert client.post(_page(row), {"title": "x", "text": "x"}).status_code == 403
    assert client.get(_page(row).replace("change", "delete")).status_code == 403
    assert client.get(_list(model) + "add/").status_code == 403
    assert model.objects.values().get(pk=row.pk) == before  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", [BiographyJob, Source, Fact, Unit, Event, AuditEntry])
def test_lists_need_no_more_queries_for_more_rows(
    chief: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries, model: type
) -> None:
    client = as_user(chief)
    _full_book(chief, "One")
    client.get(_list(model))
    with django_assert_max_num_queries(16) as counted:
        client.get(_list(model))
    for number in range(6):
        _full_book(chief, f"More {number}")
    with django_assert_max_num_queries(len(counted)):
        client.get(_list(model))


@pytest.mark.parametrize("name", ["accounts_user", "auth_group", "django_celery_results_taskresult"])
def test_people_and_tasks_are_not_for_editors(editor: User, as_user: Login, name: str) -> None:
    assert as_user(editor).get(reverse(f"admin:{name}_changelist")).status_code == 403
    assert reverse(f"admin:{name}_changelist") not in as_user(editor).get("/admin/").content.decode()


def test_details_are_changed_and_shared_by_the_owner(
    editor: User, other_editor: User, chief: User, as_user: Login
) -> None:
    job = book(editor, status="running", progress=40)
    details: dict[str, Any] = {"description": "A beekeeper.", "author_name": "A. Hand", "author_email": ""}
    details |= {"shared_with": [other_editor.pk]}
    page = as_user(editor).get(_page(job))
    BiographyJob.objects.filter(pk=job.pk).update(progress=60)  # the engine goes on meanwhile
    assert as_user(editor).post(_page(job), details).status_code == 302, page.content
    job.refresh_from_db()
    assert (job.description, job.author_name, job.progress) == ("A beekeeper.", "A. Hand", 60)
    assert list(job.shared_with.all()) == [other_editor]
    assert AuditEntry.objects.filter(job_id=job.pk, action="change_details", actor="edith").count() == 2
    as_user(other_editor).post(_page(job), details | {"description": "Mine now.", "shared_with": [chief.pk]})
    job.refresh_from_db()
    assert (job.description, list(job.shared_with.all())) == ("Mine now.", [other_editor])


def test_a_wrong_detail_is_told_at_its_field(editor: User, as_user: Login) -> None:
    job = book(editor)
    page = as_user(editor).post(_page(job), {"description": "x", "author_email": "nobody"})
    assert page.status_code == 200
    assert "author_email" in page.context["adminform"].form.errors


def test_an_author_changes_no_details(editor: User, author: User, as_user: Login) -> None:
    job = book(editor, author_email=author.email)
    assert as_user(author).get(_page(job)).status_code == 200
    assert as_user(author).post(_page(job), {"description": "Mine."}).status_code == 403


def test_adding_leads_to_the_own_form(editor: User, as_user: Login) -> None:
    assert as_user(editor).get(_list(BiographyJob) + "add/")["Location"] == reverse("desk:new")


def test_a_key_is_shown_once_and_works(editor: User, other_editor: User, as_user: Login) -> None:
    client = as_user(editor)
    page = client.post(
        _list(ApiKey) + "add/", {"name": "my script", "scopes": ["read"]}, follow=True
    ).content.decode()
    plain = page[page.index("bg_") :].split("<")[0].strip()
    assert plain not in client.get(_list(ApiKey)).content.decode()
    row = ApiKey.objects.get()
    assert row.user == editor
    assert find_key(plain) == row
    assert _rows(as_user(other_editor), ApiKey) == set()
    assert (
        as_user(other_editor).post(_page(row).replace("change", "delete"), {"post": "yes"}).status_code == 302
    )
    assert ApiKey.objects.exists()
    assert client.post(_page(row).replace("change", "delete"), {"post": "yes"}).status_code == 302
    assert not ApiKey.objects.exists()


def test_a_key_that_has_expired_already_is_refused(editor: User, as_user: Login) -> None:
    page = as_user(editor).post(
        _list(ApiKey) + "add/", {"name": "old", "expires_at_0": "2001-01-01", "expires_at_1": "00:00"}
    )
    assert "Choose a time in the future" in page.content.decode()
    assert not ApiKey.objects.exists()


def test_an_administrator_makes_people_and_gives_them_roles(
    administrator: User, editor: User, as_user: Login
) -> None:
    groups = list(editor.groups.values_list("pk", flat=True))
    client = as_user(administrator)
    fields = {
        "username": "nora",
        "password1": "a-long-phrase-1",
        "password2": "a-long-phrase-1",
        "is_staff": "on",
    }
    assert client.post(_list(User) + "add/", fields | {"groups": groups}).status_code == 302
    made = User.objects.get(username="nora")
    assert made.makes_books
    assert not made.is_superuser


def test_nobody_makes_superusers_on_the_desk(administrator: User, editor: User, as_user: Login) -> None:
    fields = {
        "username": "edith",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "user_permissions": ["1"],
    }
    assert as_user(administrator).post(_page(editor), fields).status_code == 302
    editor.refresh_from_db()
    assert not editor.is_superuser
    assert not editor.user_permissions.exists()


def test_a_source_page_shows_reasons_and_the_beginning_of_its_text(editor: User, as_user: Login) -> None:
    job = book(editor)
    one = source(job, text="It begins. " + "x" * 20_000, relevance_because="It names her.")
    page = as_user(editor).get(_page(one)).content.decode()
    assert "It begins." in page
    assert "It names her." in page
    assert "x" * 4_000 in page
    assert "x" * 6_000 not in page


def test_the_audit_is_in_words_and_can_be_narrowed(chief: User, as_user: Login) -> None:
    job = rows.job()
    for action in ("create_job", "add_revision"):
        rows.audit_entry(job_id=job.pk, action=action, target=f"the target of {action}")
    page = as_user(chief).get("/admin/notifications/auditentry/").content.decode()
    assert "made the biography" in page
    assert "wrote a text" in page
    narrowed = as_user(chief).get("/admin/notifications/auditentry/?action=create_job").content.decode()
    assert "the target of create_job" in narrowed
    assert "the target of add_revision" not in narrowed


def test_every_action_of_the_code_has_words() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for app in ("biographies", "bookgen_site", "engine", "sources")
        for path in (ROOT / app).rglob("*.py")
        if "management" not in path.parts  # there "action" is argparse's
    )
    used = set(re.findall(r"\baction=\"([a-z_]+)\"", code)) | set(
        re.findall(r"_written\(by, \"([a-z_]+)\"", code)
    )
    assert {"approve", "pause"} <= used
    assert used <= set(DEEDS)


def test_a_long_statement_is_cut_between_words(chief: User, as_user: Login) -> None:
    rows.fact(text="She walked from Bergen to Oslo in the winter. " * 9)
    page = as_user(chief).get("/admin/sources/fact/").content.decode()
    assert re.search(r"She walked [^<]*\w …\s*<", page)
    fact = Fact.objects.get()
    assert (
        "Precision of the date"
        in as_user(chief).get(f"/admin/sources/fact/{fact.pk}/change/").content.decode()
    )


def test_chief_editors_keep_style_guides_and_editors_read_them(
    chief: User, editor: User, as_user: Login
) -> None:
    fields = {"name": "House", "text": "Short sentences.", "language": "", "is_default": "on"}
    client = as_user(chief)
    assert client.post(_list(StyleGuide) + "add/", fields).status_code == 302
    first = StyleGuide.objects.get()
    assert client.post(_list(StyleGuide) + "add/", fields | {"name": "New"}).status_code == 302
    first.refresh_from_db()
    assert not first.is_default
    assert client.post(_page(first), fields | {"text": "Long."}).status_code == 302
    assert set(AuditEntry.objects.values_list("action", "actor")) == {("save_style_guide", "clara")}
    assert as_user(editor).get(_page(first)).status_code == 200
    assert as_user(editor).post(_page(first), fields).status_code == 403
    assert client.post(_page(first).replace("change", "delete"), {"post": "yes"}).status_code == 302
    assert StyleGuide.objects.count() == 1


def test_a_wrong_style_guide_is_told_at_its_field(chief: User, as_user: Login) -> None:
    for wrong in ({"language": "tlh"}, {"text": ""}, {"text": "x" * 4001}):
        sent = {"name": "House", "text": "Short.", "language": ""} | wrong
        page = as_user(chief).post(_list(StyleGuide) + "add/", sent)
        assert set(page.context["adminform"].form.errors) == set(wrong)
