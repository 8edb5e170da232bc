"""Found sources on the page of a book: shown with their reasons, accepted and declined."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from sources.models import Source
from tests.biographies.admin.makers import book, source

pytestmark = pytest.mark.once

Login = Callable[[User], Client]
FOUND = {"found": "finder", "finder": "openalex", "decision": "suggested"}


def _job(owner: User, suggestions: int = 2, **columns: object) -> BiographyJob:
    job = book(owner, **({"status": "paused", "progress": 10.0, "mode": "hybrid"} | columns))
    source(job)
    for number in range(2, 2 + suggestions):
        source(job, number, found_because="An open scholarly work.\nNo. 1 of 2.", **FOUND)
    return job


def _url(name: str, job: BiographyJob, *more: object) -> str:
    return reverse(f"desk:{name}", args=[job.pk, *more])


def _decisions(job: BiographyJob) -> list[str]:
    return list(Source.objects.filter(job=job).order_by("number").values_list("decision", flat=True))


def test_suggestions_are_shown_with_their_reasons_and_buttons(editor: User, as_user: Login) -> None:
    job = _job(editor)
    page = as_user(editor).get(_url("sources", job)).content.decode()
    for words in ("Found: for you to decide", "OpenAlex", "An open scholarly work.", "No. 1 of 2."):
        assert words in page
    for button in ("accept-2", "decline-3", "accept-all", "decline-all"):
        assert f'id="{button}"' in page
    assert 'id="accept-1"' not in page


def test_one_is_accepted_and_the_rest_declined(editor: User, as_user: Login) -> None:
    job = _job(editor)
    client = as_user(editor)
    page = client.post(_url("suggestions", job, "accept"), {"number": ["3"]}, follow=True).content.decode()
    assert "1 source accepted." in page
    client.post(_url("suggestions", job, "decline"), {"number": ["2"]})
    assert _decisions(job) == ["accepted", "declined", "accepted"]
    page = client.get(_url("sources", job)).content.decode()
    assert "1 more was found" in page
    assert "edith declined it." in page


def test_all_are_accepted_at_once_but_only_those_that_were_shown(editor: User, as_user: Login) -> None:
    job = _job(editor)
    client = as_user(editor)
    shown = [str(one.row.number) for one in client.get(_url("sources", job)).context["suggestions"]]
    source(job, 4, **FOUND)
    client.post(_url("suggestions", job, "accept"), {"number": shown})
    assert _decisions(job) == ["accepted", "accepted", "accepted", "suggested"]


@pytest.mark.parametrize("number", ["", "x", "-1", "１", "9" * 40])
def test_garbage_decides_nothing(editor: User, as_user: Login, number: str) -> None:
    job = _job(editor)
    page = as_user(editor).post(_url("suggestions", job, "accept"), {"number": [number]}, follow=True)
    assert "There was nothing to decide." in page.content.decode()
    assert _decisions(job) == ["accepted", "suggested", "suggested"]


@pytest.mark.parametrize("number", ["1", "99"])
def test_what_no_finder_found_is_named_and_nothing_decided(editor: User, as_user: Login, number: str) -> None:
    job = _job(editor)
    page = as_user(editor).post(_url("suggestions", job, "accept"), {"number": ["2", number]}, follow=True)
    assert f"No finder found a source with the number {number} for this book." in page.content.decode()
    assert _decisions(job) == ["accepted", "suggested", "suggested"]


def test_a_foreign_editor_decides_nothing(editor: User, other_editor: User, as_user: Login) -> None:
    job = _job(editor)
    client = as_user(other_editor)
    for word in ("accept", "decline"):
        assert client.post(_url("suggestions", job, word), {"number": ["2"]}).status_code == 404
    assert _decisions(job) == ["accepted", "suggested", "suggested"]


def test_an_author_sees_suggestions_without_buttons(editor: User, author: User, as_user: Login) -> None:
    job = _job(editor, author_email="anna@example.org")
    page = as_user(author).get(_url("sources", job)).content.split(b"<main")[1]
    assert b"An open scholarly work." in page
    assert b"<button" not in page


def test_no_buttons_while_the_search_goes_on_and_a_press_is_refused(editor: User, as_user: Login) -> None:
    job = _job(editor, status="running")
    client = as_user(editor)
    assert b'id="accept-2"' not in client.get(_url("sources", job)).content
    page = client.post(_url("suggestions", job, "accept"), {"number": ["2"]}, follow=True).content.decode()
    assert "once the search has ended" in page
    assert _decisions(job)[1] == "suggested"


def test_unknown_words_and_reading_are_refused(editor: User, as_user: Login) -> None:
    job = _job(editor)
    client = as_user(editor)
    assert client.post(_url("suggestions", job, "burn"), {"number": ["2"]}).status_code == 404
    assert client.get(_url("suggestions", job, "accept")).status_code == 405


def test_many_suggestions_cost_no_more_queries(
    chief: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small, large = _job(chief, 1), _job(chief, 30)
    client = as_user(chief)
    client.get(_url("book", small))
    with django_assert_max_num_queries(30) as counted:
        client.get(_url("book", small))
    with django_assert_max_num_queries(len(counted)):
        client.get(_url("book", large))


def test_a_new_book_may_search_for_its_sources(
    editor: User, as_user: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = {"once": "abc", "character": "Ada Example", "language": "en", "author": "extractive"}
    client = as_user(editor)
    assert client.post(reverse("desk:new"), filled).status_code == 422
    more = {"mode": "automatic", "target_sources": "12", "accepts_found": "on"}
    assert client.post(reverse("desk:new"), filled | more).status_code == 302
    job = BiographyJob.objects.get(character="Ada Example")
    assert (job.mode, job.target_sources, job.accepts_found, job.status) == ("automatic", 12, True, "running")
