"""What many tests need: people, jobs, an author that takes no time, and places where nothing is left behind."""

from __future__ import annotations

import gc
import itertools
import logging
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.accounts import roles
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import User
from bookgen_site.lib import limits, queue
from engine import heartbeat, workers
from engine.models import Run
from tests import databases
from tests.fakes import emptying, moments, rows, works
from tests.fakes.author import FakeAuthor

pytest_plugins = ("tests.sharing",)


def pytest_configure(config: pytest.Config) -> None:
    """Marks of tests."""
    config.addinivalue_line("markers", "local_model: asks the model at LOCAL_MODEL_URL; takes minutes")
    config.addinivalue_line("markers", "once: says the same on every profile, so the embedded one says it")
    config.addinivalue_line(
        "markers", "long: takes many seconds, so it begins first and nothing waits for it"
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--stores-only`: what the second profile can change, and nothing else."""
    told = "only tests that use the database, the queue or the cache"
    parser.addoption("--stores-only", action="store_true", help=told)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones first; with `--stores-only`, none that never meets a store: it would say the same again.

    Tests of a real model are deselected, which the last line of the run counts, unless LOCAL_MODEL_URL names one.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not os.environ.get("LOCAL_MODEL_URL"):
        _deselect(config, items, [item for item in items if item.get_closest_marker("local_model")])
    if not config.getoption("--stores-only"):
        return
    _deselect(config, items, [item for item in items if not _meets_a_store(item)])


def pytest_collection_finish() -> None:
    """What all tests use stays; looking through it for garbage again and again took a fifth of their time."""
    gc.collect()
    gc.freeze()


def _deselect(config: pytest.Config, items: list[pytest.Item], gone: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=gone)
    items[:] = [item for item in items if item not in set(gone)]


def _meets_a_store(item: pytest.Item) -> bool:
    """Whether a test uses the database or settings of a profile; the browser's desk is embedded."""
    if item.get_closest_marker("browser") or item.get_closest_marker("once"):
        return False
    used = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(used or item.get_closest_marker("django_db")) or "bookgen_site" in str(item.path)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """In the place of pytest-django's, which migrates in every process of every run."""
    del django_test_environment, django_db_modify_db_settings
    with django_db_blocker.unblock():
        databases.set_apart()
        name = databases.open_copy()
    yield
    with django_db_blocker.unblock():
        databases.close_copy(name)


@pytest.fixture(autouse=True, scope="session")
def quick_emptying() -> Iterator[None]:
    """Tests with real transactions clean up in milliseconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.empty_after)
        yield


@pytest.fixture(autouse=True, scope="session")
def quiet_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What no test is about but its own: set once, since setting it for each took a tenth of the small ones' time."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # needs no `collectstatic`
    with override_settings(
        STATIC_ROOT=str(
            tmp_path_factory.mktemp("static")
        ),  # it is there, so WhiteNoise has nothing to warn of
        STORAGES={**django_settings.STORAGES, "staticfiles": plain},
        WHITENOISE_USE_FINDERS=False,  # every client would read hundreds of static files first
        RATE_LIMIT_PER_MINUTE=0,  # all tests come from one address
        RATE_LIMIT_PER_KEY=0,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # passwords cost nothing
        SHARED_CACHE=False,  # what ends with a transaction has its own tests
        LIBREOFFICE="",  # pages are laid out in the tests that are about it
    ):
        logging.getLogger().handlers.clear()  # pytest keeps what is logged, and shows it where a test fails
        yield


_nowhere = itertools.count()


@pytest.fixture(autouse=True)
def own_places(
    request: pytest.FixtureRequest,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Files, locks, hints and the language of a request stay in the test, in a folder that most never make."""
    translation.deactivate()
    unmade = tmp_path_factory.getbasetemp() / f"own-{os.getpid()}-{next(_nowhere)}"
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else unmade
    settings.MEDIA_ROOT = str(folder / "media")
    monkeypatch.setattr(limits, "_redis", lambda: None)  # it would remember what earlier tests did
    limits.memory.clear()
    monkeypatch.setattr(workers, "VAR_DIR", folder)
    monkeypatch.setattr(heartbeat, "_ensure_thread", lambda: None)  # leases outlast every test but its own
    monkeypatch.setattr(queue, "_senders", {})


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The hints that were put into the queue: name and subject."""
    put: list[tuple[str, str]] = []
    names = ("engine.look", "notifications.live", "notifications.deliver", "sources.prune")
    senders = {name: lambda subject, name=name: put.append((name, subject)) for name in names}
    monkeypatch.setattr(queue, "_senders", senders)
    return put


@pytest.fixture
def editor(db: None) -> User:
    """Makes books; sees the own and the shared ones."""
    return rows.person(roles.EDITOR, username=rows.fresh("editor"), email="editor@example.org")


@pytest.fixture
def chief(db: None) -> User:
    """Sees all books and approves them."""
    return rows.person(roles.CHIEF_EDITOR, username=rows.fresh("chief"))


@pytest.fixture
def writer(db: None) -> User:
    """An author in the sense of the trade: reads the own book."""
    return rows.person(roles.AUTHOR, username=rows.fresh("writer"), email="ada@example.org")


@pytest.fixture
def fake_author(monkeypatch: pytest.MonkeyPatch) -> FakeAuthor:
    """Whatever author a job asks for, it gets this one."""
    author = FakeAuthor()
    monkeypatch.setattr("engine.course.author_of", lambda _name, _caller=None: author)
    monkeypatch.setattr("engine.actions.author_of", lambda _name, _caller=None: author)
    return author


@pytest.fixture
def started(fake_author: FakeAuthor, chief: User) -> BiographyJob:
    """A running job of the chief editor with three judged sources, at its very beginning."""
    return _begun(chief)


@pytest.fixture
def reviewed(fake_author: FakeAuthor, chief: User) -> BiographyJob:
    """The same job, worked until it waits for review."""

    def reach() -> BiographyJob:
        job = _begun(chief)
        assert works.work(job) == "needs_review"
        return job

    return moments.book_at("review", chief, reach)


@pytest.fixture
def finished(fake_author: FakeAuthor, chief: User) -> BiographyJob:
    """The same job, approved by the chief editor and exported."""
    return moments.book_at("end", chief, lambda: works.finished(_begun(chief), chief))


def _begun(owner: User) -> BiographyJob:
    job = rows.with_sources(rows.job(owner=owner, status=JobStatus.RUNNING))
    Run.objects.create(job=job)
    return job


@pytest.fixture
def api() -> Callable[..., APIClient]:
    """A client that carries a key of this person, or none."""

    def client(user: User | None = None, **headers: Any) -> APIClient:
        if user is None:
            return APIClient(**headers)
        _row, plain = make_key(user=user, name="test")
        return APIClient(HTTP_X_API_KEY=plain, **headers)

    return client
