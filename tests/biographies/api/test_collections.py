"""Collections over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from tests.fakes import rows

pytestmark = pytest.mark.django_db
URL = "/api/v1/collections"
Api = Callable[..., APIClient]


def test_from_a_text_to_biographies(api: Api, editor: User) -> None:
    client = api(editor)
    made = client.post(URL, {"name": "Cartographers", "wishes": {"language": "es"}})
    assert (made.status_code, made.json()["waiting"]) == (201, 0)
    one = f"{URL}/{made.json()['id']}"
    body = client.post(f"{one}/import", {"text": "Ada Quill (1838–1912)\nBo Reed\nBo Reed"}).json()
    assert body == {"added": 2, "duplicates": [{"line": 3, "name": "Bo Reed"}], "problems": []}
    key = {"Idempotency-Key": "first"}
    taken = client.post(f"{one}/next", headers=key).json()
    assert client.post(f"{one}/next", headers=key).json() == taken
    assert (taken["job"]["character"], taken["job"]["language"]) == ("Ada Quill", "es")
    assert taken["person"]["job_id"] == taken["job"]["job_id"]
    told = client.get(one).json()
    assert (told["people"], told["waiting"]) == (2, 1)
    waiting = client.get(f"{one}/people", {"waiting": "true"}).json()["results"]
    assert [person["name"] for person in waiting] == ["Bo Reed"]
    client.delete(f"{one}/people/{waiting[0]['id']}")
    assert client.post(f"{one}/next").json()["code"] == "nobody_left"
    assert client.patch(one, {"name": "Map makers"}).json()["name"] == "Map makers"
    assert client.delete(one).status_code == 204
    assert BiographyJob.objects.count() == 1


def test_wrong_settings_are_named(api: Api, editor: User) -> None:
    client = api(editor)
    for body, field in (
        ({}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "A", "wishes": {"language": "tlh"}}, "wishes.language"),
        ({"name": "A", "wishes": []}, "wishes"),
        ({"name": "A", "owner": 1}, "owner"),
    ):
        answer = client.post(URL, body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_number_is_no_text(api: Api, editor: User) -> None:
    answer = api(editor).post(URL, {"name": 7, "description": 0.5})
    assert (answer.status_code, answer.json()["errors"].keys()) == (400, {"name", "description"})
    answer = api(editor).post("/api/v1/sources/validate", {"urls": ["https://example.org/", 7]})
    assert (answer.status_code, answer.json()["errors"].keys()) == (400, {"urls"})


def test_lists_hold_the_own_collections(api: Api, editor: User, chief: User) -> None:
    rows.collection(owner=editor)
    rows.collection()
    assert [len(api(user).get(URL).json()["results"]) for user in (editor, chief)] == [1, 2]
