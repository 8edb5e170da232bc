"""The accounts that an installation starts with."""

from __future__ import annotations

import pytest

from bookgen_site.accounts import roles
from bookgen_site.accounts.actions import ensure_first_login, ensure_operator
from bookgen_site.accounts.models import User
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_the_operator_is_made_once_and_cannot_log_in() -> None:
    operator = ensure_operator()
    assert operator == ensure_operator()
    assert not operator.has_usable_password()
    assert operator.role_names == {roles.ADMINISTRATOR}
    assert (operator.makes_books, operator.approves, operator.sees_all_jobs) == (True, True, True)


def test_the_first_login_is_made_once() -> None:
    ensure_operator()
    person, password = ensure_first_login()
    assert person.check_password(password)
    assert person.is_staff
    assert ensure_first_login() == (person, "")


def test_nobody_is_made_where_somebody_can_log_in() -> None:
    present = rows.person(roles.CHIEF_EDITOR, is_staff=True)
    assert ensure_first_login() == (present, "")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (roles.EDITOR, (True, False, False)),
        (roles.CHIEF_EDITOR, (True, True, True)),
        (roles.ADMINISTRATOR, (True, True, True)),
        (roles.AUTHOR, (False, False, False)),
        ("Somebody's own group", (False, False, False)),
    ],
)
def test_what_a_role_may(role: str, rights: tuple[bool, bool, bool]) -> None:
    person = rows.person(role)
    assert (person.makes_books, person.approves, person.sees_all_jobs) == rights
