"""A worker whose broker never answers lives all the same, and its sweep alone brings a book to review."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.env import BASE_DIR
from engine.management import making
from sources.intake import read_folder

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only the team's profile has a broker"),
]

SOURCES = Path(__file__).parents[1] / "fakes" / "brandreth"


def _database() -> str:
    """The address of the database that this test uses."""
    told = {
        name: quote(str(connection.settings_dict[name]), safe="") for name in ("USER", "PASSWORD", "NAME")
    }
    where = f"{connection.settings_dict['HOST']}:{connection.settings_dict['PORT']}"
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{where}/{told['NAME']}"


@pytest.fixture
def worker(transactional_db: None, settings: object, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The team's worker, started while nothing answers where Redis should be."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, but not listening: every call is refused
        own = {
            "DATABASE_URL": _database(),
            "REDIS_URL": f"redis://127.0.0.1:{closed.getsockname()[1]}",
            "BOOKGEN_VAR": str(tmp_path),
            "BOOKGEN_MEDIA": str(settings.MEDIA_ROOT),  # type: ignore[attr-defined]
            "ENGINE_SWEEP_SECONDS": "0.2",
        }
        command = ["-m", "celery", "-A", "bookgen_site", "worker", "-P", "threads", "-c", "1"]
        with (tmp_path / "worker.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=BASE_DIR, env=os.environ | own, stdout=log, stderr=log
            )
        yield process
        process.send_signal(signal.SIGKILL)
        process.wait(30)


def test_the_sweep_alone_brings_a_book_to_review(
    worker: subprocess.Popen[bytes], chief: User, tmp_path: Path
) -> None:
    wishes = {"character": "Ottilie Brandreth", "min_sources": 3}
    folder = read_folder(SOURCES)
    job = making.new_job(by=chief, folder=folder, key="broker away", wishes=wishes, say=pytest.fail)
    deadline = time.monotonic() + 240
    while _status(job) in {"pending", "running"}:
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
        assert time.monotonic() < deadline, (tmp_path / "worker.log").read_text()
        time.sleep(0.1)
    assert _status(job) == "needs_review"
    assert "Cannot connect" in (tmp_path / "worker.log").read_text()  # it did look for its broker
    assert worker.poll() is None


def _status(job: BiographyJob) -> str:
    job.refresh_from_db(fields=["status"])
    return job.status
