"""One wrong year, number, name or place in a sentence of a real source is found; the sentence itself is not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bookgen_site.env import BASE_DIR
from sources.support import check
from tests.planting import PLANTERS, Told, retypeset, told_in_files

FOLDER = BASE_DIR / "sources" / "demo" / "frederick-douglass"
FILES = (
    "09-my-escape-from-slavery-1881.txt",
    "10-chesnutt-biography-1899-ch-8-12.txt",
    "12-eb1911-douglass.html",
)
MOST = 60  # errors of each kind


@pytest.fixture(scope="module")
def told() -> Sequence[Told]:
    return told_in_files([FOLDER / name for name in FILES])


@pytest.mark.parametrize("kind", PLANTERS)
def test_planted_errors_are_found(told: Sequence[Told], kind: str) -> None:
    chance = random.Random(kind)
    wrong = [(PLANTERS[kind](one, chance), one.passage) for one in chance.sample(told, len(told))]
    planted = [(sentence, passage) for sentence, passage in wrong if sentence][:MOST]
    missed = [sentence for sentence, passage in planted if check(sentence, passage).holds]
    assert len(planted) >= 20
    assert len(missed) <= 0.05 * len(planted), missed


def test_sentences_of_the_source_raise_no_alarm(told: Sequence[Told]) -> None:
    chance = random.Random(7)
    alarms = [one for one in told if not check(retypeset(one.sentence, chance), one.passage).holds]
    assert len(told) > 200
    assert len(alarms) <= 0.02 * len(told), alarms


def test_sentences_of_elsewhere_find_no_support(told: Sequence[Told]) -> None:
    chance = random.Random(8)
    strangers = [(one, chance.choice(told)) for one in told]
    held = [(a, b) for a, b in strangers if a.passage != b.passage and check(a.sentence, b.passage).holds]
    assert len(held) <= 0.03 * len(told), held
