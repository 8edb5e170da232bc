"""The choice among found sources, and the gathering before it."""

from __future__ import annotations

import random
from dataclasses import replace

from sources.discovery.base import Candidate
from sources.discovery.searching import MOST_READ, merged, most_read
from sources.discovery.selecting import Entry, choose


def entry(number: int, site: str = "", kind: str = "secondary", score: float = 0.5) -> Entry:
    return Entry(number, site or f"site{number}.example", kind, score, 100 * score)


def kept(found: list[Entry], wanted: int, present: tuple[Entry, ...] = ()) -> list[int]:
    return [choice.number for choice in choose(found, present, wanted) if choice.kept]


def test_the_best_are_kept_and_all_are_explained() -> None:
    found = [entry(number, score=number / 10) for number in range(1, 6)]
    choices = choose(found, [], 2)
    assert kept(found, 2) == [5, 4]
    assert {choice.number for choice in choices} == {1, 2, 3, 4, 5}
    assert choices[0].because.startswith("No. 1 of 5 with ")
    assert "relevance 0.50, credibility 50" in choices[0].because
    assert choices[-1].because.startswith("Not among the best 2: relevance 0.30")


def test_what_is_there_already_counts() -> None:
    found = [entry(number) for number in range(1, 6)]
    assert len(kept(found, 4, (entry(90), entry(91), entry(92)))) == 1
    assert kept(found, 2, (entry(90), entry(91), entry(92))) == []


def test_one_site_does_not_fill_the_book() -> None:
    flood = [entry(number, "wiki.example", score=0.6) for number in range(1, 11)]
    others = [entry(number, score=0.45) for number in range(11, 16)]
    chosen = kept(flood + others, 8)
    assert sum(number >= 11 for number in chosen) >= 3
    assert chosen[0] == 1


def test_the_own_sources_of_a_site_count_too() -> None:
    found = [entry(1, "wiki.example", score=0.55), entry(2, score=0.5)]
    present = tuple(entry(number, "wiki.example", kind="primary") for number in range(90, 93))
    assert kept(found, 4, present) == [2]


def test_kinds_are_spread() -> None:
    tertiary = [entry(number, kind="tertiary", score=0.6) for number in range(1, 11)]
    letters = [entry(number, kind="primary", score=0.5) for number in range(11, 16)]
    chosen = kept(tertiary + letters, 8)
    assert sum(number >= 11 for number in chosen) >= 3


def test_the_best_of_its_kind_is_not_kept_out_by_rubbish() -> None:
    found = [entry(number, kind="primary", score=0.9) for number in range(1, 6)]
    assert kept([*found, entry(9, kind="tertiary", score=0.1)], 5) == [1, 2, 3, 4, 5]


def test_the_order_in_which_they_come_does_not_matter() -> None:
    found = [entry(number, f"s{number % 3}.example", score=0.3 + number % 4 / 10) for number in range(1, 30)]
    expected = choose(found, [], 10)
    for seed in range(5):
        random.Random(seed).shuffle(found)
        assert choose(found, [], 10) == expected


def test_nothing_found_nothing_chosen() -> None:
    assert choose([], [entry(1)], 5) == []


def candidate(url: str) -> Candidate:
    return Candidate(url, "found")


def test_finders_take_turns_and_bring_nothing_twice() -> None:
    found = {
        "a": [candidate(f"https://a.example/{number}") for number in range(5)],
        "b": [candidate("http://www.a.example/1/"), candidate("https://b.example/1")],
        "c": [],
    }
    fresh = merged(found, ["http://a.example/0", "upload:1:x.txt"], 4)
    assert [(name, one.url) for name, one in fresh] == [
        ("b", "http://www.a.example/1/"),
        ("b", "https://b.example/1"),
        ("a", "https://a.example/2"),
        ("a", "https://a.example/3"),
    ]


def test_the_number_of_candidates_is_bounded() -> None:
    assert (most_read(10), most_read(60), most_read(10_000)) == (20, 120, MOST_READ)


def test_a_candidate_survives_its_storage() -> None:
    one = replace(candidate("https://a.example/"), title="T", date="1845")
    assert Candidate(**one.as_json()) == one
