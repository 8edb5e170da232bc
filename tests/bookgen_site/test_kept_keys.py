"""A key that is kept in memory for some seconds is dead everywhere the moment a right changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from bookgen_site.accounts import kept_keys, roles
from bookgen_site.accounts.kept_keys import PEOPLE, present_key, rights_changed
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import ApiKey, User
from bookgen_site.lib import clock, marks
from tests.fakes import rows

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]
Commits = DjangoCaptureOnCommitCallbacks


@pytest.fixture(autouse=True)
def shared_cache(settings: Settings) -> Iterator[None]:
    settings.SHARED_CACHE = True
    cache.clear()
    kept_keys.forget()
    yield
    cache.clear()
    kept_keys.forget()


def mark() -> str:
    return marks.look(PEOPLE)[PEOPLE].mark


def test_a_program_that_asks_again_costs_no_query(chief: User, django_assert_num_queries: Queries) -> None:
    row, plain = make_key(user=chief, name="script")
    first = present_key(plain, mark())
    with django_assert_num_queries(0):
        again = present_key(plain, mark())
        assert again is not None
        assert again.user.sees_all_jobs
    assert first == again == row
    assert again is not first  # what a request does to its person stays in that request
    assert again.user is not first.user


def test_a_change_is_seen_at_the_next_request(
    chief: User, django_capture_on_commit_callbacks: Commits
) -> None:
    _row, plain = make_key(user=chief, name="script")
    assert present_key(plain, mark()) is not None
    ApiKey.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        rights_changed()
    assert present_key(plain, mark()) is None


def test_without_a_shared_cache_nothing_is_kept(chief: User) -> None:
    _row, plain = make_key(user=chief, name="script")
    assert present_key(plain, "") is not None
    ApiKey.objects.all().delete()
    assert present_key(plain, "") is None


def test_what_other_hands_change_is_seen_after_some_seconds(
    chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, plain = make_key(user=chief, name="script")
    assert present_key(plain, mark()) is not None
    ApiKey.objects.all().delete()
    later = clock.monotonic() + kept_keys.KEPT_SECONDS
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    assert present_key(plain, mark()) is None


def test_a_kept_key_expires_to_the_second(chief: User, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = clock.now() + dt.timedelta(hours=1)
    _row, plain = make_key(user=chief, name="script", expires_at=soon)
    assert present_key(plain, mark()) is not None
    monkeypatch.setattr(clock, "now", lambda: soon)
    assert present_key(plain, mark()) is None


def test_its_use_is_noted_once_although_it_is_kept(chief: User, django_assert_num_queries: Queries) -> None:
    row, plain = make_key(user=chief, name="script")
    present_key(plain, mark())
    row.refresh_from_db()
    assert row.last_used_at is not None
    with django_assert_num_queries(0):
        present_key(plain, mark())


def test_memory_holds_no_more_than_so_many(chief: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_keys, "MOST", 2)
    for _number in range(5):
        _row, plain = make_key(user=chief, name="script", scopes="read")
        present_key(plain, mark())
    assert len(kept_keys._kept) <= 2


def status(client: APIClient, job: object) -> int:
    return int(client.get(f"/api/v1/biographies/{job}/status").status_code)


def test_who_asks_again_for_a_status_asks_no_database(api: Callable[..., APIClient], chief: User) -> None:
    job, client = rows.job(), api(chief)
    assert status(client, job.pk) == 200
    with CaptureQueriesContext(connection) as asked:
        assert status(client, job.pk) == 200
    assert not asked.captured_queries


def test_a_key_revoked_on_the_desk_is_refused_at_once(
    api: Callable[..., APIClient], chief: User, django_capture_on_commit_callbacks: Commits
) -> None:
    job, client, desk = rows.job(), api(chief), Client()
    assert status(client, job.pk) == 200
    User.objects.update(is_staff=True)
    desk.force_login(chief)
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("admin:accounts_apikey_delete", args=[ApiKey.objects.get().pk])
        desk.post(address, {"post": "yes"})
    assert not ApiKey.objects.exists()
    assert status(client, job.pk) == 401


@pytest.mark.parametrize(("change", "told"), [({"is_active": ""}, 401), ({"groups": [roles.EDITOR]}, 404)])
def test_a_right_taken_away_on_the_desk_is_gone_at_once(
    api: Callable[..., APIClient],
    chief: User,
    change: dict[str, Any],
    told: int,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    job, client, desk = rows.job(), api(chief), Client()
    assert status(client, job.pk) == 200
    desk.force_login(rows.person(roles.ADMINISTRATOR, username="admin", is_staff=True))
    named = change.get("groups", [roles.CHIEF_EDITOR])
    form = {
        "username": chief.username,
        "is_active": "on",
        "is_staff": "on",
        **change,
        "groups": list(Group.objects.filter(name__in=named).values_list("pk", flat=True)),
    }
    form = {name: value for name, value in form.items() if value != ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("admin:accounts_user_change", args=[chief.pk]), form)
    assert answer.headers.get("Location", "").endswith("/user/"), answer.context["adminform"].form.errors
    assert status(client, job.pk) == told
