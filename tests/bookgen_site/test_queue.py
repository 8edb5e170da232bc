"""The port to the queue: a hint goes out with the commit, and a broker that is away harms nothing."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from bookgen_site.lib import queue


@pytest.mark.django_db
def test_a_hint_waits_for_the_commit(
    hints: list[tuple[str, str]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue.put("engine.look", 42)
        assert hints == []
    assert hints == [("engine.look", "42")]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_rolled_back_sends_nothing(hints: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        queue.put("engine.look", 42)
        transaction.set_rollback(True)
    assert hints == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_is_no_error() -> None:
    def away(_subject: str) -> None:
        raise ConnectionRefusedError

    queue.register("engine.look", away)
    queue.put("engine.look", 42)


@pytest.mark.django_db(transaction=True)
def test_a_process_without_a_queue_sends_nothing() -> None:
    queue.put("nobody.listens", 42)
