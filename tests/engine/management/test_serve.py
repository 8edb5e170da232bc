"""`manage.py serve`: what it refuses, and the demo book that it begins."""

from __future__ import annotations

import socket

import pytest
from django.core.management import CommandError, call_command

from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.actions import ensure_operator
from engine.management.commands import generate, serve
from engine.management.demo_book import ensure_demo_book
from sources.models import Source


def test_a_busy_port_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "EMBEDDED", True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} .*--port {port + 1}") as refusal:
            call_command("serve", port=port)
    assert "\n" not in str(refusal.value)


def test_a_port_that_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "EMBEDDED", True)
    with pytest.raises(CommandError, match="65535"):
        call_command("serve", port=70_000)


def test_the_team_is_sent_to_its_own_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "EMBEDDED", False)
    with pytest.raises(CommandError, match="team"):
        call_command("serve", port=8000)


@pytest.mark.django_db
def test_an_empty_desk_begins_the_demo_book_once() -> None:
    said: list[str] = []
    job = ensure_demo_book(by=ensure_operator(), say=said.append)
    assert job is not None
    assert job.status == JobStatus.RUNNING or BiographyJob.objects.get(pk=job.pk).status == JobStatus.RUNNING
    assert Source.objects.filter(job=job).count() > 3
    assert not Source.objects.filter(job=job, title="").exists()
    assert ensure_demo_book(by=ensure_operator(), say=said.append) is None
    assert said == []


@pytest.mark.django_db
def test_the_demo_command_finds_the_book_that_serve_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise `make demo` after `make serve` would make the same book twice."""
    ensure_demo_book(by=ensure_operator(), say=print)
    monkeypatch.setattr(generate, "work_and_watch", lambda *_args, **_options: None)
    with pytest.raises(CommandError):  # it is still running, because nobody has worked it
        call_command("demo")
    assert BiographyJob.objects.count() == 1
