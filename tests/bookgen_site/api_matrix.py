"""Who may do what over HTTP: one row for every method of every address.

`test_matrix.py` tries each row with each person, with keys of other scopes, and with the objects of another job; an
address or method without a row fails it. To add a row: the name of the address, the method, who may (`Right`), and,
where the request needs one, a body that goes through. An object that addresses name (`<int:comment_id>`) gets a
maker in `OBJECTS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from biographies.file_links import token_of
from biographies.models import BiographyJob
from bookgen_site.accounts import roles, scopes, tokens
from bookgen_site.accounts.models import User
from bookgen_site.accounts.oauth import make_client
from bookgen_site.lib import store
from tests.fakes import rows
from tests.fakes.pictures import drawing

PASSWORD: Final = "a long enough password"


@dataclass(frozen=True)
class World:
    """A job with its people, and another job of strangers."""

    people: Mapping[str, User | None]
    job: BiographyJob
    other: BiographyJob


def world() -> World:
    """The people of the columns: each stands in one relation to the job."""
    owner, shared, writer = rows.person(roles.EDITOR), rows.person(roles.EDITOR), rows.person(roles.AUTHOR)
    writer.email = f"{writer.username}@example.org"
    writer.save()
    job = rows.job(owner=owner, author_email=writer.email)
    job.shared_with.add(shared)
    elsewhere = rows.person(roles.AUTHOR, email="elsewhere@example.org")
    people = {
        "stranger": None,
        "nobody": rows.person(),
        "author": writer,
        "author elsewhere": elsewhere,
        "editor elsewhere": rows.person(roles.EDITOR),
        "editor": owner,
        "shared editor": shared,
        "chief": rows.person(roles.CHIEF_EDITOR),
        "administrator": rows.person(roles.ADMINISTRATOR),
    }
    return World(people, job, rows.job())


# What an address names, made for a job.
OBJECTS: Final[dict[str, Callable[[BiographyJob], Any]]] = {
    "job_id": lambda job: job.pk,
    "chapter_id": lambda job: rows.written(job=job).pk,
    "export_id": lambda job: rows.export(job=job, blob=store.put(b"x")).pk,
    "image_id": lambda job: rows.image(job=job, blob=store.put(b"x")).pk,
    "comment_id": lambda job: (
        rows.comment(revision=(job.chapters.last() or rows.written(job=job)).current_revision).pk
    ),
    "endpoint_id": lambda job: rows.endpoint(job_id=job.pk).pk,
    "number": lambda job: rows.source(job=job, found="finder", decision="suggested").number,
    "finding_id": lambda job: rows.finding(job=job).pk,
    "collection_id": lambda job: rows.collection(owner=job.owner).pk,
    "person_id": lambda job: rows.collected(collection=job.owner.collections.last()).pk,
    "check_id": lambda job: rows.address_check(owner=job.owner).pk,
    "token": lambda job: token_of(rows.export(job=job, blob=store.put(b"x")), dt.timedelta(hours=1))[0],
}
# They stand by themselves: no job holds them, so there is none of another job.
BY_THEMSELVES: Final = frozenset({"collection_id", "check_id", "endpoint_id", "token"})

_STRANGER: Final = {"stranger": 401}
_SEES: Final = _STRANGER | {"nobody": 404, "author elsewhere": 404, "editor elsewhere": 404}
_WORKS: Final = _SEES | {"author": 403}
_ALL: Final = (
    *("stranger", "nobody", "author", "author elsewhere", "editor elsewhere", "editor", "shared editor"),
    *("chief", "administrator"),
)


class Right(Enum):
    """Who may: the status by which each of the others is refused."""

    OPEN = dict[str, int]()  # everybody, without saying who
    CLOSED = dict.fromkeys(_ALL, 403)  # no person: programs with a token of their own
    LOGGED_IN = _STRANGER
    MAKES_BOOKS = _STRANGER | {"nobody": 403, "author": 403, "author elsewhere": 403}
    SEES_IT = _SEES
    WORKS_ON_IT = _WORKS
    DELETES_IT = _WORKS | {"shared editor": 403}
    OWNS_IT = _SEES | {"author": 404, "shared editor": 404}  # no book, but a list of the editor's own
    KEEPS_IT = _SEES | {"author": 404}  # an address that isn't there for those who may not work with it
    APPROVES_IT = _WORKS | {"editor": 403, "shared editor": 403}
    SEES_ALL = dict.fromkeys(_ALL[1:-2], 403) | _STRANGER
    ADMINISTERS = dict.fromkeys(_ALL[1:-1], 403) | _STRANGER


@dataclass(frozen=True)
class Row:
    """One method of one address. `passes` are the statuses that show that the person wasn't refused."""

    route: str
    method: str
    right: Right
    body: Callable[[World], Any] | Mapping[str, Any] | None = None
    passes: frozenset[int] = field(default=frozenset())
    scope: str = ""  # of a key: by the method, unless it's named here
    format: str = "json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def statuses(self) -> frozenset[int]:
        """Reading must succeed; an action may find the job in another state."""
        return self.passes or frozenset({200} if self.method == "get" else {200, 201, 202, 204, 409})

    @property
    def needed(self) -> str:
        """The scope that a key must have."""
        return self.scope or (scopes.READ if self.method == "get" else scopes.WRITE)

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def _login(place: World) -> dict[str, str]:
    user = place.people["editor"]
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    return {"username": user.username, "password": PASSWORD}


