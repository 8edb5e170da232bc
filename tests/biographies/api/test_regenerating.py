"""Another text over HTTP: of some paragraphs, by a chosen model, and at a cost that is told before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from biographies.models import Chapter
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from engine import paragraphs
from engine.models import Unit
from tests.engine import standing
from tests.fakes import rows, works
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def url(chapter: Chapter, *rest: str) -> str:
    return "/".join(["/api/v1/biographies", str(chapter.job_id), "chapters", str(chapter.pk), *rest])


@pytest.fixture
def chapter(fake_author: FakeAuthor) -> Chapter:
    return standing.book()


def sha256(chapter: Chapter) -> str:
    assert chapter.current_revision
    return chapter.current_revision.sha256


def test_some_paragraphs_of_the_text_that_was_read(api: Api, chief: User, chapter: Chapter) -> None:
    before = paragraphs.cut(chapter.content)
    wish = {"paragraphs": [2], "sha256": sha256(chapter), "instruction": "Backwards."}
    answer = api(chief).post(url(chapter, "regenerate"), wish)
    assert (answer.status_code, answer.json()["status"]) == (202, "writing")
    works.work(chapter.job)
    told = api(chief).get(url(chapter)).json()["revision"]
    after = paragraphs.cut(told["text"])
    assert (after[0], after[2], told["paragraphs"]) == (before[0], before[2], [2])
    assert after[1] != before[1]


@pytest.mark.parametrize(
    ("wish", "status", "field"),
    [
        ({"paragraphs": [2]}, 400, "sha256"),
        ({"paragraphs": [2], "sha256": "0" * 64}, 409, ""),
        ({"sha256": "0" * 64}, 409, ""),
        ({"paragraphs": [9], "sha256": "own"}, 400, "paragraphs"),
        ({"paragraphs": [], "sha256": "own"}, 400, "paragraphs"),
        ({"paragraphs": [0], "sha256": "own"}, 400, "paragraphs.0"),
        ({"paragraphs": "2", "sha256": "own"}, 400, "paragraphs"),
        ({"paragraphs": [2] * 501, "sha256": "own"}, 400, "paragraphs"),
        ({"model": "a/b"}, 400, "model"),
        ({"sha256": "x"}, 400, "sha256"),
    ],
)
def test_what_makes_no_sense(
    api: Api, chief: User, chapter: Chapter, wish: dict[str, Any], status: int, field: str
) -> None:
    wish = {**wish, "sha256": sha256(chapter)} if wish.get("sha256") == "own" else wish
    answer = api(chief).post(url(chapter, "regenerate"), wish)
    assert answer.status_code == status
    body = answer.json()
    assert field in body["errors"] if field else body["code"] == "stale"
    assert not Unit.objects.filter(generation=1).exists()


def test_the_cost_before_it_is_asked_for(api: Api, chief: User, chapter: Chapter, settings: Settings) -> None:
    free = api(chief).get(url(chapter, "regenerate/estimate")).json()
    assert (free["micros"], free["calls"], free["writers"]) == (0, 0, [])
    settings.MODELS_BY_ROLE = dict.fromkeys(("planner", "writer", "checker"), "openai/gpt-5")
    settings.OPENROUTER_BASE_URL = "http://127.0.0.1:9/api/v1"
    model = standing.book(author="model")
    address = url(model, "regenerate/estimate")
    client = api(chief)
    one, two = (client.get(address, {"paragraphs": chosen}).json() for chosen in ("2", "1,2"))
    assert (one["calls"], two["calls"], one["writers"]) == (1, 2, ["openai/gpt-5"])
    assert 0 < one["micros"] < two["micros"]
    assert client.get(address, {"model": "openai/gpt-5"}).json()["calls"] >= 1
    for wrong in ({"paragraphs": "0"}, {"paragraphs": "1,"}, {"paragraphs": "9"}, {"model": "x"}, {"a": "1"}):
        assert client.get(address, wrong).status_code == 400


def test_who_only_reads_is_not_told(api: Api, chapter: Chapter) -> None:
    chapter.job.author_email = "ada@example.org"
    chapter.job.save()
    reader = rows.person(roles.AUTHOR, email="ada@example.org")
    assert api(reader).get(url(chapter)).status_code == 200
    assert api(reader).get(url(chapter, "regenerate/estimate")).status_code == 403
    assert api(rows.person(roles.EDITOR)).get(url(chapter, "regenerate/estimate")).status_code == 404
