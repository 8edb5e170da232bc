"""The same text twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sources.duplicates import Signature, near, overlap, overlap_of_texts, signature
from sources.extracting.reading import extract_here as extract

ROOT = Path(__file__).parents[2]
EDGE = ROOT / "tests" / "data" / "edge"
WORDS = [f"word{number % 97}x{number % 89}" for number in range(2_000)]
TEXT = " ".join(WORDS)


def test_the_same_words_are_the_same_text() -> None:
    one, other = signature(TEXT), signature(TEXT.upper().replace(" ", ",\n\n"))

    assert one == other
    assert near(one, other)


def test_a_text_with_a_few_changes_is_near() -> None:
    changed = WORDS.copy()
    changed[100:900:100] = ["other"] * 8
    front = "A new title by somebody and a short foreword of some few words. "

    assert near(signature(TEXT), signature(" ".join(changed)))
    assert near(signature(TEXT), signature(front + TEXT))


def test_another_text_is_not() -> None:
    assert not near(signature(TEXT), signature(" ".join(reversed(WORDS))))
    assert not near(signature(TEXT), signature(" ".join(WORDS[:900])))
    assert not near(signature("one two"), signature("one three"))


def test_the_same_document_in_two_formats_is_near_and_two_chapters_are_not() -> None:
    demo = [
        path for path in sorted((ROOT / "sources" / "demo").rglob("*")) if path.suffix in {".html", ".txt"}
    ]
    signatures = [signature(extract(path.read_bytes(), path.name).text) for path in demo]
    page = extract(demo[1].read_bytes(), demo[1].name).text
    as_lines = "\n".join(
        " ".join(page.split()[place : place + 12]) for place in range(0, len(page.split()), 12)
    )

    assert near(signature(extract(as_lines.encode(), "a.txt").text), signatures[1])
    for place, one in enumerate(signatures):
        assert not any(near(one, other) for other in signatures[place + 1 :])


def test_a_signature_survives_json_and_an_empty_text() -> None:
    assert json.loads(json.dumps(signature(TEXT))) == signature(TEXT)
    assert near(signature(""), signature("..."))
    assert not near(signature(""), signature(TEXT))


def test_a_signature_is_the_same_in_every_process() -> None:
    code = "import json, sources.duplicates as d; print(json.dumps(d.signature('one two three four five')))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]
    assert json.loads(runs[0]) == signature("one two three four five")


def test_an_excerpt_is_contained_in_the_whole_and_not_the_other_way_round() -> None:
    whole, excerpt = signature(TEXT), signature(" ".join(WORDS[500:900]))
    found = overlap(excerpt, whole)
    assert found.of_one > 0.9
    assert found.of_other < 0.3
    assert not near(excerpt, whole)
    assert overlap_of_texts(" ".join(WORDS[500:900]), TEXT).of_one == 1


def test_a_signature_of_an_earlier_release_says_nothing() -> None:
    old: Signature = {"exact": "x", "sketch": [1, 2, 3]}
    assert overlap(old, signature(TEXT)).sample == 0


@pytest.mark.parametrize(
    "letters",
    ["的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出", "กขคงจฉชซญดตถทนบปผพฟภมยรลวสหอ"],
)
def test_texts_of_scripts_without_spaces_are_compared_letter_by_letter(letters: str) -> None:
    chance = random.Random(4)
    text = "".join(chance.choices(letters, k=2_000))
    copied = "".join(chance.choice(letters) if chance.random() < 0.01 else one for one in text)
    other = "".join(chance.choices(letters, k=2_000))
    assert near(signature(text), signature(copied))
    assert not near(signature(text), signature(other))
    half = overlap(signature(text[:1_000]), signature(text))
    assert half.of_one > 0.9 > half.of_other
