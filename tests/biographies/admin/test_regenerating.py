"""The form that asks for another text, or for some paragraphs of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.models import User
from engine.models import PhasePlan, Run, Unit
from tests.biographies.admin.makers import chapter, revision, written_book

pytestmark = pytest.mark.once

Login = Callable[[User], Client]
TEXT = "She was born by the sea.\n\nHer <b>father</b> kept bees.\n\n# A heading\n\nShe went to the city."


@pytest.fixture
def one(editor: User) -> Chapter:
    job = written_book(editor, chapters=1)
    PhasePlan.objects.create(run=Run.objects.get(job=job), phase="chapter_generation")
    made = Chapter.objects.get(job=job, chapter_number=1)
    revision(made, TEXT)
    return Chapter.objects.get(pk=made.pk)


def url(of: Chapter, name: str = "chapter") -> str:
    return reverse(f"desk:{name}", args=[of.job_id, of.pk])


def wish(of: Chapter, *numbers: object, **more: object) -> dict[str, Any]:
    assert of.current_revision
    return {"sha256": of.current_revision.sha256, "paragraph": list(numbers), **more}


def test_the_paragraphs_that_can_be_chosen_stand_in_the_form(
    one: Chapter, editor: User, as_user: Login
) -> None:
    page = as_user(editor).get(url(one))
    assert [number for number, _words in page.context["paragraphs"]] == [1, 2, 4], "not the heading"
    body = page.content.decode()
    assert 'name="paragraph" value="4"' in body
    assert "Her &lt;b&gt;father&lt;/b&gt; kept bees." in body
    assert one.current_revision
    assert f'name="sha256" value="{one.current_revision.sha256}"' in body
    older = as_user(editor).get(url(one), {"revision": "1"})
    assert older.context["paragraphs"] == []
    timeline = chapter(one.job, kind="timeline", title="Timeline")
    revision(timeline, "**1901** — She went.")
    assert as_user(editor).get(url(timeline)).context["paragraphs"] == []


def test_ticked_paragraphs_reach_the_engine(one: Chapter, editor: User, as_user: Login) -> None:
    asked = wish(one, "4", "2", instruction="Shorter.")
    page = as_user(editor).post(url(one, "regenerate"), asked, follow=True)
    assert "2 paragraphs of “1. Chapter title 1” are being written again" in page.content.decode()
    unit = Unit.objects.get(chapter=one, phase="chapter_generation")
    assert (unit.paragraphs, unit.base, unit.instruction) == ([2, 4], one.current_revision, "Shorter.")


@pytest.mark.parametrize("numbers", [["9"], ["x"], ["²"], ["3"], ["-1"]])
def test_what_is_no_paragraph_is_a_message(
    one: Chapter, editor: User, as_user: Login, numbers: list[str]
) -> None:
    page = as_user(editor).post(url(one, "regenerate"), wish(one, *numbers), follow=True)
    assert (page.status_code, 'data-level="error"' in page.content.decode()) == (200, True)
    assert not Unit.objects.exists()


def test_a_page_that_was_read_too_long_ago_is_told_so(one: Chapter, editor: User, as_user: Login) -> None:
    asked = wish(one, "1")
    revision(one, "Quite another text.")
    page = as_user(editor).post(url(one, "regenerate"), asked, follow=True)
    assert "has changed since you read it" in page.content.decode()
    assert not Unit.objects.exists()


def test_the_writers_and_what_they_cost(
    one: Chapter, editor: User, as_user: Login, settings: Settings
) -> None:
    client = as_user(editor)
    assert client.get(url(one)).context["writers"] == ()
    assert "costs nothing" in client.get(url(one, "regenerate-cost")).json()["told"]
    settings.MODELS_BY_ROLE = {"planner": "openai/gpt-5", "writer": "a/writer", "checker": "a/writer"}
    settings.OPENROUTER_BASE_URL = "http://127.0.0.1:9/api/v1"
    BiographyJob.objects.update(author="model")
    page = client.get(url(one)).content.decode()
    assert '<option value="">a/writer</option>' in page
    assert '<option value="openai/gpt-5">openai/gpt-5</option>' in page
    told = client.get(url(one, "regenerate-cost"), {"paragraph": ["1", "2"], "model": "openai/gpt-5"}).json()
    assert told["told"].startswith("It will cost about $0.")
    assert "Choose one of" in client.get(url(one, "regenerate-cost"), {"model": "evil"}).json()["told"]
    assert "1 to 4" in client.get(url(one, "regenerate-cost"), {"paragraph": "7"}).json()["told"]
    client.post(url(one, "regenerate"), wish(one, model="openai/gpt-5"))
    assert Unit.objects.get(chapter=one, phase="chapter_generation").model == "openai/gpt-5"


def test_another_person_s_book_isn_t_there(one: Chapter, other_editor: User, as_user: Login) -> None:
    client = as_user(other_editor)
    assert client.get(url(one, "regenerate-cost")).status_code == 404
    assert client.post(url(one, "regenerate"), wish(one, "1")).status_code == 404
