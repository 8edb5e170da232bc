"""API keys: shown once, found by their hash, dead when they expire or their owner leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from bookgen_site.accounts import roles
from bookgen_site.accounts.keys import find_key, make_key, mark_used
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from tests.fakes import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "superuser", "known"),
    [
        ((), False, set()),
        ((roles.EDITOR,), False, {roles.EDITOR}),
        ((roles.EDITOR, roles.CHIEF_EDITOR), False, {roles.EDITOR, roles.CHIEF_EDITOR}),
        ((roles.EDITOR,), True, {roles.EDITOR, roles.ADMINISTRATOR}),
    ],
)
def test_the_roles_come_with_the_key(
    held: tuple[str, ...],
    superuser: bool,
    known: set[str],
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    user = rows.person(*held, is_superuser=superuser)
    _row, plain = make_key(user=user, name="a program")
    make_key(user=user, name="another")
    with django_assert_num_queries(1):
        found = find_key(plain)
        assert found is not None
        assert found.user.role_names == known


def test_its_use_is_written_once_a_minute(editor: User) -> None:
    row, plain = make_key(user=editor, name="a program")
    first, second = find_key(plain), find_key(plain)
    assert first is not None
    assert second is not None
    mark_used(first)
    row.refresh_from_db()
    used = row.last_used_at
    assert used is not None
    mark_used(second)  # of two at once one writes
    row.refresh_from_db()
    assert row.last_used_at == used


def test_a_key_is_found_and_isnt_stored(editor: User) -> None:
    row, plain = make_key(user=editor, name="script")
    assert find_key(plain) == row
    assert plain.startswith(row.prefix)
    assert plain not in str(row.__dict__)


def test_a_wrong_key_is_nothing(editor: User) -> None:
    _row, plain = make_key(user=editor, name="script")
    assert find_key(plain + "x") is None
    assert find_key("") is None


def test_an_expired_key_is_nothing(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = clock.now() + dt.timedelta(hours=1)
    row, plain = make_key(user=editor, name="script", expires_at=soon)
    assert find_key(plain) == row
    monkeypatch.setattr(clock, "now", lambda: soon + dt.timedelta(seconds=1))
    assert find_key(plain) is None


def test_a_key_dies_with_its_owners_account(editor: User) -> None:
    _row, plain = make_key(user=editor, name="script")
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert find_key(plain) is None


def test_its_use_is_noted_at_most_once_a_minute(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    row, _plain = make_key(user=editor, name="script")
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: noon + dt.timedelta(seconds=seconds))
        mark_used(row)
        row.refresh_from_db()
        assert row.last_used_at == noon + dt.timedelta(seconds=noted)
