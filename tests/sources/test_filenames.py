"""The name of a file as a title."""

from __future__ import annotations

import pytest

from sources.filenames import name_of


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("03_letter-to-thomas-auld-1848.txt", "Letter to thomas auld 1848"),
        ("Life of Anne-Marie.txt", "Life of Anne-Marie"),
        ("12. Memoirs.pdf", "Memoirs"),
        ("cartas_desde_Huesca.DOCX", "Cartas desde Huesca"),
        ("1845.txt", "1845.txt"),
        ("1845-narrative.txt", "1845 narrative"),
        ("-.txt", "-.txt"),
        ("report.v2", "Report.v2"),
        ("", ""),
    ],
)
def test_a_file_name_is_made_readable(filename: str, title: str) -> None:
    assert name_of(filename) == title
