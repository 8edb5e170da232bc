"""What the database must refuse, table by table: values of a column, of pairs of columns, copies, changes.

Declared here by hand, apart from the models, so that a constraint which the models lose is missed here. What follows
from the kind of a column alone (NULL, negative counts, broken JSON, ids of nobody) is read off the columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from django.db import models

from tests.fakes import rows

Value = Callable[[Random], Any]
Make = Callable[..., models.Model]
NOON: Final = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz _-éßж"


def word(chance: Random) -> str:
    """A word that no list has: too short or long, in capitals, or of other letters."""
    made = "".join(chance.choice(LETTERS) for _letter in range(chance.randint(0, 9)))
    return chance.choice(["", " ", "PENDING", "done ", "running\n", "x" + made])[:10]


def below(limit: float) -> Value:
    """A number under the limit."""
    return lambda chance: limit - chance.choice([1, 1, chance.randint(1, 30_000)])


def above(limit: float) -> Value:
    """A number over the limit, by a little or much."""
    return lambda chance: limit + chance.choice([0.01, 1, chance.randint(1, 30_000)])


def of(*values: Any) -> Value:
    """One of these."""
    return lambda chance: chance.choice(values)


@dataclass(frozen=True)
class Wrong:
    """An UPDATE of a legal row that makes it illegal (an INSERT of one where rows can't be changed)."""

    make: Make
    values: dict[str, Value]


def wrong(make: Make, **values: Value) -> Wrong:
    """Shorter to write."""
    return Wrong(make, values)


empty: Final = of("")
DECLARED: Final = (
    *(wrong(rows.job, **{column: word}) for column in ("status", "mode", "author", "citation_style")),
    wrong(rows.job, current_phase=of("dreaming", "EXPORT", "export ")),
    wrong(rows.job, character=empty),
    wrong(rows.job, progress=above(100)),
    wrong(rows.job, progress=below(0)),
    wrong(rows.job, wanted_chapters=below(1)),
    wrong(rows.job, status=of("completed"), progress=below(100), completed_at=of(NOON)),
    wrong(rows.job, status=of("completed"), progress=of(100), completed_at=of(None)),
    wrong(rows.chapter, kind=word),
    wrong(rows.chapter, status=word),
    wrong(rows.chapter, status=of("approved"), current_revision_id=of(None)),
    wrong(rows.chapter, kind=of("glossary", "prologue", "epilogue")),  # which have no number
    wrong(rows.revision, origin=word, number=above(1000)),
    wrong(rows.revision, number=below(1)),
    wrong(rows.approval, manner=word),
    wrong(rows.finding, severity=word),
    wrong(rows.finding, status=word),
    wrong(rows.finding, status=of("dismissed"), reason=empty),
    wrong(rows.image, place=word),
    wrong(rows.image, media_type=word),
    *(wrong(rows.image, **{column: empty}) for column in ("blob", "alt", "rights")),
    *(
        wrong(rows.image, **{column: below(1)})
        for column in ("width", "height", "size", "position", "chapter")
    ),
    wrong(rows.image, chapter=of(None)),
    wrong(rows.image, place=of("frontispiece")),
    wrong(rows.comment, text=empty),
    wrong(rows.comment, author_name=empty),
    wrong(rows.comment, resolved_at=of(NOON), resolved_by=empty),
    wrong(rows.export, format=word),
    wrong(rows.export, size=below(1)),
    wrong(rows.style_guide, name=empty),
    wrong(rows.style_guide, text=empty),
    wrong(rows.collection, name=empty),
    wrong(rows.collected, name=empty),
    wrong(rows.collected, number=below(1)),
    wrong(rows.answered_request, key=empty),
    wrong(rows.checked_address, number=below(1)),
    *(wrong(rows.source, **{column: word}) for column in ("kind", "found", "decision")),
    wrong(rows.source, relevance_score=above(1)),
    wrong(rows.source, relevance_score=below(0)),
    wrong(rows.source, credibility_score=above(100)),
    wrong(rows.source, valid=of(False), rejected_because=empty),
    wrong(rows.source, valid=of(True), text=empty),
    wrong(rows.passage, start=of(9, 12, 400), end=of(3, 8, 9)),
    wrong(rows.fact, kind=word),
    wrong(rows.fact, date_precision=of("exactly", "DAY", "x")),
    wrong(rows.fact, witnesses=below(1)),
    wrong(rows.fact, date_start=of(dt.date(1850, 1, 2)), date_end=of(dt.date(1850, 1, 1), dt.date(1, 1, 1))),
    wrong(rows.citation, verdict=word),
    wrong(rows.citation, opinion=of("sure", "VERBATIM", "x")),
    wrong(rows.citation, verdict=of("contradicted", "verbatim"), opinion=of("supported")),
    wrong(rows.citation, number=below(1)),
    wrong(rows.citation, start=of(5, 6, 70), end=of(1, 5)),
    wrong(rows.run, status=word),
    wrong(rows.plan, phase=word),
    wrong(rows.unit, status=word),
    wrong(rows.unit, phase=word),
    wrong(rows.unit, status=of("leased"), worker=empty, lease_until=of(NOON)),
    wrong(rows.unit, status=of("leased"), worker=of("w"), lease_until=of(None)),
    wrong(rows.unit, status=of("parked"), error=empty),
    wrong(rows.unit, status=of("done"), result=of(None)),
    wrong(rows.call, status=word),
    wrong(rows.call, phase=word),
    wrong(rows.call, status=of("failed", "answered"), reserved_micros=of(1, 5, 9_000), answer=of("A.")),
    wrong(rows.call, status=of("answered"), answer=empty, reserved_micros=of(0)),
    wrong(rows.provider, endpoint=empty),
    wrong(rows.ticket, worker=empty),
    wrong(rows.event, seq=below(1)),
    wrong(rows.event, kind=of("rumour", "PROGRESS", ""), seq=above(1000)),
    wrong(rows.delivery, state=word),
    wrong(rows.delivery, channel=word),
    wrong(rows.delivery, state=of("sent"), sent_at=of(None)),
    wrong(rows.delivery, state=of("sending"), slot=of(None)),
    wrong(rows.endpoint, url=empty),
    wrong(rows.endpoint, secret=empty),
    wrong(rows.endpoint, active=of(False), off_reason=of("", "tired")),
    wrong(rows.alert, key=empty),
    wrong(rows.alert, severity=word),
    wrong(rows.alert, state=of("resolved"), resolved_at=of(None)),
    wrong(rows.alert, state=of("firing"), resolved_at=of(NOON)),
    wrong(rows.subscription, address=empty),
    wrong(rows.subscription, pace=of("never", "DAILY", "x")),
    wrong(rows.suppressed, address=empty),
    wrong(rows.suppressed, reason=word),
    wrong(rows.author_link, digest=empty),
    wrong(rows.author_link, name=empty),
    wrong(rows.api_key, scopes=empty),
    wrong(rows.token_family, scopes=empty),
    wrong(rows.token_family, current=empty),
    wrong(rows.api_client, scopes=empty),
    wrong(rows.api_client, authorization_grant_type=of("password", "implicit", "x")),
)

# Rows of which there may be no second with all the same but the id.
ONCE: Final[tuple[Make, ...]] = (
    *(
        rows.chapter,
        rows.revision,
        rows.approval,
        rows.export,
        rows.image,
        rows.source,
        rows.passage,
        rows.fact,
    ),
    *(rows.citation, rows.run, rows.plan, rows.unit, rows.call, rows.event, rows.delivery, rows.alert),
    *(rows.collected, rows.answered_request, rows.checked_address, rows.suppressed, rows.provider),
)

# Columns that are written once (by a trigger), and another value for each.
FROZEN: Final[tuple[Wrong, ...]] = (
    wrong(rows.revision, text=of("x", "y"), number=of(7, 8)),
    *(wrong(rows.revision, **{column: of("edited", "restored")}) for column in ("text", "sha256", "origin")),
    wrong(rows.revision, number=of(7, 8)),
    wrong(rows.revision, created_at=of(NOON)),
    *(wrong(rows.approval, **{column: of("x", "together")}) for column in ("revision_sha256", "by_name")),
    wrong(rows.approval, at=of(NOON)),
    wrong(rows.event, seq=of(7, 8)),
    wrong(rows.event, kind=of("completion", "question")),
    wrong(rows.event, payload=of("{}", '{"progress": 1}')),
    *(wrong(rows.audit_entry, **{column: of("x", "y")}) for column in ("actor", "action", "target")),
    wrong(rows.audit_entry, after=of('{"a": 1}')),
    wrong(rows.audit_entry, before=of('{"a": 1}')),
)
