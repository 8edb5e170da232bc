"""The estimate: nothing for an author without a model, and near the bill of a scripted book."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from biographies.models import BiographyJob
from engine.estimating import Estimate, estimate
from engine.scripted.server import Provider
from tests.engine.model.conftest import make, scripted
from tests.fakes import rows

pytestmark = pytest.mark.once

__all__ = ["make", "scripted"]  # fixtures


@pytest.mark.django_db
def test_without_a_model_nothing_is_spent() -> None:
    assert estimate(rows.with_sources(rows.job())) == Estimate()


def test_a_longer_book_and_more_sources_cost_more(
    make: Callable[..., BiographyJob], scripted: Provider
) -> None:
    job = make()
    short = estimate(job)
    assert short.calls > 3
    assert 0.5 < short.micros / scripted.bill.micros < 2  # a book of 900 words; the aim is for whole ones
    BiographyJob.objects.filter(pk=job.pk).update(wanted_words=2_000, holds_targets=True)
    job.refresh_from_db()
    longer = estimate(job)
    assert longer.micros > short.micros
    rows.source(job=job, number=99)
    assert estimate(job).micros > longer.micros, "a source that isn't read yet counts too"
