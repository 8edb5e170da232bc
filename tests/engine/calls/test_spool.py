"""Answers that were paid outlast a database that is away, and the process that had them in hand."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings
from django.db import OperationalError

from biographies.models import BiographyJob
from engine.calls import booking, spool
from engine.models import ModelCall, Unit
from engine.models_api.answers import Answer
from engine.models_api.usage import Usage
from engine.units import Claim
from tests.engine.calls.conftest import PRICE, Provider, claimed
from tests.engine.calls.test_asking import ask, spent

pytestmark = pytest.mark.django_db


def away(*_arguments: object) -> NoReturn:
    raise OperationalError("the server closed the connection")


def kept() -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / spool.ROOM).glob("*"))


@pytest.fixture
def left(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """A unit whose answer came while the database was away."""
    claim = claimed()
    with monkeypatch.context() as outage:
        outage.setattr(booking, "settle", away)
        with pytest.raises(OperationalError):
            ask(claim)
    return claim


def make_old(path: Path) -> None:
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * spool.YOUNG))


def test_an_answer_that_could_not_be_recorded_is_kept_and_used(left: Claim, provider: Provider) -> None:
    (file,) = kept()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert ask(left) == "Fine."
    assert len(provider.bodies) == 1
    call = ModelCall.objects.get()
    assert (call.status, call.cost_micros, call.generation_id) == ("answered", 7, "gen-1")
    assert spent(left) == 7
    assert kept() == []


def test_the_sweep_records_what_lies_there(left: Claim) -> None:
    assert spool.recover_all() == 0  # a thread may have it in hand
    make_old(*kept())
    assert spool.recover_all() == 1
    assert ModelCall.objects.get().answer == "Fine."
    assert spent(left) == 7
    assert (kept(), spool.recover_all()) == ([], 0)


def test_an_answer_without_its_cost_is_reckoned_with_the_price_of_then(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.script = [Answer("Fine.", "a/b", "x", "P", Usage(tokens_in=10, tokens_out=5))]
    claim = claimed()
    with monkeypatch.context() as outage:
        outage.setattr(booking, "settle", away)
        with pytest.raises(OperationalError):
            ask(claim)
    make_old(*kept())
    spool.recover_all()
    assert spent(claim) == 20


def test_answers_of_a_deleted_book_go_with_time(left: Claim) -> None:
    BiographyJob.objects.all().delete()
    make_old(*kept())
    assert spool.recover_all() == 0
    (file,) = kept()  # a database that is restored from a backup may know the call again
    os.utime(file, (0, 0))
    assert spool.recover_all() == 0
    assert kept() == []


def test_a_full_disk_costs_no_answer(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert ask(claimed()) == "Fine."
    assert kept() == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"answer": {}, "price": [], "latency_ms": 1}'])
def test_a_damaged_file_is_as_good_as_none(left: Claim, provider: Provider, content: str) -> None:
    (file,) = kept()
    file.write_text(content)
    assert ask(left) == "Fine."
    assert len(provider.bodies) == 2


def test_the_same_answer_is_paid_once_and_another_one_too(provider: Provider) -> None:
    claim = claimed()
    ask(claim)
    call = ModelCall.objects.get()
    booking.settle(call, Answer("Fine.", "a/b", "gen-1", "P", Usage(cost_micros=7)), PRICE, 1)
    assert spent(claim) == 7
    booking.settle(call, Answer("Late.", "a/b", "gen-2", "P", Usage(cost_micros=5)), PRICE, 1)
    call.refresh_from_db()
    assert (call.answer, call.cost_micros, spent(claim)) == ("Fine.", 12, 12)


def test_an_answer_clears_the_unit_of_suspicion(provider: Provider) -> None:
    claim = claimed()
    Unit.objects.update(deaths=2)
    ask(claim)
    assert Unit.objects.get().deaths == 0
