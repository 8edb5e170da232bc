"""The formats of a book at the command line: "--format docx,epub", or "all"."""

from __future__ import annotations

from argparse import ArgumentTypeError

from biographies.errors import BadWish
from biographies.exports.formats import FORMATS, chosen

ALL = "all"
HELP = f"formats of the book, with commas: {', '.join(FORMATS)}, or {ALL}"


def formats(text: str) -> tuple[str, ...]:
    """The formats that an argument names."""
    try:
        return chosen(FORMATS if text == ALL else [name.strip() for name in text.split(",")])
    except BadWish as error:
        raise ArgumentTypeError(str(error)) from error
