"""Sentences: where they end, and which of them can stand alone."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sources.extracting.reading import extract_here as extract
from sources.sentences import is_whole, sentences

DEMO = Path(__file__).parents[2] / "sources" / "demo"
TEXT = next(path for path in sorted(DEMO.rglob("*.txt")))


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Roe met Dr. A. B. Smith in St. Louis.", "Gen. Lee wrote to No. 5 Broad St. in May."],
        ["He lived in the U.S. from 1845.", "Then he left."],
        ["J. B. Priestley came.", "He was born c. 1850."],
        ['"Will you come?" asked he.', '"No!" she said.', "He left."],
        ["“Will you come?” asked he.", "“No.”", "He left."],
        ["He said: “It is so.”", "She wept."],
        ["(He left.)", "She stayed."],
        ["The assault on [the U.S. Senator] was known.", "All wept."],
        ["But, alas! few of that number came with them.", "Poor man! such was his disposition."],
        ["He said: “She told me: ‘Go.’ ”", "Then she left."],
        ["It rose at once!", "What then?", "Nothing."],
        ["Nació en España.", "¿Quién lo sabía?", "Nadie."],
        ["Dr. J. P. Smith lived at No. 36 Lispenard St. in New York.", "Mr. Roe came on Jan. 5, 1848."],
        ["He was born in Albany, N.Y.", "He lived in the U.S. Senate's shade."],
        ["Geo. Latimer and Wm. Lloyd Garrison met Chas. Remond.", "Lieut. Col. Shaw wept."],
        ["The Hon. Mr. Justice Roe and the Rev. Mr. Doe came.", "Mrs. Auld left at 5 p.m. Mr. Auld stayed."],
        ["Am 3. Mai 1851 starb er im 19. Jahrhundert.", "Sie weinte."],
        ["Она родилась в 1851 г. в Москве.", "Её отец А. С. Иванов умер."],
        ["उनका जन्म १८५१ में हुआ था।", "वे बेटी थीं।"],
        ["ولدت في مالمو عام ١٨٥١؟", "ثم ذهبت."],
        ["Ο πατέρας της ήταν πιλότος;", "Ναι."],
    ],
)
def test_a_text_falls_into_its_sentences(expected: list[str]) -> None:
    assert _split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["她出生在马尔默。", "她会读书吗？", "“是的。”她说。", "后来她走了！"],
        ["父は案内人だった。", "「星を数えた。」と彼女は書いた。", "「そう。」", "「いいえ！？」"],
    ],
)
def test_sentences_without_spaces_between(expected: list[str]) -> None:
    assert _split("".join(expected)) == expected


def test_a_sentence_never_spans_a_blank_line() -> None:
    assert _split("CHAPTER I\n\nHe was born\n\nin Leeds. He died.") == [
        "CHAPTER I",
        "He was born",
        "in Leeds.",
        "He died.",
    ]


def test_every_character_is_in_one_sentence() -> None:
    text = extract(TEXT.read_bytes(), TEXT.name).text

    spans = sentences(text)

    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "x", ".", '"', "a. " * 50, "." * 500, "(" * 300 + " A. B."]
)
def test_odd_texts_have_spans_that_fit(text: str) -> None:
    assert "".join("".join(part.split()) for part in _split(text)) == "".join(text.split())


def test_a_book_takes_seconds_also_in_threads() -> None:
    book = " ".join(["He was born in Leeds, and lived there with Mr. Roe for ten years."] * 5_000)
    begun = time.monotonic()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(sentences, [book] * 4))

    assert [len(found) for found in results] == [5_000] * 4
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    "sentence",
    [
        "He was born in Leeds in 1845.",
        "“He was born in Leeds,” she said.",
        '"It was so," he wrote, "and so it stays."',
        "In 1838 Mr. Roe (a sailor) left the town!",
        "1845 was the year of the great hunger.",
        "¿Quién fue el padre de la niña?",
        "Élise vécut à Paris avec sa mère.",
    ],
)
def test_what_can_stand_alone(sentence: str) -> None:
    assert is_whole(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "CHAPTER I",
        "CHAPTER TEN. THE LAST VOYAGE HOME.",
        "LEEDS, APRIL 22, 1845.",
        "and then he went away again.",
        "He went away and never",
        "He went away as follows:",
        "“He went away and never came.",
        "He went away (and never came.",
        'He went away."',
        "He left.",
        "Then he spoke to Mr.",
        "See A. B. Roe, The Life of John Doe (New York, 1891).",
        "In 1838, 266he was sold to another man.",
        "He went away[12] and never came.",
        "He went to https://example.com and read it.",
        "He was born in Le\ufffdds in the north.",
    ],
)
def test_what_cannot(sentence: str) -> None:
    assert not is_whole(sentence)
