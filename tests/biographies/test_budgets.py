"""What a book may cost: budgets are for chief editors, and an administrator's ceiling holds for everybody."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from biographies.actions import create_job
from biographies.budgets import cap_of, change_budget
from biographies.errors import BadWish, Forbidden
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_the_lower_of_budget_and_ceiling_holds(settings: Settings) -> None:
    book = rows.job(budget_micros=5_000_000)
    assert cap_of(book) == 5_000_000
    settings.MODEL_BOOK_BUDGET_USD = 2.5
    assert cap_of(book) == 2_500_000
    assert cap_of(rows.job()) == 2_500_000
    settings.MODEL_BOOK_BUDGET_USD = None
    assert cap_of(rows.job()) is None


def test_nobody_asks_for_more_than_the_ceiling(settings: Settings, chief: User) -> None:
    settings.MODEL_BOOK_BUDGET_USD = 2
    with pytest.raises(BadWish, match=r"\$2.00"):
        create_job(by=chief, character="Ada", budget_micros=2_000_001)
    book = create_job(by=chief, character="Ada", budget_micros=2_000_000)
    with pytest.raises(BadWish):
        change_budget(job=book, by=chief, micros=3_000_000)


def test_a_budget_is_changed_by_a_chief_editor_and_written_down(chief: User) -> None:
    book = rows.job(budget_micros=1_000_000)
    change_budget(job=book, by=chief, micros=4_000_000)
    book.refresh_from_db()
    assert (book.budget_micros, book.version) == (4_000_000, 2)
    entry = AuditEntry.objects.get(action="change_budget")
    assert (entry.before, entry.after) == ({"budget_micros": 1_000_000}, {"budget_micros": 4_000_000})


def test_an_editor_changes_no_budget(editor: User) -> None:
    book = rows.job(owner=editor, budget_micros=1_000_000)
    with pytest.raises(Forbidden):
        change_budget(job=book, by=editor, micros=4_000_000)
    with pytest.raises(Forbidden):
        change_budget(job=book, by=rows.person(roles.AUTHOR), micros=4_000_000)
