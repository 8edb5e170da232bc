"""What may be remembered of a job for a moment, and is forgotten the moment the job changes (`lib/marks.py`)."""

from __future__ import annotations

import uuid
from typing import Any, Final

from bookgen_site.lib import marks

KEPT_SECONDS: Final = 60


def name_of(job_id: uuid.UUID, part: str = "") -> str:
    """The name under which marks know this job, or what is remembered of a part of it."""
    return f"job:{job_id}{marks.PART}{part}" if part else f"job:{job_id}"


def changed(job_id: uuid.UUID) -> None:
    """Forget what is remembered of this job, once the present transaction has committed."""
    marks.changed(name_of(job_id))


def keep(job_id: uuid.UUID, mark: str, value: Any, part: str = "") -> None:
    """Keep something that was read after the mark was asked for."""
    marks.keep(name_of(job_id, part), mark, value, KEPT_SECONDS)
