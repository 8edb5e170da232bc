"""Every cell of the desk's matrix of rights: each address with each person, on a book of theirs and on others'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import ApiKey, User
from bookgen_site.lib import store
from notifications.models import AuditEntry
from tests.biographies.admin.desk_matrix import (
    COMMON,
    LISTS,
    OBJECTS,
    OWN,
    READS,
    STAFF,
    TABS,
    Listed,
    Row,
    World,
    world,
)

pytestmark = pytest.mark.long

REFUSED = {403, 404}
GONE = "/admin/"  # where Django sends those for whom a row of a list isn't there
PARTS = ("changelist", "add", "history", "delete", "change")


def _patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, route)
        elif route.startswith("admin/"):
            yield route, one


# What the tabs of a book may be narrowed by.
NARROWED = {
    "severity": "warning",
    "check": "length",
    "state": "open",
    "show": "all",
    "page": "1",
    "before": "99",
}
PATTERNS = dict(_patterns())
DESK = {str(one.name): one for route, one in PATTERNS.items() if route.startswith("admin/books/")}
UNFOLD = {str(one.name or "") for route, one in PATTERNS.items() if not route.startswith("admin/books/")}


def test_every_address_of_the_desk_has_its_row() -> None:
    assert {row.route for row in OWN} == set(DESK)
    listed = {f"{one.model}_{part}" for one in LISTS for part in PARTS}
    assert listed | COMMON == UNFOLD
    assert len(LISTS) == len(admin.site._registry)


def _client(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _asked(client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
    return getattr(client, method)(path, body)


def _reached(answer: Any) -> bool:
    """Whether the person got through: an answer, or a way on that isn't the login or Django's "not there"."""
    if answer.status_code == 302:
        return "/login/" not in answer["Location"] and answer["Location"] != GONE
    return answer.status_code not in REFUSED


def _cell(row: Row, place: World, who: str, client: Client) -> None:
    names = DESK[row.route].pattern.converters
    with transaction.atomic():
        row.prepare(place.job)
        path = reverse(
            f"desk:{row.route}",
            kwargs={name: row.names.get(name) or OBJECTS[name](place.job) for name in names},
        )
        body = row.body(place.job)
        before = AuditEntry.objects.filter(action=row.audit).count()
        answer = _asked(client, row.method, path, body)
        done = AuditEntry.objects.filter(action=row.audit).count() > before
        transaction.set_rollback(True)
    cell = (row.route, row.method, who, answer.status_code)
    assert _reached(answer) == (who in (row.sees or row.may)), cell
    if row.audit:
        assert done == (who in row.may), cell


def _world() -> World:
    """The book with its file."""
    place = world()
    export = place.job.exports.all()[0]
    export.blob = store.put(b"a book")
    export.save()
    return place


@pytest.mark.django_db
@pytest.mark.once
def test_every_page_and_button_of_the_desk() -> None:
    place = _world()
    for who in place.people.keys() - {"administrator"}:
        client = _client(place.people[who])
        for row in OWN:
            _cell(row, place, who, client)


@pytest.mark.django_db
def test_the_administrator_reaches_every_page_and_button() -> None:
    """On every profile: the other tests of these pages leave it to this one that their queries work on each."""
    place = _world()
    client = _client(place.people["administrator"])
    for row in OWN:
        _cell(row, place, "administrator", client)
    for tab in TABS:
        path = reverse(f"desk:{tab}", args=[place.job.pk])
        assert client.get(path, NARROWED).status_code == 200, tab


def _row_of(one: Listed, place: World) -> Any:
    if one.model != "accounts_apikey":
        return one.row(place)
    make_key(user=place.owner, name="Zenobia's script")
    return ApiKey.objects.get()


def _list_cells(one: Listed, client: Client, who: str, row: Any) -> None:
    opened = client.get(reverse(f"admin:{one.model}_changelist"))
    assert _reached(opened) == (who in one.opens), (one.model, "list", who)
    added = client.get(reverse(f"admin:{one.model}_add"))
    assert _reached(added) == (who in one.adds), (one.model, "add", who)
    if row is None:
        return
    sees = who in one.sees
    if who in one.opens:
        assert (row in opened.context["cl"].result_list) == sees, (one.model, "rows", who)
        if one.search:
            found = client.get(reverse(f"admin:{one.model}_changelist"), {"q": one.search})
            assert (row in found.context["cl"].result_list) == sees, (one.model, "search", who)
    for part, may in (("change", one.sees), ("history", one.sees), ("delete", one.deletes)):
        answer = client.get(reverse(f"admin:{one.model}_{part}", args=[row.pk]))
        assert _reached(answer) == (who in may), (one.model, part, who, answer.status_code)
    _changes(one, client, row, who)


def _changes(one: Listed, client: Client, row: Any, who: str) -> None:
    with transaction.atomic():
        answer = client.post(reverse(f"admin:{one.model}_change", args=[row.pk]), {})
        assert _reached(answer) == (who in one.changes), (one.model, "post", who, answer.status_code)
        client.post(reverse(f"admin:{one.model}_delete", args=[row.pk]), {"post": "yes"})
        gone = not type(row).objects.filter(pk=row.pk).exists()
        transaction.set_rollback(True)
    assert gone == (who in one.deletes), (one.model, "deleted", who)


@pytest.mark.django_db
@pytest.mark.once
def test_every_list_and_its_pages() -> None:
    place = world()
    clients = {who: _client(place.people[who]) for who in place.people.keys() - {"administrator"}}
    for one in LISTS:
        row = _row_of(one, place)
        for who, client in clients.items():
            _list_cells(one, client, who, row)


@pytest.mark.django_db
def test_the_administrator_reaches_every_list_with_its_filters_and_orders() -> None:
    """On every profile, for the same reason."""
    place = world()
    client = _client(place.people["administrator"])
    for one in LISTS:
        _list_cells(one, client, "administrator", _row_of(one, place))
        _filters(client, reverse(f"admin:{one.model}_changelist"))


def _filters(client: Client, path: str) -> None:
    opened = client.get(path).context["cl"]
    asked = {
        str(choice["query_string"]) for spec in opened.filter_specs for choice in _last(spec.choices(opened))
    }
    orders = ".".join(map(str, range(len(opened.list_display))))
    for query in (*sorted(asked), f"?o={orders}"):
        answer = client.get(path + query)
        assert answer.status_code == 200, (path, query)


def _last(choices: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last choice of a filter that narrows the list; those with fields of their own have none."""
    return [choice for choice in choices if choice.get("query_string", "?") != "?"][-1:]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), [("source", "job"), ("fact", "job"), ("fact", "chapter")])
def test_autocomplete_names_no_book_of_others(model: str, field: str) -> None:
    place = world()
    asked = {"app_label": "sources", "model_name": model, "field_name": field, "term": "Zenobia"}
    for who, user in place.people.items():
        answer = _client(user).get(reverse("admin:autocomplete"), asked)
        named = b"Zenobia" in answer.content.replace(b"term=Zenobia", b"")
        if field == "job":
            assert named == (who in READS), who
        else:
            assert not named, who  # chapters have no list of their own, so none are offered


@pytest.mark.django_db
def test_the_search_of_the_sidebar_names_no_rows() -> None:
    place = world()
    for who in place.people:
        answer = _client(place.people[who]).get(reverse("admin:search"), {"s": "zenobia", "extended": "1"})
        assert b"Zenobia" not in answer.content, who
        assert (answer.status_code == 200) == (who in STAFF), who
