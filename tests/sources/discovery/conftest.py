"""The services of the finders on loopback, and the person that they are asked about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from sources.discovery.asking import asker
from sources.discovery.base import Ask, Person
from tests.fakes.services import Services, http


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    server = Services()
    settings.FINDER_URLS = server.urls()
    settings.FETCH_ALLOWED_HOSTS = [server.place]
    yield server
    server.close()


@pytest.fixture
def ask() -> Ask:
    return asker(http, lambda _seconds: None)


@pytest.fixture
def douglass() -> Person:
    return Person("Frederick Douglass", "American abolitionist, orator and writer", "en")
