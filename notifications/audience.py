"""Who is concerned by a job. The books' app says so: it registers here what knows, since it stands to the left."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """In which quality somebody is told."""

    AUTHOR = "author"  # the person the book is made for, with or without an account
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody with an address; `name` is "" where none is known, `username` where there is no account."""

    address: str
    role: Role
    name: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """What messages say of a job, and to whom. `links` marks the links to its files: another mark closes them."""

    job_id: uuid.UUID
    character: str
    language: str
    shows_chapters: bool
    people: tuple[Recipient, ...]
    links: str = ""


Finder = Callable[[uuid.UUID], Book | None]
_finders: Final[list[Finder]] = []


def register(find: Finder) -> None:
    """Tell what finds the book of a job (`biographies.apps` does, at start)."""
    _finders[:] = [find]


def book_of(job_id: uuid.UUID) -> Book | None:
    """The book of the job and its people, or None when there is none."""
    return _finders[0](job_id) if _finders else None
