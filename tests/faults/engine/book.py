"""The campaign's books: prepared once, so that every run begins with the same rows and the same names."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, connections

from biographies.models import BiographyJob
from bookgen_site.accounts.actions import ensure_operator
from bookgen_site.accounts.keys import make_key
from bookgen_site.env import BASE_DIR
from engine.management import making
from sources.intake import read_folder
from tests.faults.engine.judge import WITNESS

SMALL: Final = BASE_DIR / "tests" / "fakes" / "brandreth"
LARGE: Final = BASE_DIR / "sources" / "demo" / "frederick-douglass"
SHORT: Final[dict[str, Any]] = {"wanted_chapters": 20, "wanted_words": 5_000}
LONG: Final[dict[str, Any]] = {"wanted_chapters": 20, "wanted_words": 160_000}
POISONED: Final[dict[str, Any]] = {"wanted_chapters": 3, "wanted_words": 1_200}
POISON: Final = "chapter-002"
JOB: Final = uuid.UUID(int=1)
ENCORES: Final = 2000  # the first one's id, as a number
POISONED_JOB: Final = uuid.UUID(int=1000)


def prepare(folder: Path, wishes: dict[str, Any]) -> tuple[uuid.UUID, str]:
    """The tables, and a started job in them; its id, and a key for the API."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(WITNESS)
    job = make(folder, JOB, wishes)
    key = make_key(user=ensure_operator(), name="campaign")[1]
    let_go()
    return job.pk, key


def make(folder: Path, job_id: uuid.UUID, wishes: dict[str, Any]) -> BiographyJob:
    """A started job whose author is the model. Its id decides the model's dice: with this one all sections succeed."""
    found = read_folder(folder)
    asked: dict[str, Any] = {
        "character": found.listing.subject.name if found.listing.subject else folder.name
    }
    asked |= {"author": "model", "min_sources": 3, "holds_targets": True} | wishes
    with patch.object(BiographyJob._meta.get_field("job_id"), "_get_default", lambda: job_id):
        return making.new_job(by=ensure_operator(), folder=found, key=str(job_id), wishes=asked, say=_silent)


def poisoned() -> uuid.UUID:
    """A second book, one unit of which kills every worker that tries it."""
    job = make(SMALL, POISONED_JOB, POISONED)
    let_go()
    return job.pk


def encore(number: int, folder: Path, wishes: dict[str, Any]) -> uuid.UUID:
    """One more book, which lasts as long as the first. Tried again while the database is away."""
    job_id = uuid.UUID(int=ENCORES + number)
    for _try in range(20):
        try:
            make(folder, job_id, wishes)
            return job_id
        except IntegrityError:  # the try before was heard after all
            return job_id
        except DatabaseError:
            continue
        finally:
            let_go()
    raise AssertionError("No further book could be begun.")


def approve(job_id: uuid.UUID) -> int:
    """Approve all, in the operator's name; how many were refused. Tried again while the database is away."""
    for _try in range(20):
        try:
            job = BiographyJob.objects.get(pk=job_id)
            return making.approve_all(job=job, by=ensure_operator(), say=_silent)
        except DatabaseError:
            continue
        finally:
            let_go()
    raise AssertionError("The book could not be approved.")


def let_go() -> None:
    """Hold no connection to a database that is about to be copied, or replaced."""
    connections.close_all()
    close: Any = getattr(connection, "close_pool", lambda: None)
    close()


def _silent(_message: str) -> None:
    pass
