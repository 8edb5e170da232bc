"""The home page: what waits, what is in the making, what failed; and nothing of anybody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from tests.biographies.admin.makers import book, chapter, written_book

Login = Callable[[User], Client]
HOME = "/admin/"


def test_an_empty_desk_offers_one_thing(editor: User, as_user: Login) -> None:
    page = as_user(editor).get(HOME).content.decode()
    assert "No book has been begun yet" in page
    assert reverse("desk:new") in page


def test_an_author_without_a_book_is_offered_nothing(author: User, as_user: Login) -> None:
    page = as_user(author).get(HOME).content.decode()
    assert "There is no book for you yet" in page
    assert reverse("desk:new") not in page


def test_books_stand_where_they_belong(editor: User, as_user: Login) -> None:
    waiting = written_book(editor, character="Waiting Woman")
    chapter(waiting, 9, status="parked")
    book(editor, character="Running Rita", status="running", progress=40)
    book(editor, character="Failed Fay", status="failed", error_message="There were no good sources.")
    book(editor, character="Done Dora", status="completed", progress=100, completed_at="2024-01-01T00:00Z")
    page = as_user(editor).get(HOME)
    assert {
        part: [str(job) for job in page.context[part]] for part in ("waiting", "making", "failed", "finished")
    } == {
        "waiting": ["Waiting Woman"],
        "making": ["Running Rita"],
        "failed": ["Failed Fay"],
        "finished": ["Done Dora"],
    }
    body = page.content.decode()
    assert "2 chapters to read and approve" in body
    assert "1 parked" in body
    assert "There were no good sources." in body


def test_books_of_others_are_not_there(editor: User, other_editor: User, chief: User, as_user: Login) -> None:
    for status in ("needs_review", "running", "failed"):
        book(other_editor, character="Secret Sue", status=status)
    assert "Secret Sue" not in as_user(editor).get(HOME).content.decode()
    assert "Secret Sue" in as_user(chief).get(HOME).content.decode()


def test_many_books_need_no_more_queries(
    chief: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_user(chief)
    written_book(chief)
    client.get(HOME)
    with django_assert_max_num_queries(15) as counted:
        client.get(HOME)
    for status in ("needs_review", "running", "failed", "paused") * 4:
        book(chief, status=status)
    with django_assert_max_num_queries(len(counted)):
        client.get(HOME)
    assert BiographyJob.objects.count() == 17


def test_a_failure_that_nobody_minds_leaves_the_page_after_a_while(editor: User, as_user: Login) -> None:
    for name, days in (("Fresh Fay", 13), ("Old Olga", 15)):
        job = book(editor, character=name, status="failed", error_message="No.")
        BiographyJob.objects.filter(pk=job.pk).update(updated_at=clock.now() - dt.timedelta(days=days))
    page = as_user(editor).get("/admin/").content.decode()
    assert "Fresh Fay" in page
    assert "Old Olga" not in page
    assert "Old Olga" in as_user(editor).get("/admin/biographies/biographyjob/").content.decode()
