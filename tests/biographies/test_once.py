"""The same request twice, or twice at once, is carried out once."""

from __future__ import annotations

import datetime as dt

import pytest

from biographies.actions import create_job
from biographies.models import AnsweredRequest, BiographyJob
from biographies.once import KeyReused, once
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from tests.fakes import rows
from tests.fakes.threads import at_once


def order(by: User) -> dict[str, str]:
    return {"job": str(create_job(by=by, character="Ada Quill").pk)}


@pytest.mark.django_db
def test_the_second_time_the_first_answer_is_given(editor: User) -> None:
    first, fresh = once(by=editor, key="k", asked={"a": 1}, do=lambda: order(editor))
    second, anew = once(by=editor, key="k", asked={"a": 1}, do=lambda: order(editor))
    assert (fresh, anew, first) == (True, False, second)
    assert BiographyJob.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_one_request_of_one_person(editor: User, chief: User) -> None:
    once(by=editor, key="k", asked={"a": 1}, do=lambda: order(editor))
    with pytest.raises(KeyReused):
        once(by=editor, key="k", asked={"a": 2}, do=lambda: order(editor))
    assert once(by=chief, key="k", asked={"a": 2}, do=lambda: order(chief))[1]
    assert once(by=editor, key="l", asked={"a": 1}, do=lambda: order(editor))[1]


@pytest.mark.django_db
def test_what_failed_may_be_tried_again(editor: User) -> None:
    def fail() -> dict[str, str]:
        order(editor)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(by=editor, key="k", asked=1, do=fail)
    assert not BiographyJob.objects.exists()
    assert once(by=editor, key="k", asked=2, do=lambda: order(editor))[1]


@pytest.mark.django_db
def test_a_key_is_forgotten_after_a_day(editor: User) -> None:
    row = rows.answered_request(user=editor, key="k")
    AnsweredRequest.objects.filter(pk=row.pk).update(created_at=clock.now() - dt.timedelta(hours=23))
    with pytest.raises(KeyReused):
        once(by=editor, key="k", asked=1, do=lambda: order(editor))
    AnsweredRequest.objects.filter(pk=row.pk).update(created_at=clock.now() - dt.timedelta(hours=25))
    assert once(by=editor, key="k", asked=1, do=lambda: order(editor))[1]


@pytest.mark.django_db(transaction=True)
def test_four_at_once_make_one(editor: User) -> None:
    answers = at_once([lambda: once(by=editor, key="k", asked=1, do=lambda: order(editor))] * 4)
    assert sorted(fresh for _answer, fresh in answers) == [False, False, False, True]
    assert len({answer["job"] for answer, _fresh in answers}) == 1
    assert BiographyJob.objects.count() == 1
