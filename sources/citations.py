"""Bibliography and notes in Chicago and APA style, by a CSL processor."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON

from sources.citation_items import UNSEEN, Work, item, own_title
from sources.people import fold_name

__all__ = ["STYLES", "Reference", "Run", "Work", "bibliography", "later_notes", "note", "notes"]

# The 16th edition of Chicago, since citeproc-py shortens given names to initials in the later ones.
STYLES: Final = {"chicago": "chicago-notes-bibliography-16th-edition", "apa": "apa"}
_NOTES: Final = {"chicago": "chicago-shortened-notes-bibliography-16th-edition", "apa": "apa"}
_LOCALES: Final = {
    "en": "en-US",
    "es": "es-ES",
    "fr": "fr-FR",
    "de": "de-DE",
    "pt": "pt-PT",
    "it": "it-IT",
    "nl": "nl-NL",
    "pl": "pl-PL",
    "sv": "sv-SE",
    "da": "da-DK",
    "cs": "cs-CZ",
    "ru": "ru-RU",
}
_OPEN, _SHUT = "\ue000", "\ue001"  # private use; taken out of whatever goes in
# In APA a work without an author begins with its title, and citeproc-py prints that again after the date.
_TITLE_TWICE = re.compile(r"^(?P<title>.+?)\. (?P<date>\([^()]*\))\. (?P=title)\.?")
# APA says "Retrieved <date> from" before the address of an undated page; we keep no such date.
_RETRIEVED = re.compile(r"(?<=[.?!] )[^\W\d_]+(?: [^\W\d_]+)? (?=https?://)")
_CITEPROC = Lock()  # it registers its classes with lxml globally while it parses a style


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, italic or not."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography; `key` is that of its work."""

    key: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The entry as plain text."""
        return "".join(run.text for run in self.runs)


def bibliography(works: Sequence[Work], style: str, language: str) -> list[Reference]:
    """Return the works in the order and form of a style ("chicago" or "apa"), with the words of a language.

    Raises KeyError for another style; an unknown language gets English words.
    """
    name = STYLES[style]
    ordered = _ordered(works, style)
    with _CITEPROC:
        entries = _rendered(name, language, ordered)
    return [Reference(work.key, _runs(entry, language)) for work, entry in zip(ordered, entries, strict=True)]


def notes(works: Sequence[Work], style: str, language: str) -> dict[str, tuple[Run, ...]]:
    """Return the form in which a note names each work, by its key.

    In Chicago family name and short title; in APA, which has no notes of its own, what it puts into brackets in
    the text: family name and year, with a letter where these would name two works.
    """
    STYLES[style]  # a KeyError for another style, as in `bibliography`
    return {work.key: note(work, language, style) for work in _ordered(works, style)}


def later_notes(works: Sequence[Work], style: str, language: str) -> dict[str, tuple[Run, ...]]:
    """Return the form in which a chapter's later notes name a work that the chapter has named already, by its key.

    In Chicago author and title alone, with the comma behind them (16th edition, 14.24–25: "only enough information to
    remind readers"); where two works would be called the same, both keep the longer form. APA has one form.
    """
    first = notes(works, style, language)
    if style == "apa":
        return first
    later = {work.key: note(work, language, style, later=True) for work in works}
    called = Counter(later.values())
    return {key: runs if called[runs] == 1 else first[key] for key, runs in later.items()}


@lru_cache(maxsize=2048)
def note(work: Work, language: str = "en", style: str = "chicago", *, later: bool = False) -> tuple[Run, ...]:
    """Return the short form of one work for a note: in Chicago with the work that holds it, but for `later` notes."""
    with _CITEPROC:
        processor, citations = _processor(_NOTES[style], language, [work])
        text = str(processor.cite(citations[0], _refuse))
    if style == "apa":
        return _runs(text[1:-1] if text.startswith("(") else text, language)
    return _runs(_without_year(text) if later else _with_holder(text, item(work)), language)


def _ordered(works: Sequence[Work], style: str) -> list[Work]:
    """In the order of the style; for APA with letters where author and year are those of another work."""
    ordered = sorted(works, key=lambda work: _order(work, by_year=style == "apa"))
    if style != "apa":
        return ordered
    alike: dict[str, list[int]] = defaultdict(list)
    for place, work in enumerate(ordered):
        alike["".join(run.text for run in note(work, "en", "apa")).casefold()].append(place)
    for places in alike.values():
        for number, place in enumerate(places if len(places) > 1 else ()):
            ordered[place] = replace(ordered[place], suffix=_letters(number))
    return ordered


def _letters(number: int) -> str:
    """a to z, then aa, ab and so on."""
    return (_letters(number // 26 - 1) if number > 25 else "") + chr(ord("a") + number % 26)


def _with_holder(text: str, data: dict[str, Any]) -> str:
    """Short notes of the style leave out the book or periodical that holds a part; ours name it before the year.

    With a comma and no "in": that is right for periodicals, understood for books, and alike in all languages.
    """
    holder = re.sub(r"</?span[^>]*>", "", data.get("container-title", "")).replace(UNSEEN, "")
    if not holder or holder in text:
        return text
    before, year = _parted(text)
    return f"{before}, {_OPEN}{holder}{_SHUT}{', ' + year if year else '.'}"


def _without_year(text: str) -> str:
    """What stands before the year, with a comma: the place in the work follows."""
    before, year = _parted(text)
    return f"{before}," if year and "," in before else text


def _parted(text: str) -> tuple[str, str]:
    """A short note and the year that ends it, "" where none does."""
    before, comma, year = text.rpartition(", ")
    dated = comma and re.fullmatch(r"[^“”\"«»]{1,30}", year)
    return (before, year) if dated else (text.rstrip("."), "")


def _order(work: Work, *, by_year: bool) -> tuple[object, ...]:
    """Authors, then title; in APA the year first. Accents don't count, nor do articles before a title."""
    data = item(work, encyclopedia_as_author=by_year)
    title = re.sub(r"^\W*(?:(?:the|an?|el|los?|las?|les?|der|die|das)\s+)?", "", fold_name(own_title(work)))
    authors = [fold_name(_sorted_name(name)) for name in data.get("author", ())] or [title]
    year = work.first_year or 9999
    return (authors, year if by_year else 0, title, year, work.key)


def _sorted_name(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['family']}, {name.get('given', '')}"


def _rendered(style: str, language: str, works: Sequence[Work]) -> list[str]:
    if not works:
        return []
    processor, _citations = _processor(style, language, works)
    return [str(entry) for entry in processor.bibliography()]


def _processor(style: str, language: str, works: Sequence[Work]) -> tuple[Any, list[Any]]:
    parsed = CitationStylesStyle(style, validate=False, locale=_locale(language))
    apa = style == STYLES["apa"]
    items = [
        item(work, encyclopedia_as_author=apa) | {"id": str(number)} for number, work in enumerate(works)
    ]
    processor = CitationStylesBibliography(parsed, CiteProcJSON(items), _Formatter)
    citations = [Citation([CitationItem(str(number))]) for number in range(len(works))]
    for citation in citations:
        processor.register(citation, _refuse)
    return processor, citations


def _locale(language: str) -> str:
    return _LOCALES.get(language[:2], "en-US")


def _refuse(missing: Any) -> None:
    raise KeyError(f"citeproc doesn't know item {missing.key}")


class _Formatter:
    """What citeproc-py calls for markup: italics between two marks, all else plain, nothing escaped."""

    @staticmethod
    def preformat(text: str) -> str:
        return str(text)

    class Italic(str):
        __slots__ = ()

        def __new__(cls, text: object) -> _Formatter.Italic:
            return super().__new__(cls, f"{_OPEN}{text}{_SHUT}")

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def _runs(text: str, language: str) -> tuple[Run, ...]:
    text = _RETRIEVED.sub("", text.replace(UNSEEN, ""))
    text = _TITLE_TWICE.sub(r"\g<title>. \g<date>.", text)
    text = re.sub(rf"(?<=[.?!])({_SHUT}?[”»\"]?)\.(?!\w)", r"\1", text)
    if _locale(language).startswith("en"):
        # American English sets stops and commas inside the quotation mark; citeproc-py doesn't yet.
        text = re.sub(r"(?<![?!.,])”([.,])", r"\1”", text)
    text = re.sub(rf"([?!]{_SHUT}?”),", r"\1", text)
    runs, italic = [], False
    for part in re.split(f"([{_OPEN}{_SHUT}])", text):
        if part in (_OPEN, _SHUT):
            italic = part == _OPEN
        elif part:
            runs.append(Run(part, italic))
    return tuple(runs)
