"""A source as an item of CSL-JSON, the form in which citation processors want it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sources.authorship import names_of
from sources.people import fold_name

UNSEEN = "\ue002"  # keeps a tag that stands in a title from being taken for our own
_SPAN_END = re.compile(r"</(?=span>)", re.IGNORECASE)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PART = re.compile(
    r"(?:chapters?|ch\.|parts?|book|books|preface|appendix|introduction|letter|section)\b", re.IGNORECASE
)
_PERIODICAL = re.compile(r"^(?P<name>\D{4,}?)[,\s]+(?:vol\.?\s*)?(?P<volume>\d{1,4})\b(?P<rest>.*)$")
_PAGES = re.compile(r"pp?\.\s*(?P<pages>\d+(?:\s*[-–]\s*\d+)?)")
_FIRM = re.compile(r"&|\b(?:co|company|sons|bros|brothers|inc|ltd|press|gmbh)\b", re.IGNORECASE)
# A year that is doubted, about right, or one end of several.
_INEXACT = re.compile(
    r"\d\s*\?|\[|\b(?:ca?|circa|about|around|before|after|between|hacia|vers|um|etwa)\b"
    r"|(?<![\d-])\d{4}\s*(?:[–—/]\s*\d{2}|[-–—/]\s*(?:1[3-9]|[2-9]\d|\d{4}))(?![\d-])|\d{3}0['’]?s\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(\d{3,4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `work` is the book or periodical that holds it; "" or None for what isn't known."""

    key: str
    title: str
    author: str = ""
    year: str | int | None = None
    work: str = ""
    publisher: str = ""
    form: str = ""
    url: str = ""
    suffix: str = ""  # the letter that tells two works of one author and year apart ("1845a")

    @property
    def first_year(self) -> int | None:
        """The year as a number, from "1845" or "March 3, 1845"."""
        found = _YEAR.search(str(self.year or ""))
        return int(found[1]) if found else None


def item(work: Work, *, encyclopedia_as_author: bool = False) -> dict[str, Any]:
    """Return the work as an item of CSL-JSON without an id."""
    title, container = own_title(work), _plain(work.work)
    if _repeats(title, container):
        container = ""
    data = _published(work, container) | {"title": _as_is(title)}
    if work.year or work.suffix:
        data["issued"] = _issued(work)
    if work.url.startswith(("http://", "https://")):
        data["URL"] = _plain(work.url)
    authors = names_of(_plain(work.author))
    if authors and (encyclopedia_as_author or not _is_publication(authors, container)):
        data["author"] = authors
    return data


def _issued(work: Work) -> dict[str, Any]:
    """A year of four digits is a date; what says less or more is printed as it was given ("c. 380 BC", "1840–50")."""
    year = work.first_year
    if not work.year:
        return {"literal": f"n.d.-{work.suffix}"}
    if year and not _INEXACT.search(str(work.year)) and year > 999 and not str(work.year).startswith("-"):
        return {"literal": f"{year}{work.suffix}"} if work.suffix else {"date-parts": [[year]]}
    return {"literal": _plain(str(work.year)) + work.suffix}


def _published(work: Work, container: str) -> dict[str, Any]:
    """The type of the item, and where it appeared."""
    form = fold_name(work.form)
    periodical = _PERIODICAL.match(container) if "article" in form or "magazine" in form else None
    if periodical:
        pages = _PAGES.search(periodical["rest"])
        found = {"container-title": _as_is(periodical["name"]), "volume": periodical["volume"]}
        return {"type": "article-journal"} | found | ({"page": pages["pages"]} if pages else {})
    if not container:
        return {"type": "book"} | _publisher(work.publisher)
    kind = "entry-encyclopedia" if "encyclop" in form or "dictionary" in form else "chapter"
    if "article" in form:
        kind = "article-magazine"
    return {"type": kind, "container-title": _as_is(container)} | _publisher(work.publisher)


def _publisher(text: str) -> dict[str, str]:
    """ "The Example Company, New York" is a publisher and a place. A remark in small letters is neither."""
    text = _plain(text)
    if not text or text[0].islower():
        return {}
    name, comma, place = text.rpartition(", ")
    if comma and not _FIRM.search(place) and not re.search(r"\d", place):
        return {"publisher": name, "publisher-place": place}
    return {"publisher": text}


def own_title(work: Work) -> str:
    """The title as it's printed: "Some Book: chapter 3" in "Some Book, a Tale" is "Chapter 3"."""
    title, container = _plain(work.title) or "Untitled", _plain(work.work)
    for match in re.finditer(r"[:,]\s+", title):
        rest = title[match.end() :]
        if _PART.match(rest) and fold_name(container).startswith(fold_name(title[: match.start()])):
            return rest[:1].upper() + rest[1:]
    return title


def _is_publication(authors: list[dict[str, str]], container: str) -> bool:
    """An encyclopedia isn't the author of its own entries."""
    return all(name.get("literal") and fold_name(name["literal"]) in fold_name(container) for name in authors)


def _repeats(title: str, container: str) -> bool:
    """A title that begins with that of its book and names no part of it is the book itself."""
    return (
        not container
        or re.match(rf"{re.escape(fold_name(container))}(?:$|[,:])", fold_name(title)) is not None
    )


def _as_is(text: str) -> str:
    """Titles are printed as they were given: no rule of capitals knows a name or another language."""
    return f'<span class="nocase">{_SPAN_END.sub("</" + UNSEEN, text)}</span>'


def _plain(text: str) -> str:
    return " ".join(_PRIVATE.sub("", text).split())
