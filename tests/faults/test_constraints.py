"""The short form of the campaign of illegal writes; the long one is `python -m tests.faults.constraints`."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from tests.fakes import rows
from tests.faults import constraints
from tests.faults.constraints import Write

pytestmark = pytest.mark.django_db


def test_the_database_refuses_every_illegal_write() -> None:
    makers = sum(len(kind) for kind in constraints.all_makers().values())
    found = constraints.campaign(makers + 50, seed=1)
    assert [one.because for one in found.accepted] == []
    assert set(found.refused) == {
        "illegal",
        "written once",
        "there already",
        "NULL",
        "negative",
        "no JSON",
        "nobody's id",
    }


def test_a_legal_write_would_be_seen() -> None:
    """Else a campaign in which every statement is nonsense would pass."""
    job = rows.job()
    key = job.pk.hex if connection.vendor == "sqlite" else str(job.pk)
    legal = Write("UPDATE biography_jobs SET progress = %s WHERE job_id = %s", [50, key], "")
    assert constraints.refusal(legal) == ""
    with pytest.raises(DatabaseError, match="napping"):
        constraints.refusal(Write("UPDATE biography_jobs SET napping = 1", [], ""))
    job.refresh_from_db()
    assert job.progress == 0  # and nothing of it stays
