"""Pairs of kinds that are hard to see: another's deed, a wish told as done, units, ordinals; in four languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sources.people import parse_name
from sources.support import check
from sources.vocabulary import Verdict

DATA = Path(__file__).parents[2] / "data" / "support_pairs_kinds.jsonl"
PASSAGE = (
    "Captain Harlan led twenty-odd men across the pass. They marched eighteen miles on the first day. On the third "
    "of January they reached Fort Bridger, where Lieutenant Amos Kerr gave them flour. Harlan asked to be sent to "
    "Oregon as a guide, but was turned away. He never married."
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def test_errors_are_found_and_honest_sentences_mostly_stand(rows: list[dict[str, object]]) -> None:
    held = [(row, check(str(row["claim"]), str(row["passage"]))) for row in rows]
    wrong = [row["claim"] for row, support in held if not row["supported"] and support.holds]
    right = [support.holds == row["supported"] for row, support in held]
    assert len(rows) >= 160
    assert len(wrong) <= 0.05 * sum(not row["supported"] for row in rows), wrong
    assert sum(right) / len(right) >= 0.8


def test_no_honest_sentence_is_called_contradicted(rows: list[dict[str, object]]) -> None:
    honest = [row for row in rows if row["supported"]]
    assert [
        row["claim"]
        for row in honest
        if check(str(row["claim"]), str(row["passage"])).verdict == Verdict.CONTRADICTED
    ] == []


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("They covered roughly 29 kilometres on the first day.", True),
        ("They covered roughly 50 kilometres on the first day.", False),
        ("They marched eighteen kilometres on the first day.", False),
        ("Some twenty men crossed the pass with Captain Harlan.", True),
        ("Captain Kerr led the men across the pass.", False),
        ("Harlan gave them flour at Fort Bridger.", False),
        ("Harlan was sent to Oregon as a guide.", False),
        ("They reached Fort Bridger in the winter, on 3 January.", True),
        ("Harlan married at Fort Bridger.", False),
    ],
)
def test_each_rule(claim: str, holds: bool) -> None:
    assert check(claim, PASSAGE, language="en").holds == holds


@pytest.fixture(scope="module")
def fresh() -> list[dict[str, object]]:
    """Pairs of many kinds that were written before the rules were looked at, in four languages."""
    path = DATA.with_name("support_pairs_fresh.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_fresh_errors_are_found_and_few_honest_sentences_are_called_contradicted(
    fresh: list[dict[str, object]],
) -> None:
    held = [
        (row, check(str(row["claim"]), str(row["passage"]), about=parse_name(str(row["about"]))))
        for row in fresh
    ]
    errors = [not support.holds for row, support in held if not row["supported"]]
    right = [support.holds == row["supported"] for row, support in held]
    slandered = [
        row["claim"] for row, support in held if row["supported"] and support.verdict == Verdict.CONTRADICTED
    ]
    assert sum(errors) >= 0.95 * len(errors) >= 95
    assert sum(right) >= 0.85 * len(right)
    assert len(slandered) <= 0.1 * sum(bool(row["supported"]) for row in fresh), slandered


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("Oakley founded the mill.", False),  # an apposition stands between a name and its verb
        ("Edwin lent her sixty pounds.", False),
        ("Samuel Oakley lent her sixty pounds.", True),
        ("Edwin had the cellar drained.", False),
        ("The governor closed the mill.", False),  # "the bishop closed it", a post alone
        ("Ruth chose Amos Bell as her partner.", False),  # the object of the same verb
        ("For seven years, until 1856, Ruth taught at Louth.", True),
        ("Ruth turned down the post.", True),
        ("Ruth took up the post.", False),
        ("In May 1860 the mill burnt down in 1861.", False),
    ],
)
def test_whose_deed_it_was(claim: str, holds: bool) -> None:
    passage = (
        "From 1849 to 1856 Ruth Sayle taught at Louth. She refused the post of matron. Mr. Samuel Oakley, a printer, "
        "lent her sixty pounds, and with it she founded the mill. Ruth at once had the cellar drained. Ruth chose her "
        "cousin, Nathan Cole, as her partner. The bishop closed the mill. In May 1860 the mill burnt "
        "down. In 1861 she died."
    )
    assert check(claim, passage, language="en", about=parse_name("Ruth Sayle")).holds == holds
