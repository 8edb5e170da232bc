"""What people and processes were told, held against the rows: whether anything that was acknowledged got lost.

    python -m tests.faults.history [--seed 1] [--editors 3]

makes a book with the scripted provider while editors start, pause, edit, approve and regenerate at random over the
API, and then checks. A record is an operation with the moments when it was asked for and when its answer came; the
answer is ok, fail (it promises nothing), or unknown (it broke off). Every check is pure and returns faults in words.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

OK, FAIL, UNKNOWN = "ok", "fail", "unknown"
# Operations that make a revision of the text that was seen, and those that rest on the text that was seen.
WRITES: Final = frozenset({"edit", "restore"})


@dataclass
class Op:
    """One operation: `seen` is the hash of the text it rests on, `made` that of the text it made."""

    who: str
    name: str
    chapter: int | None = None
    seen: str = ""
    made: str = ""
    began: int = 0
    ended: int = 0
    outcome: str = UNKNOWN


class Recorder:
    """Keeps operations in one order for all threads: a counter that runs with every beginning and end."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self._moments = itertools.count(1)
        self._lock = threading.Lock()

    @contextmanager
    def op(
        self, who: str, name: str, refusals: tuple[type[Exception], ...] = (), **told: Any
    ) -> Iterator[Op]:
        """The block does the operation; a refusal is a fail, any other error leaves it unknown and goes on."""
        one = Op(who, name, **told)
        with self._lock:
            self.ops.append(one)
            one.began = next(self._moments)
        try:
            yield one
            outcome = OK if one.outcome == UNKNOWN else one.outcome
        except refusals:
            outcome = FAIL
        except Exception:
            outcome = UNKNOWN
            raise
        finally:
            with self._lock:
                one.ended = next(self._moments)
        one.outcome = outcome


@dataclass
class Rows:
    """What the database holds at the end, of one job."""

    events: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)  # number, kind, payload
    revisions: list[tuple[int, int, str, str]] = field(default_factory=list)  # chapter, number, hash, origin
    approvals: list[tuple[int, str, str]] = field(default_factory=list)  # chapter, hash, who
    chapters: dict[int, tuple[str, str]] = field(default_factory=dict)  # status, hash of the current text
    audit: list[tuple[str, str]] = field(default_factory=list)  # who, what
    status: str = ""
    spent: int = 0
    cost: int = 0  # of all its calls
    bill: int | None = None  # the provider's own, where there is one


def faults(ops: list[Op], rows: Rows) -> list[str]:
    """Everything that is wrong, in words."""
    return [
        *numbers_without_gaps(rows),
        *legal_moves(rows),
        *texts_in_a_line(ops, rows),
        *nothing_unseen_approved(ops, rows),
        *nothing_acknowledged_lost(ops, rows),
        *nothing_after_the_end(ops, rows),
        *money_conserved(rows),
    ]


def numbers_without_gaps(rows: Rows) -> Iterator[str]:
    """Events are numbered from 1."""
    numbers = sorted(number for number, _kind, _payload in rows.events)
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"events are numbered {numbers}"


def legal_moves(rows: Rows) -> Iterator[str]:
    """Each state follows from the one before it; the last one told is the one that the row has."""
    from biographies.states import CHAPTER_MOVES, JOB_MOVES  # noqa: PLC0415  # needs the apps

    moves: Any
    at: dict[Any, str] = {}  # "job", and the chapters by their ids
    for number, kind, payload in sorted(rows.events, key=lambda event: event[0]):
        if kind == "status_change":
            what, before, after, moves = "job", payload["before"], payload["status"], JOB_MOVES
        elif kind == "chapter_change":
            what, after, moves = payload["chapter"], payload["status"], CHAPTER_MOVES
            before = at.get(what, "")
        else:
            continue
        if before and (at.get(what, before) != before or after not in moves[before]):
            yield f"event {number}: {what} went from {at.get(what, before)} to {after}, told as from {before}"
        at[what] = after
    there: dict[Any, str] = {chapter: status for chapter, (status, _text) in rows.chapters.items()}
    there["job"] = rows.status
    for what, after in at.items():
        if there.get(what, after) != after:
            yield f"{what} is {there[what]}, and was last told to be {after}"


def texts_in_a_line(ops: list[Op], rows: Rows) -> Iterator[str]:
    """Whoever edited a text edited the one that came before: nobody's text was written over unseen."""
    line = _lines(rows)
    for chapter, texts in line.items():
        if sorted(texts) != list(range(1, len(texts) + 1)):
            yield f"the texts of chapter {chapter} are numbered {sorted(texts)}"
    for op in ops:
        if op.outcome != OK or op.name not in WRITES or op.chapter is None:
            continue
        places = [number for number, digest in line[op.chapter].items() if digest == op.made]
        if not places:
            yield f"{op.who}'s {op.name} was acknowledged and is lost"
        elif not any(line[op.chapter].get(number - 1) == op.seen for number in places):
            yield f"{op.who}'s {op.name} wrote over a text that {op.who} had not seen"


