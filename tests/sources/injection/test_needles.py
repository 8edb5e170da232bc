"""Words without which a pattern matches nowhere: they never hide a match."""

from __future__ import annotations

import re

import pytest

from sources.injection import encoded, patterns, scripts
from sources.injection.needles import folded, may_match, needles
from tests.sources.injection.test_signs import DATA

PATTERNS = [pattern for _name, _weak, pattern in patterns.PATTERNS]
PATTERNS += [pattern for _name, pattern in patterns.FRAMES]
PATTERNS += [*scripts._PATTERNS, *(pattern for pattern, _decode, _telling in encoded._CODES)]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:note|memo)\s+to\b", [{"note", "memo"}, {"to"}]),
        (r"(?:all\s+)?rules", [{"rules"}]),
        (r"(?:the\s+)+rules", [{"rules"}, {"the"}]),
        (r"a[bc]d|efg", [{"a", "efg"}]),
        (r"\w+|rules", []),
        (r"(?<=not )rules(?! of)", [{"rules"}]),
        ("Ж|忽略", []),
        ("忽略", [{"忽略"}]),
    ],
)
def test_the_words_of_a_pattern(pattern: str, words: list[set[str]]) -> None:
    assert list(map(set, needles(re.compile(pattern, re.I)))) == words


def test_all_forms_of_a_letter_are_one() -> None:
    for text in ("IGNORE THIS", "İgnore thıſ", "ignore thiſ", "ıgnore this"):
        assert re.search("ignore this", text, re.I)
        assert may_match(re.compile("ignore this", re.I), folded(text))
    assert re.search("task", "tas\u212a", re.I)
    assert may_match(re.compile("task", re.I), folded("tas\u212a"))
    assert not may_match(re.compile("task", re.I), folded("A quiet page."))


def test_no_match_is_hidden() -> None:
    """Of all patterns in all attacks of the lists, by the line."""
    lines = [
        line
        for path in sorted(DATA.glob("injections*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    found = 0
    for line in lines:
        plain = folded(line)
        for pattern in PATTERNS:
            if not may_match(pattern, plain):
                assert not pattern.search(line), (pattern.pattern, line)
            else:
                found += bool(pattern.search(line))
    assert found > 100


def test_most_patterns_are_spared_in_ordinary_prose() -> None:
    text = folded(
        "In 1838 he went to New Bedford, where he worked on the wharves and read whatever he could find."
    )
    assert sum(may_match(pattern, text) for pattern in PATTERNS) < len(PATTERNS) / 5
