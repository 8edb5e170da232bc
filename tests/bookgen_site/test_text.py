"""Text that others wrote: what comes in hostile goes out storable, printable and stable."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from docx import Document

from bookgen_site.lib.text import clean_text, shortened

pytestmark = pytest.mark.once

HOSTILE = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "hostile_texts.jsonl").read_text("utf-8").splitlines()
]
# The characters that XML 1.0 allows (https://www.w3.org/TR/xml/#charsets), without discouraged ones.
XML = re.compile("[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*")


def _text(row: dict[str, object]) -> str:
    if "text" in row:
        return str(row["text"])
    repeated = row["text_repeat"]
    assert isinstance(repeated, list)
    return str(repeated[0]) * int(repeated[1])


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: f"{row['id']} {row['cls']}")
def test_hostile_text_becomes_storable_and_stays_as_it_is(row: dict[str, object]) -> None:
    cleaned = clean_text(_text(row))

    assert XML.fullmatch(cleaned), "XML 1.0 and PostgreSQL take every character"
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    if len(cleaned) < 50_000:
        Document().add_paragraph(cleaned)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Born in\x07 Leeds.", "Born in Leeds."),
        ("Born in\x0c Leeds.", "Born in Leeds."),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("pay\u200bpal\ufeff", "paypal"),
        ("\U000e0049\U000e0067x", "x"),
        ("\ufdd0\ufffe\uffff\U0001ffff.", "."),
        ("\ud800\udfff.", "."),
        ("e\u0301", "\u00e9"),
        ("e\x07\u0301", "\u00e9"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_steers_goes_and_what_says_something_stays(given: str, expected: str) -> None:
    assert clean_text(given) == expected


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "क्\u200dष", "👨\u200d👩\u200d👧", "ıİ", "日本語", "ไทย", "a\u00adb", "a\u00a0b"],
)
def test_letters_of_all_scripts_survive(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["a\u200cb", "a\u200db", "\u200d", "می\u200c", "\u200c\u200c"])
def test_a_joiner_that_joins_nothing_goes(text: str) -> None:
    assert clean_text(text) == text.replace("\u200c", "").replace("\u200d", "")


def test_a_single_line_has_single_spaces_and_no_ends() -> None:
    assert clean_text("  one\n two\t\tthree ", multiline=False) == "one two three"


def test_marks_that_normalising_multiplies_are_counted_after_it() -> None:
    once = clean_text("e" + "\u0344" * 30)

    assert clean_text(once) == once


def test_a_pile_of_marks_is_cut_and_takes_no_time() -> None:
    piled = clean_text("e" + "\u0316\u0301" * 200_000 + "f")

    assert len(piled) < 40
    assert piled.endswith("f")
    assert clean_text(piled) == piled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Short.", "Short."),
        ("Exactly twenty chars", "Exactly twenty chars"),
        ("She was born in Leith in 1831.", "She was born in …"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffa …"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_text_is_cut_between_words_and_the_cut_is_seen(text: str, shown: str) -> None:
    assert shortened(text, 20) == shown
    assert len(shortened(text, 20)) <= 20
    assert shortened(text, 20).endswith("…") == (len(" ".join(text.split())) > 20)
