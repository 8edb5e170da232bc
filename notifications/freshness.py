"""What may be remembered of a job for a moment, and is forgotten the moment the job changes.

Every job has a mark in the cache; whatever is remembered of it lies under its mark. A change puts another mark there
once it is committed. A reader asks for the mark before it reads the database, so what it remembers is never newer in
name than in matter. Only a cache that all processes share can keep that promise: without one, nothing is remembered.
"""

from __future__ import annotations

import secrets
import uuid
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from bookgen_site.lib.memory import recall, remember

KEPT_SECONDS: Final = 60
MARKED_SECONDS: Final = 3600


def changed(job_id: uuid.UUID) -> None:
    """Forget what is remembered of this job, once the present transaction has committed."""
    if settings.SHARED_CACHE:
        transaction.on_commit(
            lambda: remember(_place(job_id), secrets.token_hex(8), MARKED_SECONDS), robust=True
        )


def mark_of(job_id: uuid.UUID) -> str:
    """The job's present mark; "" when nothing may be remembered."""
    if not settings.SHARED_CACHE:
        return ""
    mark = recall(_place(job_id))
    if mark is None:
        mark = secrets.token_hex(8)
        remember(_place(job_id), mark, MARKED_SECONDS)
    return str(mark)


def remembered(job_id: uuid.UUID, mark: str) -> Any:
    """What was kept under this mark, or None."""
    return recall(f"{_place(job_id)}:{mark}") if mark else None


def keep(job_id: uuid.UUID, mark: str, value: Any) -> None:
    """Keep something that was read after the mark was asked for."""
    if mark:
        remember(f"{_place(job_id)}:{mark}", value, KEPT_SECONDS)


def _place(job_id: uuid.UUID) -> str:
    return f"job-mark:{job_id}"
