"""Pages by cursor: nothing twice, nothing skipped, while rows come in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from bookgen_site.accounts.models import User
from tests.fakes import rows

pytestmark = pytest.mark.django_db
URL = "/api/v1/biographies"


def test_pages_hold_every_row_once(api: Callable[..., APIClient], editor: User) -> None:
    jobs = [rows.job(owner=editor, character=f"Person {number}") for number in range(7)]
    client, url, seen = api(editor), f"{URL}?limit=3", []
    while url:
        body = client.get(url).json()
        seen += [one["job_id"] for one in body["results"]]
        if len(seen) == 3:
            rows.job(owner=editor, character="A newcomer between two pages")
        url = body["next"]
    assert seen == [str(job.pk) for job in reversed(jobs)]


def test_the_limit_has_a_limit(api: Callable[..., APIClient], editor: User) -> None:
    for number in range(3):
        rows.job(owner=editor, character=f"Person {number}")
    client = api(editor)
    assert len(client.get(f"{URL}?limit=2").json()["results"]) == 2
    assert len(client.get(f"{URL}?limit=999999999999").json()["results"]) == 3


@pytest.mark.parametrize(
    "inside", ["p=yesterday", "p=2026-99-99", "o=-1", "o=x", "r=x", "p=\x00", "p=99999-01-01T00:00:00"]
)
def test_a_forged_cursor_is_a_problem(api: Callable[..., APIClient], editor: User, inside: str) -> None:
    cursor = base64.b64encode(inside.encode()).decode()
    answer = api(editor).get(URL, {"cursor": cursor})
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_cursor_that_is_no_base64_is_a_problem(api: Callable[..., APIClient], editor: User) -> None:
    assert api(editor).get(URL, {"cursor": "ж"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["limit=abc", "limit=", "limit=0", "limit=-1", "limit=1.5", "limt=3", "page=2"]
)
@pytest.mark.parametrize("place", ["", "/{job}/sources", "/{job}/events"])
def test_a_question_that_is_not_understood_is_an_error(
    api: Callable[..., APIClient], editor: User, query: str, place: str
) -> None:
    address = URL + place.format(job=rows.job(owner=editor).pk)
    answer = api(editor).get(f"{address}?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in json.dumps(answer.json())
