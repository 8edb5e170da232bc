"""Every address of the API with every role: who may, who may not, and for whom it doesn't exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import get_resolver
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from tests.fakes import rows

pytestmark = pytest.mark.django_db

PEOPLE = ("stranger", "nobody", "other_editor", "writer", "owner", "chief", "administrator")
READS = {"stranger": 401, "nobody": 404, "other_editor": 404, "writer": 200, "owner": 200}
# What an action answers to those who may: any status that isn't a refusal of the person.
STEERS = {"stranger": 401, "nobody": 404, "other_editor": 404, "writer": 403}
APPROVES = STEERS | {"owner": 403}
ALL = {"stranger": 401}
ENDPOINTS: dict[str, tuple[str, str, dict[str, int]]] = {
    # name: method, path below /api/v1/, refusals by person
    "api-status": ("get", "status", ALL),
    "api-biographies": ("get", "biographies", ALL),
    "order": ("post", "biographies", {"stranger": 401, "nobody": 403, "writer": 403}),
    "api-biography": ("get", "biographies/{job}", READS),
    "api-biography-status": ("get", "biographies/{job}/status", READS),
    "api-chapters": ("get", "biographies/{job}/chapters", READS),
    "api-chapter": ("get", "biographies/{job}/chapters/{chapter}", READS),
    "api-sources": ("get", "biographies/{job}/sources", READS),
    "api-suggestions": ("get", "biographies/{job}/suggestions", READS),
    "decide several": ("patch", "biographies/{job}/suggestions", STEERS),
    "api-suggestion": ("patch", "biographies/{job}/suggestions/{number}", STEERS),
    "api-exports": ("get", "biographies/{job}/exports", READS),
    "api-download": ("get", "biographies/{job}/exports/{export}/download", READS),
    "api-events": ("get", "biographies/{job}/events", READS),
    "add sources": ("post", "biographies/{job}/sources", STEERS),
    "api-start": ("post", "biographies/{job}/start", STEERS),
    "api-pause": ("post", "biographies/{job}/pause", STEERS),
    "api-resume": ("post", "biographies/{job}/resume", STEERS),
    "api-cancel": ("post", "biographies/{job}/cancel", STEERS),
    "api-retry": ("post", "biographies/{job}/retry", STEERS),
    "api-export": ("post", "biographies/{job}/export", APPROVES),
    "api-regenerate": ("post", "biographies/{job}/chapters/{chapter}/regenerate", STEERS),
    "api-regenerate-estimate": (
        "get",
        "biographies/{job}/chapters/{chapter}/regenerate/estimate",
        STEERS,
    ),
    "api-approve": ("post", "biographies/{job}/chapters/{chapter}/approve", APPROVES),
}
BODIES = {
    "order": {"character": "Ada Quill"},
    "decide several": {"decision": "accepted", "numbers": [1]},
    "api-suggestion": {"decision": "declined"},
    "add sources": {"urls": ["https://example.org/1"]},
    "api-approve": {"sha256": "0" * 64},
}


@pytest.fixture
def people(editor: User, writer: User, chief: User) -> dict[str, User | None]:
    return {
        "stranger": None,
        "nobody": rows.person(),
        "other_editor": rows.person(roles.EDITOR),
        "writer": writer,
        "owner": editor,
        "chief": chief,
        "administrator": rows.person(roles.ADMINISTRATOR),
    }


@pytest.fixture
def book(editor: User, writer: User) -> BiographyJob:
    return rows.job(owner=editor, author_email=writer.email)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_who_may(
    api: Callable[..., APIClient], people: dict[str, User | None], book: BiographyJob, name: str, who: str
) -> None:
    chapter, export = rows.written(job=book), rows.export(job=book, blob=store.put(b"x"))
    number = rows.source(job=book, found="finder", decision="suggested").number
    method, path, refusals = ENDPOINTS[name]
    names = {"job": book.pk, "chapter": chapter.pk, "export": export.pk, "number": number}
    address = "/api/v1/" + path.format(**names)
    client = api(people[who])
    answer = getattr(client, method)(address, BODIES.get(name, {}))
    if who in refusals and refusals[who] != 200:
        assert answer.status_code == refusals[who], answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"
    else:
        allowed = {200} if method == "get" else {200, 201, 202, 409}
        assert answer.status_code in allowed, answer.content


def test_every_address_is_in_the_table() -> None:
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str) and key.startswith("api-")}
    assert names == {name for name in ENDPOINTS if name.startswith("api-")}


def test_a_list_holds_only_what_the_person_sees(
    api: Callable[..., APIClient], people: dict[str, User | None], book: BiographyJob
) -> None:
    rows.job(character="foreign")
    seen = {
        who: len(api(user).get("/api/v1/biographies").json()["results"])
        for who, user in people.items()
        if user is not None
    }
    assert seen == {"nobody": 0, "other_editor": 0, "writer": 1, "owner": 1, "chief": 2, "administrator": 2}
