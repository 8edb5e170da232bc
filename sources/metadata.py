"""The list of sources that a folder may bring along: sources.json, who wrote what and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bookgen_site.lib.text import clean_text
from sources.errors import BadListing

LIST_NAME: Final = "sources.json"
_LARGEST = 5_000_000  # bytes
_LONGEST = 2_000  # characters of one field
_FIRST_YEAR, _LAST_YEAR = -3000, 2200


@dataclass(frozen=True)
class SubjectInfo:
    """Whom the sources are about."""

    name: str
    description: str = ""


@dataclass(frozen=True)
class Entry:
    """What the list says of one file; "" or None where it says nothing. `form` is the list's "kind"."""

    title: str = ""
    author: str = ""
    year: int | None = None
    work: str = ""
    publisher: str = ""
    form: str = ""
    language: str = ""
    licence: str = ""
    url: str = ""
    perspective: str = ""


@dataclass(frozen=True)
class ListedImage:
    """A picture of the folder and where it is to be printed; `digest` is the SHA-256 of its file, so that another
    picture is another request. Without a chapter it is the frontispiece."""

    file: str
    digest: str
    place: str
    chapter: int | None
    caption: str
    credit: str
    alt: str
    rights: str


@dataclass(frozen=True)
class Listing:
    """The whole list. `problems` are sentences about what was left out and why."""

    subject: SubjectInfo | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    images: tuple[ListedImage, ...] = ()

    @property
    def identity(self) -> str:
        """What tells one list from another; one without images is told as it was before there were any."""
        told = f"Listing(subject={self.subject!r}, entries={self.entries!r}, problems={self.problems!r})"
        return f"{told}{self.images!r}" if self.images else told


def read_list(folder: Path) -> Listing:
    """Read the sources.json of a folder; a folder without one has an empty list.

    Raises BadListing, naming the place, for JSON that is broken or of another shape. Keys may be
    missing, and keys that we don't know are ignored.
    """
    path = folder / LIST_NAME
    if not path.is_file():
        return Listing()
    document = _mapping(_parse(path), f"{LIST_NAME}")
    found = _listing(folder, _subject(document.get("subject")), _rows(document, "sources"))
    images, problems = _images(folder, _rows(document, "images"))
    return replace(found, images=images, problems=found.problems + problems)


def _rows(document: Mapping[str, Any], key: str) -> list[object]:
    rows = document.get(key, [])
    if not isinstance(rows, list):
        raise BadListing(f"{LIST_NAME}: “{key}” must be a list, one object per file.")
    return rows


def _images(folder: Path, rows: Iterable[object]) -> tuple[tuple[ListedImage, ...], tuple[str, ...]]:
    found: dict[str, ListedImage] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        place = f"{LIST_NAME}, image {number}"
        columns = _mapping(row, place)
        name = _text(columns, "file", place)
        problem = _problem_with(folder, name, known=found)
        if not problem and not (folder / name).resolve().is_relative_to(folder.resolve()):
            problem = f"“{name}” is a link to a file outside of the folder, so it was left out."
        if problem:
            problems.append(f"{place}: {problem}")
        else:
            found[name] = _image(folder, name, columns, place)
    return tuple(found.values()), tuple(problems)


def _image(folder: Path, name: str, columns: Mapping[str, Any], place: str) -> ListedImage:
    chapter = columns.get("chapter")
    if chapter is not None and (not isinstance(chapter, int) or isinstance(chapter, bool)):
        raise BadListing(f"{place}: “chapter” must be the number of a chapter, not {_kind(chapter)}.")
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ListedImage(
        file=name,
        digest=digest,
        place=_text(columns, "place", place) or ("frontispiece" if chapter is None else "opening"),
        chapter=chapter,
        caption=_text(columns, "caption", place),
        credit=_text(columns, "credit", place),
        alt=_text(columns, "alt", place),
        rights=_text(columns, "rights", place),
    )


def _parse(path: Path) -> object:
    data = path.read_bytes()
    if len(data) > _LARGEST:
        raise BadListing(
            f"{LIST_NAME} is larger than {_LARGEST // 1_000_000} MB. It should hold only the list."
        )
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadListing(f"{LIST_NAME} isn't UTF-8 text. Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadListing(f"{LIST_NAME} isn't valid JSON: {error.msg} at {place}.") from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise BadListing(
            f"{LIST_NAME} isn't a list of sources: it is nested or written in an odd way."
        ) from error


def _listing(folder: Path, subject: SubjectInfo | None, rows: Iterable[object]) -> Listing:
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        place = f"{LIST_NAME}, source {number}"
        columns = _mapping(row, place)
        name = _text(columns, "file", place)
        problem = _problem_with(folder, name, known=entries)
        if problem:
            problems.append(f"{place}: {problem}")
        else:
            entries[name] = _entry(columns, place)
    return Listing(subject, entries, tuple(problems))


def _problem_with(folder: Path, name: str, *, known: Mapping[str, object]) -> str:
    if not name:
        return "it names no file, so it was left out."
    if Path(name).name != name or "\\" in name:
        return f"“{name}” isn't the name of a file in this folder, so it was left out."
    if name in known:
        return f"“{name}” is listed twice; the first entry counts."
    return "" if (folder / name).is_file() else f"there is no file “{name}” in the folder."


def _subject(value: object) -> SubjectInfo | None:
    if value is None:
        return None
    place = f"{LIST_NAME}, subject"
    columns = _mapping(value, place)
    name = _text(columns, "name", place)
    return SubjectInfo(name, _text(columns, "description", place)) if name else None


def _entry(columns: Mapping[str, Any], place: str) -> Entry:
    return Entry(
        title=_text(columns, "title", place),
        author=_text(columns, "author", place),
        year=_year(columns.get("year"), place),
        work=_text(columns, "work", place),
        publisher=_text(columns, "publisher", place),
        form=_text(columns, "kind", place) or _text(columns, "form", place),
        language=_text(columns, "language", place),
        licence=_text(columns, "licence", place) or _text(columns, "license", place),
        url=_text(columns, "origin_url", place) or _text(columns, "url", place),
        perspective=_text(columns, "perspective", place),
    )


def _mapping(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadListing(f"{place}: an object in braces was expected, not {_kind(value)}.")
    return value


def _text(columns: Mapping[str, Any], key: str, place: str) -> str:
    value = columns.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadListing(f"{place}: “{key}” must be text in quotation marks, not {_kind(value)}.")
    return clean_text(value, multiline=False)[:_LONGEST].strip()


def _year(value: object, place: str) -> int | None:
    """A number, or text that holds one; a year out of range or in words is an error, not a guess."""
    if value is None or value == "":
        return None
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
        raise BadListing(f"{place}: “year” must be a year such as 1845, not {_kind(value)}.")
    year = int(text)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadListing(
            f"{place}: “year” is {year}; a year from {_FIRST_YEAR} to {_LAST_YEAR} was expected."
        )
    return year


def _kind(value: object) -> str:
    kinds = {
        dict: "an object",
        list: "a list",
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return "nothing" if value is None else kinds.get(type(value), "something else")
