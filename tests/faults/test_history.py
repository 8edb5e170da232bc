"""The checker of histories sees each kind of fault, and none where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faults import history
from tests.faults.history import FAIL, OK, UNKNOWN, Op, Recorder, Rows

A, B, C = "a" * 64, "b" * 64, "c" * 64


def moved(number: int, before: str, after: str) -> tuple[int, str, dict[str, object]]:
    return number, "status_change", {"before": before, "status": after}


def changed(number: int, after: str) -> tuple[int, str, dict[str, object]]:
    return number, "chapter_change", {"chapter": 1, "status": after}


OPS = [
    Op("ada", "edit", 1, A, B, 1, 2, OK),
    Op("bo", "edit", 1, A, C, 1, 3, FAIL),
    Op("bo", "approve", 1, B, "", 4, 5, OK),
]
ROWS = Rows(
    events=[moved(1, "running", "needs_review"), changed(2, "needs_review"), changed(3, "approved")],
    revisions=[(1, 1, A, "generated"), (1, 2, B, "edited")],
    approvals=[(1, B, "bo")],
    chapters={1: ("approved", B)},
    audit=[("ada", "edit"), ("bo", "approve"), ("engine", "add_revision")],
    status="needs_review",
    spent=7,
    cost=7,
    bill=7,
)
CANCELLED = Op("ada", "cancel", None, "", "", 6, 7, OK)


def test_a_good_history_has_no_fault() -> None:
    assert history.faults(OPS, ROWS) == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"events": ROWS.events[1:]}, "numbered"),
        ({"events": [moved(1, "completed", "paused")], "status": "paused"}, "from completed"),
        (
            {"events": [moved(1, "running", "paused"), moved(2, "running", "failed")], "status": "failed"},
            "went from paused",
        ),
        ({"events": [changed(1, "planned"), changed(2, "approved")]}, "from planned to approved"),
        ({"status": "running"}, "was last told to be needs_review"),
        ({"chapters": {1: ("needs_review", B)}}, "was last told to be approved"),
        ({"revisions": [(1, 1, A, ""), (1, 3, B, "")]}, "are numbered [1, 3]"),
        ({"revisions": [(1, 1, A, "")]}, "acknowledged and is lost"),
        ({"revisions": [(1, 1, A, ""), (1, 2, C, ""), (1, 3, B, "")]}, "wrote over a text"),
        ({"approvals": [(1, B, "bo"), (1, A, "bo")]}, "has not asked for"),
        ({"approvals": [(1, B, "ada")]}, "has not asked for"),
        ({"chapters": {1: ("approved", A)}}, "nobody has approved its text"),
        ({"audit": [("bo", "approve")]}, "told of 1 × edit, and the audit has 0"),
        ({"audit": [*ROWS.audit, ("ada", "edit")]}, "the audit has 2"),
        ({"spent": 8}, "8 were spent"),
        ({"bill": 9}, "has billed 9"),
    ],
)
def test_a_broken_history_is_seen(rows: dict[str, object], words: str) -> None:
    found = history.faults(OPS, replace(ROWS, **rows))  # type: ignore[arg-type]  # of the right types
    assert any(words in one for one in found), found


def test_a_text_after_the_end_is_seen() -> None:
    assert any("a cancelled job is" in one for one in history.faults([*OPS, CANCELLED], ROWS))
    late = Op("bo", "regenerate", 1, B, "", 8, 9, OK)
    ended = replace(
        ROWS, status="cancelled", events=[], audit=[*ROWS.audit, ("ada", "cancel"), ("bo", "regenerate")]
    )
    assert history.faults([*OPS, CANCELLED], ended) == []
    assert history.faults([*OPS, CANCELLED, late], ended) == [
        "bo's regenerate was taken after the job had ended"
    ]
    late.began = 5  # asked for before the end was told: either may have been first
    assert history.faults([*OPS, CANCELLED, late], ended) == []


def test_an_unknown_answer_may_have_happened_or_not() -> None:
    unknown = [*OPS[:2], replace(OPS[2], outcome=UNKNOWN)]
    assert history.faults(unknown, ROWS) == []
    gone = replace(ROWS, approvals=[], chapters={}, events=[], audit=[("ada", "edit")])
    assert history.faults(unknown, gone) == []


def test_a_recorder_keeps_what_was_answered() -> None:
    recorder = Recorder()
    with recorder.op("ada", "edit", (KeyError,), chapter=1) as one:
        one.made = B
    with recorder.op("ada", "approve", (KeyError,)):
        raise KeyError
    with pytest.raises(ValueError, match="broken"), recorder.op("bo", "edit", (KeyError,)):
        raise ValueError("broken")
    assert [(one.name, one.outcome, one.began, one.ended) for one in recorder.ops] == [
        ("edit", OK, 1, 2),
        ("approve", FAIL, 3, 4),
        ("edit", UNKNOWN, 5, 6),
    ]
