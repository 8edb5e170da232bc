"""Which endpoint hears of which event."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.events import Completion, PhaseChange, Progress, Question
from notifications.models import Delivery, WebhookEndpoint
from notifications.publish import publish
from tests.fakes import rows

pytestmark = pytest.mark.django_db
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
PROGRESS = Progress(phase="export", progress=95, done=1, total=2)


def hears(endpoint: WebhookEndpoint) -> list[str]:
    rows_of_it = Delivery.objects.filter(target_id=endpoint.pk).order_by("id")
    return [row.payload["type"] for row in rows_of_it]


def test_a_jobs_own_endpoint_hears_of_it_alone() -> None:
    own, everybodys = rows.endpoint(job_id=ONE), rows.endpoint()
    publish(ONE, Question(text="a", by="b"))
    publish(OTHER, PhaseChange(phase="export", progress=95))
    assert hears(own) == ["biography.question"]
    assert hears(everybodys) == ["biography.question", "biography.phase_change"]


def test_progress_comes_only_to_who_asks_for_it() -> None:
    everything, chosen = rows.endpoint(), rows.endpoint(event_types=["progress", "completion"])
    for event in (PROGRESS, Question(text="a", by="b"), Completion(files=("a.docx",), words=9)):
        publish(ONE, event)
    assert hears(everything) == ["biography.question", "biography.completion"]
    assert hears(chosen) == ["biography.progress", "biography.completion"]


def test_who_is_switched_off_misses_it() -> None:
    off = rows.endpoint(active=False, off_reason="person")
    publish(ONE, Question(text="a", by="b"))
    assert hears(off) == []


def test_all_endpoints_cost_one_query() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            publish(ONE, Question(text="a", by="b"))
        return len(queries)

    publish(ONE, Question(text="a", by="b"))
    rows.endpoint()
    one = cost()
    for _time in range(5):
        rows.endpoint()
    assert cost() == one
