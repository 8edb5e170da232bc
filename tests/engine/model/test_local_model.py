"""A real model that nobody here wrote, behind a server of one's own: see CONTRIBUTING.md.

A small model writes nonsense. What is asked is that nothing breaks, and that nothing of it passes silently.
"""

from __future__ import annotations

import faulthandler
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from biographies.models import Approval, Finding
from bookgen_site.accounts.actions import ensure_operator
from engine import crew
from engine.calls import roles
from engine.management import making
from engine.models import ModelCall, Unit
from sources.intake import read_folder
from tests.engine.model.conftest import SOURCES

pytestmark = [pytest.mark.local_model, pytest.mark.django_db(transaction=True)]


def test_a_book_by_a_real_model_reaches_review(settings: Settings) -> None:
    faulthandler.cancel_dump_traceback_later()  # it ends a test after two minutes; a real model takes longer
    settings.OPENROUTER_BASE_URL = os.environ["LOCAL_MODEL_URL"]
    settings.OPENROUTER_API_KEY = os.environ.get("LOCAL_MODEL_KEY", "")
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, os.environ.get("LOCAL_MODEL_NAME") or _first())
    settings.MODEL_GAP_SECONDS, settings.MODEL_CALL_SECONDS = 900, 3600  # a small machine reads slowly
    settings.MODEL_CONFIGURED = True
    asked = {"character": "Ottilie Brandreth", "author": "model", "min_sources": 1}
    asked |= {"wanted_chapters": 3, "wanted_words": 500}
    folder = read_folder(Path(os.environ.get("LOCAL_MODEL_SOURCES") or SOURCES))
    job = making.new_job(by=ensure_operator(), folder=folder, key="local", wishes=asked, say=pytest.fail)
    crew.sweep_once()
    job.refresh_from_db()
    assert (job.status, job.error_message) == ("needs_review", "")
    assert not Approval.objects.exists()
    assert not ModelCall.objects.filter(status="intended").exists()
    assert (
        not Unit.objects.filter(status__in=["waiting", "leased"], run__job=job)
        .exclude(phase="export")
        .exists()
    )
    for chapter in job.chapters.all():
        if chapter.status == "parked":
            assert chapter.parked_reason
            assert Finding.objects.filter(job=job, message__contains=chapter.title).exists()
        else:
            assert chapter.status == "needs_review"
            assert chapter.content.strip()


def _first() -> str:
    return str(roles.client().models()[0]["id"])
