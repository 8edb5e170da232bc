"""Words without which a pattern matches nowhere: they never hide a match."""

from __future__ import annotations

import re

import pytest

from sources.injection import encoded, patterns, scripts
from sources.injection.needles import Shelf, folded, may_match, needles, places
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
        ("Ж|忽略", [{"ж", "忽略"}]),
        ("т|忽略", []),  # of which "ᲄ" is a form
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


def _attacks() -> list[str]:
    return [
        line
        for path in sorted(DATA.glob("injections*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_no_match_is_hidden() -> None:
    """Of all patterns in all attacks of the lists, by the line."""
    found = 0
    for line in _attacks():
        plain = folded(line)
        for pattern in PATTERNS:
            if not may_match(pattern, plain):
                assert not pattern.search(line), (pattern.pattern, line)
            else:
                found += bool(pattern.search(line))
    assert found > 100


def test_no_match_is_hidden_in_a_long_text() -> None:
    """One attack of twelve in the middle, at the head and at the end of pages that say nothing to a machine."""
    page = "In 1838 he went to New Bedford, and read whatever he could find about a new rule. " * 12
    found = 0
    for line in _attacks()[::12]:
        for text in (f"{page}\n{line}\n{page}", f"{line}\n{page}", f"{page}\n{line}"):
            plain = folded(text)
            for pattern in PATTERNS:
                whole = (
                    [match.span() for match in pattern.finditer(text)] if may_match(pattern, plain) else []
                )
                parts = [
                    match.span()
                    for start, end in places(pattern, plain)
                    for match in pattern.finditer(text, start, end)
                    if match.end() < end or end == len(text)
                ]
                assert parts == whole, (pattern.pattern, line)
                found += len(parts)
    assert found > 25


def test_a_text_that_was_stretched_is_searched_whole() -> None:
    page, order = "He went to New Bedford, and read. " * 40, re.compile(r"ignore\s+all\s+rules", re.I)
    text = folded(f"{page}ignore{' ' * 2_000}all rules. {page}")
    assert list(places(order, text)) == [(0, len(text))]
    ((start, end),) = places(order, folded(f"{page}ignore all rules. {page}"))
    assert start > 0
    assert end < 2 * len(page)


def test_a_shelf_finds_what_each_of_its_patterns_finds_alone() -> None:
    shelf = Shelf(PATTERNS)
    for text in [*_attacks(), "A quiet page.", ""]:
        plain = folded(text)
        alone = [place for place, pattern in enumerate(PATTERNS) if may_match(pattern, plain)]
        assert shelf.that_may_match(plain) == alone, text


def test_most_patterns_are_spared_in_ordinary_prose() -> None:
    text = folded(
        "In 1838 he went to New Bedford, where he worked on the wharves and read whatever he could find."
    )
    assert sum(may_match(pattern, text) for pattern in PATTERNS) < len(PATTERNS) / 5
