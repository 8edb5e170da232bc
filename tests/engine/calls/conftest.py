"""A unit that may ask, and a provider that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from biographies.models import BiographyJob
from engine import units
from engine.calls import roles, schemas
from engine.models_api.answers import Answer
from engine.models_api.errors import Misconfigured
from engine.models_api.pricing import Price
from engine.models_api.usage import Usage
from engine.units import Claim
from tests.fakes import rows

PRICE = Price(Decimal("0.000001"), Decimal("0.000002"), 100_000)  # 1 and 2 micro-dollars a token


class Provider:
    """Answers requests in turn with what is in `script` (an answer, or an error to raise), then with "Fine."."""

    def __init__(self) -> None:
        self.script: list[Any] = []
        self.bodies: list[dict[str, Any]] = []
        self.costs: list[int | None] = []  # of generations that are asked for, None: not known yet
        self.generations: list[str] = []
        self.flying = self.most_flying = 0
        self.slow: Callable[[], None] = lambda: None
        self._lock = threading.Lock()

    def complete(self, body: bytes) -> Answer:
        """What `Client.complete` does."""
        with self._lock:
            self.bodies.append(json.loads(body))
            said = self.script.pop(0) if self.script else "Fine."
            self.flying += 1
            self.most_flying = max(self.flying, self.most_flying)
        try:
            self.slow()
        finally:
            with self._lock:
                self.flying -= 1
        if isinstance(said, Exception):
            raise said
        usage = Usage(tokens_in=10, tokens_out=5, cost_micros=7)
        return (
            said if isinstance(said, Answer) else Answer(said, "a/b", f"gen-{len(self.bodies)}", "P", usage)
        )

    def generation(self, generation: str) -> Usage:
        """What `Client.generation` does."""
        self.generations.append(generation)
        cost = self.costs.pop(0) if self.costs else None
        if cost is None:
            raise Misconfigured("404")
        return Usage(cost_micros=cost)


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The only provider there is; nothing waits between tries."""
    made = Provider()
    settings.OPENROUTER_BASE_URL = "http://127.0.0.1:9/api/v1"
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "a/b")
    monkeypatch.setattr(roles, "client", lambda: made)
    monkeypatch.setattr(roles, "price_of", lambda _model: PRICE)
    schemas.forget()
    monkeypatch.setattr("engine.calls.sending._pause", lambda _seconds: None)
    return made


def claimed(job: BiographyJob | None = None, key: str = "chapter-001") -> Claim:
    """A unit of a running job, held by this worker."""
    run = rows.run(job=job or rows.job(status="running"))
    rows.unit(run=run, key=key, phase="chapter_generation")
    claim = units.claim(run.pk, "worker")
    assert claim is not None
    return claim
