"""What came of a book, by the database, the store and the provider's books; never by what the engine says of itself."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults.engine.servers import Servers

Rows = list[tuple[Any, ...]]
# The same in every run of one book. A section's unit is named by its chapter's number in the table, which a rolled
# back transaction uses up.
SAME: Final = {
    "units": "SELECT u.phase, CASE u.phase WHEN 'quality_control' THEN c.kind || coalesce(c.chapter_number, 0)"
    " ELSE u.key END, u.generation, u.status, CASE u.phase WHEN 'quality_control' THEN '' ELSE u.result::text END"
    " FROM units u JOIN runs r ON r.id = u.run_id LEFT JOIN chapters c ON c.id = u.chapter_id WHERE r.job_id = %s",
    "texts": "SELECT c.kind, c.chapter_number, v.number, v.sha256, v.origin FROM chapter_revisions v"
    " JOIN chapters c ON c.id = v.chapter_id WHERE c.job_id = %s",
    "citations": "SELECT c.kind, c.chapter_number, x.number, x.sentence, x.quote, x.start, x.verdict, x.opinion"
    " FROM citations x JOIN chapter_revisions v ON v.id = x.revision_id JOIN chapters c ON c.id = v.chapter_id"
    " WHERE c.job_id = %s",
    "facts": "SELECT f.key, f.text, c.chapter_number FROM facts f LEFT JOIN chapters c ON c.id = f.chapter_id"
    " WHERE f.job_id = %s",
    "sources": "SELECT number, url, valid FROM sources WHERE job_id = %s",
    "progress told": "SELECT payload->>'phase', payload->>'done' FROM events WHERE kind = 'progress' AND job_id = %s",
    "calls": "SELECT phase, purpose, status FROM model_calls WHERE job_id = %s",
    "files": "SELECT format, blob, size, draft FROM exports WHERE job_id = %s",
}
CLOCKS: Final = 0.1  # seconds that a transaction takes to end after its witness has written
# When each answer came into the ledger, by the database's clock, in the transaction that brings it.
WITNESS: Final = """
CREATE TABLE witnessed (call bigint NOT NULL, at timestamptz NOT NULL);
CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO witnessed VALUES (NEW.id, clock_timestamp()); RETURN NULL; END $$;
CREATE TRIGGER witness AFTER UPDATE OF status ON model_calls FOR EACH ROW
WHEN (NEW.status = 'answered' AND OLD.status <> 'answered') EXECUTE FUNCTION witness();
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished book: its rows, the bytes of its file, the provider's bill and log."""

    rows: dict[str, Rows]
    docx: bytes
    bill: dict[str, Any]
    asked_again: list[str]  # requests that came after their answer had been recorded
    lost_money: int  # micro-dollars that the provider was paid, and the ledger knows nothing of
    gaps: list[str]


def outcome(servers: Servers, job_id: uuid.UUID, media: Path, bill: dict[str, Any], log: Rows) -> Outcome:
    """Read everything; the job has ended."""
    rows = {name: sorted(servers.sure(query, job_id), key=repr) for name, query in SAME.items()}
    blobs = [blob for form, blob, *_rest in rows["files"] if form == "docx"]
    docx = (media / "blobs" / blobs[0][:2] / blobs[0]).read_bytes() if len(blobs) == 1 else b""
    ((ledger,),) = servers.sure("SELECT coalesce(sum(cost_micros), 0) FROM model_calls")
    lost = bill["micros"] - int(ledger)
    return Outcome(rows, docx, bill, _asked_again(servers, log), lost, gaps(servers, job_id))


def _asked_again(servers: Servers, log: Sequence[Any]) -> list[str]:
    """A request that begins after its answer is in the ledger is one too many, whoever pays for it.

    When it was there the database's own clock says: a worker's may be moved while it records.
    """
    recorded = servers.sure(
        "SELECT c.request_hash, extract(epoch FROM w.at), c.purpose, u.key, u.fence FROM witnessed w"
        " JOIN model_calls c ON c.id = w.call LEFT JOIN units u ON u.id = c.unit_id"
    )
    offset = time.time() - time.monotonic()
    known = {name: (float(at) - offset, f"{about}") for name, at, *about in recorded}
    late = [
        (line["began"] - known[line["request_hash"]][0], known[line["request_hash"]][1])
        for line in log
        if line["request_hash"] in known
    ]
    return [f"{about} {seconds:.2f} s after its answer" for seconds, about in late if seconds > CLOCKS]


def gaps(servers: Servers, job_id: uuid.UUID) -> list[str]:
    """What may not be in the database of a finished book, one way or the other."""
    found = []
    numbers = [
        number for (number,) in servers.sure("SELECT seq FROM events WHERE job_id = %s ORDER BY seq", job_id)
    ]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append("the numbers of the events have gaps")
    ((spent, cost, reserved),) = servers.sure(
        "SELECT max(j.spent_micros), sum(c.cost_micros), sum(c.reserved_micros) FROM biography_jobs j"
        " JOIN model_calls c ON c.job_id = j.job_id WHERE j.job_id = %s",
        job_id,
    )
    if (int(cost), int(reserved)) != (int(spent), 0):
        found.append(f"spent {spent}, in the ledger {cost}, reserved {reserved}")
    for what, query in _NONE.items():
        if rows := servers.sure(query, job_id):
            found.append(f"{what}: {rows[:3]}")
    return found


_NONE: Final = {
    "units at work or waiting": "SELECT phase, key FROM units u JOIN runs r ON r.id = u.run_id WHERE r.job_id = %s"
    " AND u.status IN ('waiting', 'leased')",
    "units parked": "SELECT phase, key, error FROM units u JOIN runs r ON r.id = u.run_id WHERE r.job_id = %s"
    " AND u.status = 'parked'",
    "calls that never ended": "SELECT id, purpose FROM model_calls WHERE job_id = %s AND status = 'intended'",
    "places at the provider": "SELECT id, worker FROM call_tickets WHERE job_id = %s",
}


def differences(calm: Outcome, storm: Outcome) -> dict[str, tuple[int, int]]:
    """For each kind of row how many are lost (or not as they were), and how many are there more than once or anew."""
    found = {}
    for name, rows in calm.rows.items():
        before, after = Counter(map(repr, rows)), Counter(map(repr, storm.rows[name]))
        found[name] = ((before - after).total(), (after - before).total())
    return found
