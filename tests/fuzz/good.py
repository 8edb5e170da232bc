"""A request for every operation of the API that goes through, with rows of its own that are in the right state.

The bodies are those of the matrix of rights (`tests/bookgen_site/api_matrix.py`); what a request needs beyond them
stands in `READY`. The campaign sends each of them first, so no operation is tried only with ids that lead nowhere.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

from biographies.models import BiographyJob, Chapter, Collection
from biographies.vocabulary import JobStatus, Phase
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from tests.bookgen_site.api_matrix import OBJECTS, ROWS, Row, World
from tests.fakes import rows

API: Final = "/api/v1/"
FORMAT: Final = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
Made = dict[str, Any]
Ready = Callable[[BiographyJob, Made], Made]  # may change the objects; returns what the body needs besides


def requests(user: User) -> Iterator[tuple[Row, Made]]:
    """Each row of the matrix under /api/v1/ with a request in the name of this Administrator.

    The request has `method`, `path` as the schema writes it, `path_parameters`, `query`, `headers`, `body` and
    `media_type`.
    """
    for row in ROWS:
        pattern = _addresses()[row.route]
        if pattern.startswith(API):
            yield row, _request(row, pattern, user)


def _request(row: Row, pattern: str, user: User) -> Made:
    job = rows.job(owner=user, author_email="ada@example.org")
    place = World({"editor": user}, job, job)
    objects = {name: OBJECTS[name](job) for name in re.findall(r"{(\w+)}", pattern)}
    body = row.body(place) if callable(row.body) else row.body
    more = READY[row.route, row.method](job, objects) if (row.route, row.method) in READY else {}
    body = {**(body or {}), **more} if body is not None or more else None
    return {
        "method": row.method.upper(),
        "path": pattern,
        "path_parameters": {
            name: str(value) if isinstance(value, uuid.UUID) else value for name, value in objects.items()
        },
        "query": body or {} if row.method == "get" else {},
        "headers": dict(row.headers),
        "body": None if row.method == "get" else body,
        "media_type": FORMAT[row.format],
    }


def _put(status: str, **columns: Any) -> Ready:
    """The job is in this state, with a run."""

    def ready(job: BiographyJob, _objects: Made) -> Made:
        if status == JobStatus.COMPLETED:
            columns.setdefault("completed_at", clock.now())
        BiographyJob.objects.filter(pk=job.pk).update(status=status, **columns)
        rows.run(job=job)
        return {}

    return ready


def _startable(job: BiographyJob, _objects: Made) -> Made:
    for _number in range(job.min_sources or 0):
        rows.source(job=job)
    return {}


def _with_outline(job: BiographyJob, objects: Made) -> Made:
    """A finished plan that waits for somebody."""
    BiographyJob.objects.filter(pk=job.pk).update(
        status=JobStatus.PAUSED, outline_review=True, current_phase=Phase.RESEARCH_PLANNING
    )
    rows.plan(run=rows.run(job=job), phase=Phase.RESEARCH_PLANNING, finished_at=clock.now())
    objects["chapter_id"] = rows.chapter(job=job, target_words=1000).pk
    return {"version": BiographyJob.objects.get(pk=job.pk).version}


def _outline(job: BiographyJob, objects: Made) -> Made:
    version = _with_outline(job, objects)
    chapter = {"id": objects.pop("chapter_id"), "title": "Maps", "target_words": 1000}
    return {**version, "chapters": [chapter]}


def _outline_approved(job: BiographyJob, objects: Made) -> Made:
    version = _with_outline(job, objects)
    del objects["chapter_id"]
    return version


def _retitled(job: BiographyJob, objects: Made) -> Made:
    _with_outline(job, objects)
    return {}


def _seen(job: BiographyJob, objects: Made) -> Made:
    """The text that is approved is the one that was read."""
    _put(JobStatus.NEEDS_REVIEW)(job, objects)
    text = Chapter.objects.get(pk=objects["chapter_id"]).current_revision
    assert text is not None
    return {"sha256": text.sha256}


def _approved(job: BiographyJob, objects: Made) -> Made:
    rows.written(job=job, status="approved")
    return _put(JobStatus.COMPLETED, progress=100)(job, objects)


def _found(job: BiographyJob, _objects: Made) -> Made:
    job.sources.update(valid=True, text="Ada Quill was born in Leith.")
    return {}


def _waiting(_job: BiographyJob, objects: Made) -> Made:
    """Somebody of that list."""
    parent = Collection.objects.get(pk=objects["collection_id"])
    one = rows.collected(collection=parent)
    if "person_id" in objects:
        objects["person_id"] = one.pk
    return {}


READY: Final[dict[tuple[str, str], Ready]] = {
    ("api-outline", "put"): _outline,
    ("api-outline-approve", "post"): _outline_approved,
    ("api-chapter", "patch"): _retitled,
    ("api-start", "post"): _startable,
    ("api-pause", "post"): _put(JobStatus.RUNNING),
    ("api-resume", "post"): _put(JobStatus.PAUSED),
    ("api-retry", "post"): _put(JobStatus.FAILED, error_message="It failed."),
    ("api-archive", "post"): _put(JobStatus.CANCELLED),
    ("api-unarchive", "post"): _put(JobStatus.CANCELLED, archived_at=clock.now()),
    ("api-export", "post"): _approved,
    ("api-exports", "post"): _approved,
    ("api-draft", "post"): _put(JobStatus.NEEDS_REVIEW),
    ("api-approve", "post"): _seen,
    ("api-regenerate", "post"): _put(JobStatus.NEEDS_REVIEW),
    ("api-suggestions", "patch"): _found,
    ("api-suggestion", "patch"): _found,
    ("api-collection-next", "post"): _waiting,
    ("api-person", "patch"): _waiting,
    ("api-person", "delete"): _waiting,
}


def _addresses() -> dict[str, str]:
    """The path of every named address, with its parameters as the schema writes them."""
    return {
        one.name: "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path) for path, one in _patterns() if one.name
    }


def _patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, path)
        else:
            yield path, one
