"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from biographies.exports.docx.elements import printable

# What a spreadsheet reads as a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, by which spreadsheets know the encoding."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def cell(value: object) -> object:
    """The value; a text that would be a formula gets an apostrophe, which makes it a text again."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = printable(value)
    # White space in front doesn't help: some programs trim it and look again.
    return f"'{text}" if FORMULA.match(text) or FORMULA.match(text.lstrip()) else text
