"""Lists of people as they are written, line by line."""

from __future__ import annotations

import pytest

from biographies.people_lists import key_of, listed


@pytest.mark.parametrize(
    ("line", "name", "dates", "notes"),
    [
        ("Ada Quill", "Ada Quill", "", ""),
        ("  Ada   Quill  ", "Ada Quill", "", ""),
        ("- Ada Quill", "Ada Quill", "", ""),
        ("3. Ada Quill (1838–1912)", "Ada Quill", "1838–1912", ""),
        ("Ada Quill (1838–1912): drew maps", "Ada Quill", "1838–1912", "drew maps"),
        ("Ada Quill (born 1838), of Leith", "Ada Quill", "born 1838", "of Leith"),
        ("Ada Quill; 1838–1912; drew maps; and charts", "Ada Quill", "1838–1912", "drew maps; and charts"),
        ("Ada Quill\t1838\tdrew maps", "Ada Quill", "1838", "drew maps"),
        ("Ada Quill | 1838", "Ada Quill", "1838", ""),
        ("Prince (the musician)", "Prince (the musician)", "", ""),
        ("Ada \u202eQuill\x00", "Ada Quill", "", ""),
    ],
)
def test_one_line(line: str, name: str, dates: str, notes: str) -> None:
    [one] = listed(line)
    assert (one.name, one.dates, one.notes) == (name, dates, notes)


def test_nobody_stands_in_empty_lines_and_remarks() -> None:
    assert [(one.line, one.name) for one in listed("# cartographers\n\nAda Quill\r\n  \nBo Reed\n")] == [
        (3, "Ada Quill"),
        (5, "Bo Reed"),
    ]


def test_the_same_person_is_known_again_and_a_namesake_is_not() -> None:
    assert key_of("Ada  QUILL", "1838–1912") == key_of("ada quill", "1838 - 1912")
    assert key_of("Ada Quill", "1838") != key_of("Ada Quill", "1901")
    assert key_of("Ada Quill", "") != key_of("Ada Quill", "1901")


def test_a_line_without_end_takes_no_time() -> None:
    [one] = listed("(" * 100_000 + "1")
    assert len(one.name) == 100_001
    [other] = listed("Ada (1838) " + " " * 100_000 + "x" * 1000)
    assert len(other.notes) == 400
