"""Words without which a pattern matches nowhere: they never hide a match."""

from __future__ import annotations

import re

import pytest

from sources.injection import encoded, patterns, scripts
from sources.injection.indexing import Index
from sources.injection.needles import Haystack, Way, folded, ways
from tests.sources.injection.test_signs import DATA

PATTERNS = [pattern for _name, _weak, pattern in patterns.PATTERNS]
PATTERNS += [pattern for _name, pattern in patterns.FRAMES]
PATTERNS += [*scripts._PATTERNS, *(pattern for pattern, _decode, _telling in encoded._CODES)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:note|memo)\s+to\b", [[{"note", "memo"}, {"to"}]]),
        (r"(?:all\s+)?rules", [[{"rules"}]]),
        (r"(?:the\s+)+rules", [[{"rules"}, {"the"}]]),
        (r"ignore\s+all|forget\s+every", [[{"forget"}, {"every"}], [{"ignore"}, {"all"}]]),
        (r"(?:ignore|leave\s+out)\s+all", [[{"ignore"}, {"all"}], [{"leave"}, {"all"}, {"out"}]]),
        (r"(?:now\s+)?ignore|now\s+ignore\s+all", [[{"ignore"}]]),
        (r"\w+|rules", [[]]),
        (r"(?<=not )rules(?! of)", [[{"rules"}]]),
        ("Ж|忽略", [[{"ж", "忽略"}]]),
        ("忽略", [[{"忽略"}]]),
    ],
)
def test_the_words_of_a_pattern(pattern: str, expected: list[list[set[str]]]) -> None:
    assert [list(map(set, way)) for way in ways(re.compile(pattern, re.I))] == expected


def test_the_ways_of_a_pattern_stay_few() -> None:
    pattern = "".join(rf"(?:a{n}\s+b{n}|c{n}\s+d{n})\s+" for n in range(40))
    assert len(ways(re.compile(pattern))) <= 64
    last = f"{' '.join(f'c{n} d{n}' for n in range(40))} "
    assert Haystack(last).may_match(re.compile(pattern))
    assert not Haystack(last.replace("c39", "c-39")).may_match(re.compile(pattern))


def test_all_forms_of_a_letter_are_one() -> None:
    for text in ("IGNORE THIS", "İgnore thıſ", "ignore thiſ", "ıgnore this"):
        assert re.search("ignore this", text, re.I)
        assert Haystack(text).may_match(re.compile("ignore this", re.I))
    assert re.search("task", "tas\u212a", re.I)
    assert Haystack("tas\u212a").may_match(re.compile("task", re.I))
    assert not Haystack("A quiet page.").may_match(re.compile("task", re.I))


def test_what_one_pattern_takes_for_the_same_letter_is_folded_to_the_same() -> None:
    for code in range(0x80, 0x2FFF):
        letter = chr(code)
        for other in {letter.lower(), letter.upper(), letter.title(), letter.upper().lower(), "i", "s", "k"}:
            if len(other) == 1 and re.fullmatch(re.escape(other), letter, re.I):
                assert folded(letter) == folded(other), (letter, other)
    assert len(folded("İΣς ſ")) == len("İΣς ſ")


def _attacks() -> list[str]:
    return [
        line
        for path in sorted(DATA.glob("injections*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _possible(hay: Haystack, pattern: re.Pattern[str]) -> list[Way]:
    return [way for way in ways(pattern) if hay.has(way)]


def test_the_index_finds_all_that_may_match_and_nothing_else() -> None:
    index = Index(PATTERNS)
    for line in _attacks():
        hay = Haystack(line)
        expected = {number: _possible(hay, one) for number, one in enumerate(PATTERNS) if hay.may_match(one)}
        assert index.possible(hay) == expected


def test_no_match_is_hidden() -> None:
    """Of all patterns in all attacks of the lists, by the line."""
    found = 0
    for line in _attacks():
        hay = Haystack(line)
        for pattern in PATTERNS:
            if not hay.may_match(pattern):
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
            hay = Haystack(text)
            for pattern in PATTERNS:
                whole = [match.span() for match in pattern.finditer(text)] if hay.may_match(pattern) else []
                parts = [
                    match.span()
                    for start, end in hay.places(_possible(hay, pattern))
                    for match in pattern.finditer(text, start, end)
                    if match.end() < end or end == len(text)
                ]
                assert parts == whole, (pattern.pattern, line)
                found += len(parts)
    assert found > 25


def test_a_text_that_was_stretched_is_searched_whole() -> None:
    page, order = "He went to New Bedford, and read. " * 40, re.compile(r"ignore\s+all\s+rules", re.I)
    text = f"{page}ignore{' ' * 2_000}all rules. {page}"
    hay = Haystack(text)
    assert list(hay.places(_possible(hay, order))) == [(0, len(text))]
    hay = Haystack(f"{page}ignore all rules. {page}")
    ((start, end),) = hay.places(_possible(hay, order))
    assert start > 0
    assert end < 2 * len(page)


def test_most_patterns_are_spared_in_ordinary_prose() -> None:
    hay = Haystack(
        "In 1838 he went to New Bedford, where he worked on the wharves and read whatever he could find."
    )
    assert sum(map(hay.may_match, PATTERNS)) < len(PATTERNS) / 10
