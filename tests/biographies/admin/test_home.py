"""The home page: what waits, what is in the making, what failed; and nothing of anybody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import Severity
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from tests.biographies.admin.makers import book, chapter, finding, person, source, written_book
from tests.fakes import rows

pytestmark = pytest.mark.once

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


@pytest.mark.parametrize(("role", "found"), [(roles.ADMINISTRATOR, True), (roles.CHIEF_EDITOR, False)])
def test_every_list_of_an_administrator_is_in_the_sidebar(
    role: str, found: bool, as_user: Login, db: None
) -> None:
    page = as_user(person("somebody", role)).get(HOME).content.decode()
    assert (f'href="{reverse("admin:accounts_apiclient_changelist")}"' in page) == found
    assert f'href="{reverse("admin:accounts_apikey_changelist")}"' in page


def test_books_stand_where_they_belong(editor: User, as_user: Login) -> None:
    waiting = written_book(editor, character="Waiting Woman")
    chapter(waiting, 9, status="parked", parked_reason="Its sources hold nothing.")
    rows.unit(run=waiting.runs.get(), status="parked", error="Its sources hold nothing.")
    for severity in (Severity.ERROR, Severity.WARNING):
        finding(Chapter.objects.filter(job=waiting)[0].current_revision, severity, f"A {severity}.")
    book(editor, character="Running Rita", status="running", progress=40)
    book(editor, character="Failed Fay", status="failed", error_message="There were no good sources.")
    done = {"status": "completed", "progress": 100, "completed_at": "2024-01-01T00:00Z"}
    rows.export(job=book(editor, character="Done Dora", **done))
    page = as_user(editor).get(HOME)
    assert {part: [str(job) for job in page.context[part]] for part in ("waiting", "making", "troubled")} == {
        "waiting": ["Waiting Woman"],
        "making": ["Running Rita"],
        "troubled": ["Failed Fay"],
    }
    assert [str(file.job) for file in page.context["files"]] == ["Done Dora"]
    body = page.content.decode()
    assert "2 chapters to read and approve" in body
    assert "1 parked" in body
    assert "Its sources hold nothing." in body
    assert "1 error<" in body
    assert "1 other finding<" in body
    assert "There were no good sources." in body


def test_books_of_others_are_not_there(editor: User, other_editor: User, chief: User, as_user: Login) -> None:
    for status in ("needs_review", "running", "failed"):
        rows.export(job=book(other_editor, character="Secret Sue", status=status))
    assert "Secret Sue" not in as_user(editor).get(HOME).content.decode()
    assert "Secret Sue" in as_user(chief).get(HOME).content.decode()


def test_many_books_need_no_more_queries(
    chief: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_user(chief)
    written_book(chief)
    client.get(HOME)
    with django_assert_max_num_queries(12) as counted:
        client.get(HOME)
    for status in ("needs_review", "running", "failed", "paused") * 4:
        rests = status in {"failed", "paused"}
        book(chief, status=status, author="model", error_message="It rests." if rests else "")
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


def test_what_rests_or_failed_has_a_button_that_helps(chief: User, as_user: Login) -> None:
    """Each book is offered what would set it going again, and nothing that would be refused."""
    poor = book(chief, character="Poor", status="failed", error_message="Only 2 of 5.", progress=10)
    broke = book(
        chief, character="Broke", status="paused", author="model", budget_micros=1, error_message="No money."
    )
    asked = book(chief, character="Asked", status="paused", error_message="2 were found.", mode="hybrid")
    source(asked, 1, found="finder", decision="suggested")
    planned = book(chief, character="Planned", status="paused", outline_review=True, error_message="Read it.")
    chapter(planned)
    offered = {
        str(one): ({link.name for link in one.helps}, {deed.name for deed in one.deeds})
        for one in as_user(chief).get(HOME).context["troubled"]
    }
    assert offered == {
        "Poor": ({"sources"}, {"retry"}),
        "Broke": ({"budget"}, {"resume"}),
        "Asked": ({"decide"}, {"resume"}),
        "Planned": ({"outline"}, set()),
    }
    assert {poor.status, broke.status} == {"failed", "paused"}


def test_an_editor_is_not_offered_what_only_a_chief_may(editor: User, as_user: Login) -> None:
    book(editor, status="paused", author="model", budget_micros=1, error_message="No money.")
    (shown,) = as_user(editor).get(HOME).context["troubled"]
    assert [link.name for link in shown.helps] == []


def test_money_of_the_month_stands_beside_the_caps(
    editor: User, other_editor: User, chief: User, as_user: Login, settings: Settings
) -> None:
    settings.MODEL_MONTH_BUDGET_USD = 8.0
    for owner, cost in ((editor, 1_000_000), (other_editor, 3_000_000)):
        job = book(owner)
        rows.call(unit=rows.unit(run=job.runs.get()), status="failed", cost_micros=cost)
    everything = as_user(chief).get(HOME).context["purse"]
    assert (everything.month, everything.today, everything.month_share) == (4_000_000, 4_000_000, 50)
    own = as_user(editor).get(HOME).context["purse"]
    assert (own.month, own.month_cap) == (1_000_000, None)


def test_the_empty_desk_loads_the_demo_with_one_click(editor: User, as_user: Login) -> None:
    client = as_user(editor)
    demo = client.get(HOME).context["demo"]
    page = client.post(reverse("desk:new"), {"demo": demo})
    assert page.context["form"]["character"].value()
    assert page.context["form"]["once"].value()
    assert page.context["kept"]


def test_an_editor_who_is_an_author_elsewhere_gets_no_buttons_there(editor: User, as_user: Login) -> None:
    both = person("bella", roles.EDITOR, roles.AUTHOR, email="bella@example.org")
    for owner in (editor, both):
        book(owner, status="failed", error_message="No.", author_email="bella@example.org")
    shown = as_user(both).get(HOME).context["troubled"]
    assert {one.job.owner.username: bool(one.deeds) for one in shown} == {"edith": False, "bella": True}
