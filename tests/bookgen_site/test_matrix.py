"""Every cell of the matrix of rights: each address and method, with each person, scope and object."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.test import APIClient

from bookgen_site.accounts import scopes
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import User
from bookgen_site.lib import limits
from tests.bookgen_site.api_matrix import BY_THEMSELVES, OBJECTS, ROWS, Right, Row, World, world

pytestmark = pytest.mark.long

FORM = "application/x-www-form-urlencoded"
ROOTS = ("api/", "health", "metrics")  # everything that isn't a page of the desk
METHODS = ("get", "post", "put", "patch", "delete")
CHILDREN = [row for row in ROWS if row.right.value]


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All addresses with their patterns, the API's and those of watchdogs."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        elif route.startswith(ROOTS):
            yield route, one


ROUTES = {pattern.name or f"{route} has no name": pattern for route, pattern in patterns()}


def methods(pattern: URLPattern) -> set[str]:
    """What the view answers to; a plain function answers to reading."""
    view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
    return {method for method in METHODS if hasattr(view, method)} if view else {"get"}


def test_every_address_and_method_has_its_row() -> None:
    there = {(name, method) for name, pattern in ROUTES.items() for method in methods(pattern)}
    told = [(row.route, row.method) for row in ROWS]
    assert there == set(told)
    assert len(told) == len(set(told))


def address(row: Row, objects: dict[str, Any]) -> str:
    names = ROUTES[row.route].pattern.converters
    return reverse(row.route, kwargs={name: objects[name] for name in names})


def made(row: Row, place: World) -> dict[str, Any]:
    """The objects of the job that the row's address names."""
    return {name: OBJECTS[name](place.job) for name in ROUTES[row.route].pattern.converters}


def asked(row: Row, client: APIClient, path: str, body: Any) -> HttpResponseBase:
    """The answer; what the request wrote is undone."""
    with transaction.atomic():
        more: dict[str, Any] = {"headers": dict(row.headers)}
        if row.format == "form":
            answer = client.generic(row.method.upper(), path, urlencode(body), FORM, **more)
        elif row.format == "multipart":
            body["file"].seek(0)
            answer = client.post(path, body, format="multipart", **more)
        else:
            answer = getattr(client, row.method)(path, *(() if body is None else (body,)), **more)
        transaction.set_rollback(True)
    return answer


def keyed(user: User | None, given: str = scopes.EVERYTHING) -> APIClient:
    if user is None:
        return APIClient()
    return APIClient(HTTP_X_API_KEY=make_key(user=user, name="matrix", scopes=given)[1])


def wrong(row: Row, answer: Any, refusal: int | None) -> str:
    """What is wrong with this answer; nothing when the cell is as it should be."""
    status = answer.status_code
    if refusal is None:
        return "" if status in row.statuses else f"passes, but got {status}"
    problem = answer.headers["Content-Type"] == "application/problem+json"
    return "" if status == refusal and problem else f"{refusal}, but got {status}"


def each(rows: Iterable[Row], wrongs: Callable[[Row, World], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is wrong with the cells of each row, on one world: what a row writes is undone."""
    place, found = world(), {}
    for row in rows:
        limits.memory.clear()
        with transaction.atomic():
            found[str(row)] = wrongs(row, copy.deepcopy(place))
            transaction.set_rollback(True)
    return {name: cells for name, cells in found.items() if cells}


def body_of(row: Row, place: World) -> Any:
    """What is sent to the row's address."""
    return row.body(place) if callable(row.body) else row.body


def _persons(row: Row, place: World) -> dict[str, str]:
    path, body = address(row, made(row, place)), body_of(row, place)
    cells = {
        who: wrong(row, asked(row, keyed(user), path, body), row.right.value.get(who))
        for who, user in place.people.items()
        if row.right is not Right.OPEN or who in {"stranger", "nobody"}  # nobody is asked there who it is
    }
    return {who: told for who, told in cells.items() if told}


@pytest.mark.django_db
@pytest.mark.once
def test_persons() -> None:
    assert each(ROWS, _persons) == {}


def _scopes(row: Row, place: World) -> dict[str, str]:
    body, administrator = body_of(row, place), place.people["administrator"]
    path = address(row, made(row, place))
    others = " ".join(scope for scope in scopes.ALL if scope != row.needed)
    refused: Any = asked(row, keyed(administrator, others), path, body)
    cells = {
        "others": wrong(row, refused, 403),
        "told": "" if refused.json().get("code") == "insufficient_scope" else "another code",
        "its own": wrong(row, asked(row, keyed(administrator, row.needed), path, body), None),
    }
    return {scope: told for scope, told in cells.items() if told}


@pytest.mark.django_db
@pytest.mark.once
def test_scopes() -> None:
    """The Administrator may everything; a key of theirs may what it was made for."""
    assert each([row for row in CHILDREN if row.right is not Right.CLOSED], _scopes) == {}


def _foreign(row: Row, place: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address with one object of another job, or of none, at each of its places."""
    objects = made(row, place)
    for name in objects.keys() - BY_THEMSELVES:
        there = uuid.uuid4() if name == "job_id" else OBJECTS[name](place.other)
        if objects[name] != there:  # numbers within a job may be the same
            yield name, objects | {name: there}


def _elsewhere(row: Row, place: World) -> dict[str, int]:
    body, client = body_of(row, place), keyed(place.people["administrator"])
    found = {
        name: asked(row, client, address(row, objects), body).status_code
        for name, objects in _foreign(row, place)
    }
    return {name: status for name, status in found.items() if status != 404}


@pytest.mark.django_db
@pytest.mark.once
def test_objects_of_another_job() -> None:
    assert each([row for row in ROWS if ROUTES[row.route].pattern.converters], _elsewhere) == {}


@pytest.mark.django_db
def test_a_list_holds_only_what_the_person_sees(api: Callable[..., APIClient]) -> None:
    place = world()
    seen = {
        who: len(keyed(user).get("/api/v1/biographies").json()["results"])
        for who, user in place.people.items()
        if user is not None
    }
    none = dict.fromkeys(("nobody", "author elsewhere", "editor elsewhere"), 0)
    one = dict.fromkeys(("author", "editor", "shared editor"), 1)
    assert seen == none | one | dict.fromkeys(("chief", "administrator"), 2)
