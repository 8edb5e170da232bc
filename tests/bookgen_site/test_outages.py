"""Redis or the database away: what goes on all the same, and how the rest says so."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from bookgen_site.accounts.models import User
from bookgen_site.lib import limits, queue
from engine import actions
from tests.bookgen_site.test_problems import URL, checked
from tests.fakes import rows


@pytest.fixture
def no_redis(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A team's settings, and nothing that answers where Redis should be."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{closed.getsockname()[1]}"
        backend = "django.core.cache.backends.redis.RedisCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": f"{url}/2"}}
        settings.RATE_LIMIT_PER_MINUTE = settings.RATE_LIMIT_PER_KEY = 1000
        counts = limits.Redis(f"{url}/3")
        monkeypatch.setattr(limits, "_redis", lambda: counts)
        monkeypatch.setattr(queue, "_senders", {"engine.look": _refused, "notifications.live": _refused})
        with pytest.raises(Exception, match="refused"):
            cache.get("anything")
        yield


def _refused(_subject: str) -> NoReturn:
    raise ConnectionRefusedError


@pytest.mark.django_db(transaction=True)
def test_api_and_desk_go_on_without_redis(
    no_redis: None, api: Callable[..., APIClient], chief: User, client: Client
) -> None:
    made = api(chief).post(URL, {"character": "Ada Quill"}, format="json")
    assert made.status_code == 202
    assert api(chief).get(f"{URL}/{made.json()['job_id']}").status_code == 200
    chief.set_password("correct horse")
    chief.save()
    assert client.login(username=chief.username, password="correct horse")
    assert client.get("/admin/", follow=True).status_code == 200
    client.logout()
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_job_starts_without_redis(no_redis: None, chief: User) -> None:
    job = rows.with_sources(rows.job(owner=chief))
    actions.start(job=job, by=chief)
    job.refresh_from_db()
    assert job.status == "running"


@pytest.mark.django_db
def test_without_the_database_everybody_is_told_to_come_again(
    api: Callable[..., APIClient], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, browser = api(editor), Client(raise_request_exception=False)
    browser.force_login(editor)

    def away(*_query: object) -> NoReturn:
        raise OperationalError("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr(CursorWrapper, "execute", away)
    for answer in (caller.get(URL), caller.post(URL, {"character": "A"}, format="json")):
        checked(answer, 503, "unavailable")
        assert answer.headers["Retry-After"] == "5"
        assert "10.0.0.7" not in answer.content.decode()
    page = browser.get("/admin/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "10.0.0.7" not in page.content.decode()