def _refresh(place: World) -> dict[str, str]:
    user = place.people["editor"]
    assert user is not None
    return {"refresh": tokens.open_family(user=user).refresh}


def _client(place: World) -> dict[str, str]:
    user = place.people["editor"]
    assert user is not None
    client, secret = make_client(user=user, name="a program", scopes=scopes.READ)
    return {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}


def _decision(place: World) -> dict[str, Any]:
    return {"decision": "accepted", "numbers": [OBJECTS["number"](place.job)]}


def _new_image(_place: World) -> dict[str, Any]:
    words = {"place": "opening", "chapter": 1, "alt": "A harbour", "rights": "in the public domain"}
    return {**words, "file": SimpleUploadedFile("harbour.png", drawing())}


ROWS: Final = (
    # the installation
    Row("health", "get", Right.OPEN),
    Row("ready", "get", Right.OPEN),
    Row("prometheus", "get", Right.CLOSED),
    Row("schema", "get", Right.OPEN),
    Row("docs", "get", Right.OPEN),
    Row("redoc", "get", Right.OPEN),
    Row("api-status", "get", Right.OPEN),
    Row("api-metrics", "get", Right.SEES_ALL, scope=scopes.ADMIN),
    # tokens
    Row("api-token", "post", Right.OPEN, _login),
    Row("api-token-refresh", "post", Right.OPEN, _refresh),
    Row("api-token-revoke", "post", Right.OPEN, _refresh),
    Row("api-oauth-token", "post", Right.OPEN, _client, format="form"),
    Row(
        "api-oauth-revoke", "post", Right.OPEN, lambda place: {**_client(place), "token": "x"}, format="form"
    ),
    # books
    Row("api-biographies", "get", Right.LOGGED_IN),
    Row("api-biographies", "post", Right.MAKES_BOOKS, {"character": "Ada Quill"}),
    Row("api-biography", "get", Right.SEES_IT),
    Row("api-biography", "patch", Right.WORKS_ON_IT, {"description": "A cartographer."}),
    Row("api-biography", "delete", Right.DELETES_IT),
    Row("api-biography-status", "get", Right.SEES_IT),
    Row("api-estimate", "get", Right.WORKS_ON_IT),
    Row("api-cost", "get", Right.WORKS_ON_IT),
    Row("api-logs", "get", Right.WORKS_ON_IT),
    Row("api-outline", "get", Right.SEES_IT),
    Row(
        "api-outline",
        "put",
        Right.WORKS_ON_IT,
        {"version": 1, "chapters": [{"id": 1, "title": "Maps", "target_words": 100}]},
    ),
    Row("api-outline-approve", "post", Right.WORKS_ON_IT, {"version": 1}),
    Row("api-findings", "get", Right.SEES_IT),
    Row("api-finding", "patch", Right.WORKS_ON_IT, {"status": "resolved"}),
    Row("api-start", "post", Right.WORKS_ON_IT),
    Row("api-pause", "post", Right.WORKS_ON_IT),
    Row("api-resume", "post", Right.WORKS_ON_IT),
    Row("api-cancel", "post", Right.WORKS_ON_IT),
    Row("api-retry", "post", Right.WORKS_ON_IT),
    Row("api-archive", "post", Right.WORKS_ON_IT),
    Row("api-unarchive", "post", Right.WORKS_ON_IT),
    Row("api-export", "post", Right.APPROVES_IT, scope=scopes.APPROVE),
    Row("api-draft", "post", Right.WORKS_ON_IT),
    Row("api-events", "get", Right.SEES_IT),
    # chapters
    Row("api-chapters", "get", Right.SEES_IT),
    Row("api-chapter", "get", Right.SEES_IT),
    Row("api-approve", "post", Right.APPROVES_IT, {"sha256": "0" * 64}, scope=scopes.APPROVE),
    Row("api-regenerate", "post", Right.WORKS_ON_IT, {}),
    Row("api-chapter", "patch", Right.WORKS_ON_IT, {"title": "Maps"}, headers={"If-Match": '"v1"'}),
    Row("api-regenerate-estimate", "get", Right.WORKS_ON_IT),
    Row("api-request-changes", "post", Right.WORKS_ON_IT, {"reason": "It is dull."}),
    Row("api-revisions", "get", Right.SEES_IT),
    Row("api-revision", "get", Right.SEES_IT),
    Row("api-compare", "get", Right.SEES_IT, {"from": 1, "to": 1}),
    Row("api-citations", "get", Right.SEES_IT),
    Row("api-chapter-findings", "get", Right.SEES_IT),
    Row("api-comments", "get", Right.SEES_IT),
    Row("api-comments", "post", Right.SEES_IT, {"text": "Is this so?"}),
    Row("api-comment-resolve", "post", Right.WORKS_ON_IT),
    # files
    Row("api-exports", "post", Right.APPROVES_IT, {"formats": ["docx"]}, scope=scopes.APPROVE),
    Row("api-link", "post", Right.SEES_IT, {"hours": 1}),
    Row("api-links", "delete", Right.WORKS_ON_IT),
    Row("api-linked-file", "get", Right.OPEN),
    Row("api-exports", "get", Right.SEES_IT),
    Row("api-download", "get", Right.SEES_IT),
    # images
    Row("api-images", "get", Right.SEES_IT),
    Row("api-images", "post", Right.WORKS_ON_IT, _new_image, format="multipart"),
    Row("api-image", "patch", Right.WORKS_ON_IT, {"caption": "The harbour."}),
    Row("api-image", "delete", Right.WORKS_ON_IT),
    Row("api-image-file", "get", Right.SEES_IT),
    # sources
    Row("api-sources", "get", Right.SEES_IT),
    Row("api-sources", "post", Right.WORKS_ON_IT, {"urls": ["https://example.org/1"]}),
    Row("api-suggestions", "get", Right.SEES_IT),
    Row("api-suggestions", "patch", Right.WORKS_ON_IT, _decision),
    Row("api-suggestion", "patch", Right.WORKS_ON_IT, {"decision": "declined"}),
    Row("api-source", "get", Right.SEES_IT),
    Row("api-source", "patch", Right.WORKS_ON_IT, {"title": "Letters"}),
    Row("api-source", "delete", Right.WORKS_ON_IT),
    Row("api-facts", "get", Right.SEES_IT),
    Row("api-timeline", "get", Right.SEES_IT),
    Row("api-validate", "post", Right.MAKES_BOOKS, {"urls": ["ftp://example.org/"]}),
    Row("api-validations", "get", Right.LOGGED_IN),
    Row("api-validations", "post", Right.MAKES_BOOKS, {"urls": ["ftp://example.org/"]}),
    Row("api-validation", "get", Right.OWNS_IT),
    # collections
    Row("api-collections", "get", Right.LOGGED_IN),
    Row("api-collections", "post", Right.MAKES_BOOKS, {"name": "Cartographers"}),
    Row("api-collection", "get", Right.OWNS_IT),
    Row("api-collection", "patch", Right.OWNS_IT, {"name": "Pilots"}),
    Row("api-collection", "delete", Right.OWNS_IT),
    Row("api-collection-import", "post", Right.OWNS_IT, {"text": "Ada Quill"}),
    Row("api-collection-next", "post", Right.OWNS_IT),
    Row("api-people", "get", Right.OWNS_IT),
    Row("api-person", "patch", Right.OWNS_IT, {"notes": "drew maps"}),
    Row("api-person", "delete", Right.OWNS_IT),
    # live progress
    Row("api-ws-ticket", "post", Right.LOGGED_IN, scope=scopes.READ),
    # webhooks
    Row("api-webhooks", "get", Right.LOGGED_IN),
    Row("api-webhooks", "post", Right.SEES_ALL, {"url": "https://example.org/hook"}),
    Row("api-webhook", "get", Right.KEEPS_IT),
    Row("api-webhook", "patch", Right.KEEPS_IT, {"name": "mine"}),
    Row("api-webhook", "delete", Right.KEEPS_IT),
    Row("api-webhook-state", "put", Right.KEEPS_IT, {"active": False}),
    Row("api-webhook-secret", "post", Right.KEEPS_IT),
    Row("api-webhook-rotate", "post", Right.KEEPS_IT),
    Row("api-webhook-test", "post", Right.KEEPS_IT),
    Row("api-webhook-messages", "get", Right.KEEPS_IT),
    Row("api-webhook-replay", "post", Right.KEEPS_IT, {}),
)
