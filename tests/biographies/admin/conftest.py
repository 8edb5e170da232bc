"""People for tests of the desk, and a browser that is logged in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from tests.biographies.admin.makers import person


@pytest.fixture
def editor(db: None) -> User:
    return person("edith", roles.EDITOR)


@pytest.fixture
def other_editor(db: None) -> User:
    return person("otto", roles.EDITOR)


@pytest.fixture
def chief(db: None) -> User:
    return person("clara", roles.CHIEF_EDITOR)


@pytest.fixture
def author(db: None) -> User:
    return person("anna", roles.AUTHOR, email="anna@example.org")


@pytest.fixture
def administrator(db: None) -> User:
    return person("adam", roles.ADMINISTRATOR)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which this person is logged in."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
