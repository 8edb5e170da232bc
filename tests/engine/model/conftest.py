"""A scripted provider behind a real socket, and books that are made with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from biographies.models import BiographyJob
from bookgen_site.accounts.actions import ensure_operator
from engine import crew
from engine.authors.asking import Ask
from engine.calls import gate, roles, schemas
from engine.management import making
from engine.scripted.behaviour import Behaviour
from engine.scripted.server import Provider
from sources.intake import read_folder

SOURCES = Path(__file__).parents[2] / "fakes" / "brandreth"


@pytest.fixture
def scripted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider that the settings name; it answers at once, and nothing waits between tries."""
    provider = Provider(keep_prompts=True)
    server = provider.server()
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    settings.OPENROUTER_BASE_URL = f"http://127.0.0.1:{server.server_address[1]}/api/v1"
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "scripted/writer")
    settings.MODEL_CONFIGURED = True
    settings.MODEL_GAP_SECONDS = 0.5
    settings.ENGINE_MAX_ATTEMPTS = 1
    schemas.forget()
    monkeypatch.setattr("engine.calls.sending._pause", lambda _seconds: None)
    monkeypatch.setattr(gate, "OPEN", (dt.timedelta(0), dt.timedelta(0)))
    monkeypatch.setattr(gate, "_pause", lambda *_arguments: None)
    yield provider
    server.shutdown()
    server.server_close()


@pytest.fixture
def make(scripted: Provider, transactional_db: None) -> Callable[..., BiographyJob]:
    """Make a book up to its review; `behaviour` is the provider's, the rest are wishes."""

    def book(folder: Path = SOURCES, behaviour: dict[str, Any] | None = None, **wishes: Any) -> BiographyJob:
        scripted.behaviour = dataclasses.replace(Behaviour(), **(behaviour or {}))
        asked = {"character": "Ottilie Brandreth", "author": "model", "min_sources": 1, "wanted_chapters": 3}
        asked |= {"wanted_words": 900} | wishes
        job = making.new_job(
            by=ensure_operator(), folder=read_folder(folder), key="model", wishes=asked, say=pytest.fail
        )
        crew.sweep_once()
        job.refresh_from_db()
        return job

    return book


class Answers:
    """Answers an author's questions in turn with what a test says, and keeps the questions."""

    scope = "a test"

    def __init__(self, *said: Any) -> None:
        self.said = list(said)
        self.asked: list[Ask] = []

    def ask(self, ask: Ask) -> Any:
        """The next answer."""
        self.asked.append(ask)
        return self.said.pop(0)


@pytest.fixture
def answers() -> Callable[..., Answers]:
    """An asker with these answers."""
    return Answers
