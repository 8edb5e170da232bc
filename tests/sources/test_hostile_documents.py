"""The rows of the list of hostile addresses that only a reader can judge, through the whole intake.

Fetched from a server on loopback that is allowed by name, read in a child process, and rejected with a reason.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from bookgen_site.accounts.models import User
from sources import readings
from sources.fetching import fetch_sources, unfetched
from sources.intake import add_url
from sources.judging import judge
from tests.bookgen_site.test_fetching_rows import LEFT_TO_THE_READER, ROWS
from tests.fakes import hostile_documents, rows
from tests.fakes.raw_server import ok
from tests.fakes.serving import Serve, fresh_manners, serve

__all__ = ["fresh_manners", "serve"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SERVERS = {
    "html_deep_nesting": hostile_documents.deep_page,
    "pdf_bomb": hostile_documents.pdf_bomb,
    "pdf_loop": hostile_documents.pdf_loop,
}
REASONS = {
    "html_deep_nesting": "nested too deeply",
    "pdf_bomb": "crashed its reader",
    "pdf_loop": "damaged",
}
LEFT = [row for row in ROWS if row.get("server") in LEFT_TO_THE_READER]


def test_no_row_is_left_out() -> None:
    assert {row["server"] for row in LEFT} == set(SERVERS) == LEFT_TO_THE_READER


@pytest.mark.parametrize("row", LEFT, ids=[row["id"] for row in LEFT])
def test_every_row_that_is_left_to_the_reader_agrees(
    row: dict[str, Any], serve: Serve, settings: Settings, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    server = serve(ok(SERVERS[row["server"]]()))
    settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{server.port}"]
    job = rows.job(owner=editor)
    source, _new = add_url(job=job, by=editor, url=f"http://127.0.0.1:{server.port}/")
    began = time.monotonic()
    fetched = fetch_sources(unfetched(job.pk))
    fetched.record()
    source.refresh_from_db()
    assert (fetched.documents, source.status_code, bool(source.blob)) == (1, 200, True)
    monkeypatch.setattr(readings, "extract", lambda *_args: pytest.fail("a refused document is read again"))
    verdict = judge(source, job)
    assert row["expect"] == "block"
    assert not verdict.valid
    assert REASONS[row["server"]] in verdict.columns["rejected_because"]
    assert time.monotonic() - began < 100  # it has an end; machines that run tests are busy