def nothing_unseen_approved(ops: list[Op], rows: Rows) -> Iterator[str]:
    """Each approval is of a text that the person who gave it had on the screen; an approved chapter has one."""
    asked = {(op.who, op.chapter, op.seen) for op in ops if op.name == "approve" and op.outcome != FAIL}
    for chapter, digest, who in rows.approvals:
        if (who, chapter, digest) not in asked:
            yield f"an approval of a text of chapter {chapter} that {who} has not asked for"
    given = {(chapter, digest) for chapter, digest, _who in rows.approvals}
    for chapter, (status, digest) in rows.chapters.items():
        if status == "approved" and (chapter, digest) not in given:
            yield f"chapter {chapter} is approved, and nobody has approved its text"


def nothing_acknowledged_lost(ops: list[Op], rows: Rows) -> Iterator[str]:
    """The audit has what was acknowledged, and no more than what was acknowledged or unknown."""
    sure, most = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for op in ops:
        sure[op.who, op.name] += op.outcome == OK
        most[op.who, op.name] += op.outcome != FAIL
    there = Counter(one for one in rows.audit if one in most)
    for (who, name), count in most.items():
        if not sure[who, name] <= there[who, name] <= count:
            yield f"{who} was told of {sure[who, name]} × {name}, and the audit has {there[who, name]}"


def nothing_after_the_end(ops: list[Op], rows: Rows) -> Iterator[str]:
    """A job that was cancelled stays so, and takes no text that was asked for afterwards."""
    ends = [op.ended for op in ops if op.name == "cancel" and op.outcome == OK]
    if not ends:
        return
    if rows.status != "cancelled":
        yield f"a cancelled job is {rows.status}"
    for op in ops:
        if op.outcome == OK and op.began > min(ends) and op.name in {*WRITES, "regenerate", "resume"}:
            yield f"{op.who}'s {op.name} was taken after the job had ended"


def money_conserved(rows: Rows) -> Iterator[str]:
    """What the job has spent is what its calls have cost, and what the provider has billed."""
    if rows.spent != rows.cost:
        yield f"{rows.spent} were spent, and the calls have cost {rows.cost}"
    if rows.bill is not None and rows.bill != rows.cost:
        yield f"the provider has billed {rows.bill}, and the calls have cost {rows.cost}"


def _lines(rows: Rows) -> dict[int, dict[int, str]]:
    line: dict[int, dict[int, str]] = defaultdict(dict)
    for chapter, number, digest, _origin in rows.revisions:
        line[chapter][number] = digest
    return line


def rows_of(job_id: Any, bill: int | None = None) -> Rows:
    """Everything that the checks need, read once all is at rest."""
    from django.db.models import Sum  # noqa: PLC0415  # needs the apps

    from biographies.models import Approval, BiographyJob, Chapter, ChapterRevision  # noqa: PLC0415
    from engine.models import ModelCall  # noqa: PLC0415
    from notifications.models import AuditEntry, Event  # noqa: PLC0415

    job = BiographyJob.objects.get(pk=job_id)
    texts = ChapterRevision.objects.filter(chapter__job=job)
    given = Approval.objects.filter(revision__chapter__job=job)
    sections = Chapter.objects.filter(job=job).values_list("pk", "status", "current_revision__sha256")
    return Rows(
        events=list(Event.objects.filter(job_id=job_id).values_list("seq", "kind", "payload")),
        revisions=list(texts.values_list("chapter_id", "number", "sha256", "origin")),
        approvals=list(given.values_list("revision__chapter_id", "revision_sha256", "by_name")),
        chapters={pk: (status, digest or "") for pk, status, digest in sections},
        audit=list(AuditEntry.objects.filter(job_id=job_id).values_list("actor", "action")),
        status=job.status,
        spent=job.spent_micros,
        cost=ModelCall.objects.filter(job=job).aggregate(sum=Sum("cost_micros"))["sum"] or 0,
        bill=bill,
    )


def told(ops: Iterable[Op]) -> str:
    """How many operations of each name were ok, failed or unknown."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for op in ops:
        counts[op.name][op.outcome] += 1
    return "; ".join(
        f"{name}: {', '.join(f'{number} {outcome}' for outcome, number in sorted(one.items()))}"
        for name, one in sorted(counts.items())
    )


if __name__ == "__main__":
    from tests.faults.mixed_run import main

    sys.exit(main())
