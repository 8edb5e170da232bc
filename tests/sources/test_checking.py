"""Long lists of addresses: every one is judged once, whoever dies on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pytest

from biographies.errors import Forbidden
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from engine import crew
from sources import checking
from sources.models import AddressCheck, CheckedAddress
from sources.validating import Verdict
from tests.fakes.threads import at_once


def verdict(url: str, reason: str = "") -> Verdict:
    return Verdict(url, not reason, 200, None, "", 70.0, "A library.", "A title", reason)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses in the order in which they were judged; no network."""
    seen: list[str] = []

    def validate(urls: Sequence[str], *, subject: str, description: str) -> list[Verdict]:
        seen.extend(urls)
        return [verdict(url) for url in urls]

    monkeypatch.setattr(checking, "validate", validate)
    monkeypatch.setattr(checking, "AT_ONCE", 3)
    return seen


def addresses(count: int) -> list[str]:
    return [f"https://example.org/{number}" for number in range(count)]


@pytest.mark.django_db
def test_a_list_is_judged_to_its_end(editor: User, judged: list[str]) -> None:
    check = checking.begin_check(by=editor, urls=[*addresses(7), *addresses(2)], subject="Ada Quill")
    assert checking.work(check.pk) == 7
    told = checking.checks_of(editor).get()
    counts: Any = (told.total, told.done, told.valid, told.finished)  # type: ignore[attr-defined]
    assert counts == (7, 7, 7, True)
    assert [one["url"] for one in checking.verdicts_of(check)] == judged == addresses(7)
    assert checking.work(check.pk) == 0


@pytest.mark.django_db
def test_the_sweep_finds_what_has_no_message(editor: User, judged: list[str]) -> None:
    first = checking.begin_check(by=editor, urls=addresses(4))
    checking.begin_check(by=editor, urls=addresses(2))
    crew.sweep_once()
    assert CheckedAddress.objects.filter(check_run=first, verdict__isnull=False).count() == 3
    for _time in range(3):
        crew.sweep_once()
    assert not CheckedAddress.objects.filter(verdict__isnull=True).exists()


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_judged_after_its_lease(editor: User, judged: list[str]) -> None:
    check = checking.begin_check(by=editor, urls=addresses(2))
    soon = clock.now() + dt.timedelta(minutes=1)
    check.addresses.update(token="dead", lease_until=soon)
    assert checking.work(check.pk) == 0
    check.addresses.update(lease_until=clock.now() - dt.timedelta(seconds=1))
    assert checking.work(check.pk) == 2


@pytest.mark.django_db
def test_who_slept_through_the_lease_writes_nothing(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    check = checking.begin_check(by=editor, urls=addresses(1))

    def slow(urls: Sequence[str], **_more: str) -> list[Verdict]:
        check.addresses.update(token="another", verdict=asdict(verdict(urls[0], "Gone.")))
        return [verdict(url) for url in urls]

    monkeypatch.setattr(checking, "validate", slow)
    checking.sweep()
    assert checking.verdicts_of(check)[0]["reason"] == "Gone."


@pytest.mark.django_db
def test_who_makes_no_books_checks_no_addresses(writer: User) -> None:
    with pytest.raises(Forbidden):
        checking.begin_check(by=writer, urls=addresses(1))
    assert not AddressCheck.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_the_list_out(editor: User, judged: list[str]) -> None:
    check = checking.begin_check(by=editor, urls=addresses(20))
    answers = at_once([lambda: checking.work(check.pk)] * 4)
    rest = checking.work(check.pk)  # a worker that lost a race went away
    assert sum(answers) + rest == 20
    assert sorted(judged) == sorted(addresses(20))
