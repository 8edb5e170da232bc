"""Two editors on one chapter: no lost update, never an approval of unseen text, only legal states.

`CAMPAIGN_INTERLEAVINGS=1000` is the long form (`make faults`).
"""

from __future__ import annotations

import os
import sys
from collections import Counter

import pytest
from django.db import connection

from bookgen_site.accounts import roles
from tests.engine import standing
from tests.fakes import emptying, rows
from tests.fakes.author import FakeAuthor
from tests.faults import editors, history

pytestmark = pytest.mark.django_db(transaction=True)
INTERLEAVINGS = int(os.environ.get("CAMPAIGN_INTERLEAVINGS", "8"))


def test_two_editors_and_the_machine(fake_author: FakeAuthor) -> None:
    counts: Counter[str] = Counter()
    for seed in range(INTERLEAVINGS):
        people = (rows.person(roles.CHIEF_EDITOR), rows.person(roles.CHIEF_EDITOR))
        chapter = standing.book(owner=people[0], export_formats=["md"])
        told = editors.play(chapter, people, seed)
        found = history.rows_of(chapter.job_id)
        assert history.faults(told.ops, found) == [], f"seed {seed}: {told.ops}"
        counts.update(f"{op.name} {op.outcome}" for op in told.ops)
        emptying.empty(connection)
    # Both were seen: else nobody came in anybody's way.
    assert {"edit ok", "edit fail", "approve ok", "approve fail", "regenerate ok"} <= set(counts), counts
    if INTERLEAVINGS > 100:
        sys.stdout.write(f"{connection.vendor}: {sorted(counts.items())}\n")
