"""Whatever stands in a source or a model's answer, the check answers, and soon."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from sources.support import check
from sources.vocabulary import Verdict

HOSTILE = Path(__file__).parents[2] / "data" / "hostile_texts.jsonl"
ODD = [
    "", " ", ".", "…", "\n\n\n", "1", "0", "1,", "1/2/3", "99.99.9999", "0000-00-00", "1" * 5000, "1,000" * 3000,
    "000," * 5000, "a" * 50_000, "a " * 20_000, "a b " * 5_000, "A. " * 5_000, "not " * 3_000, "one hundred and " * 900,
    "' " * 5_000, "-" * 9_000, "May " * 2_000, "\u202e\u0000\ud800", "𝔘𝔫𝔦", "١٨٣٨ ١٢",
    "她出生在华沙。", "Она родилась в 1867 году.",
    "(" * 9_000, "[1]" * 3_000, "mother " * 2_000, "II XIV " * 900, "²³ ½ №", "e\u0301" * 500,
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_texts_on_either_side(odd: str) -> None:
    plain = "In May 1867 two nurses left Warsaw, and her mother did not follow."
    for sentence, passage in ((odd, plain), (plain, odd), (odd[:1999], odd)):
        for language in ("", "en", "de", "xx", "es-MX"):
            assert check(sentence, passage, language=language).verdict in Verdict


def test_what_is_empty_is_not_supported() -> None:
    assert not any(check(a, b).holds for a, b in product(["", " ", "…"], ["", "A text.", "…"]))


def test_other_scripts_are_compared_word_by_word() -> None:
    text = "Она родилась в Варшаве в 1867 году. Её отец был учителем."
    assert check("Она родилась в Варшаве в 1867 году.", text).verdict == Verdict.VERBATIM
    assert not check("Она родилась в Варшаве в 1876 году.", text).holds
    assert check("她出生在华沙。", "她出生在华沙。她的父亲是老师。").holds


def test_the_list_of_hostile_texts_passes_through() -> None:
    rows = [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows if isinstance(row.get("text"), str)]
    assert len(texts) > 20
    for text in texts:
        assert check(text[:1_500], text).verdict in Verdict
