"""What is filled in about a book: title, description, keywords, categories, the question about AI content.

Limits: title and subtitle together fewer than 200 characters ("Metadata Guidelines for Books",
https://kdp.amazon.com/en_US/help/topic/G201097560); a description of at most 4,000 ("Write a Book Description",
G201189630); up to seven keywords without what stands elsewhere in the metadata and without names of other authors
("Make Your Book More Discoverable with Keywords", G201298500); up to three categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from biographies.exports.docx.elements import one_line
from biographies.exports.dossier import Dossier
from biographies.exports.kdp.disclosure import Disclosure, disclosure
from biographies.exports.manuscript import Manuscript

MOST_IN_TITLE: Final = 199
MOST_IN_DESCRIPTION: Final = 4000
MOST_KEYWORDS: Final = 7
LONGEST_KEYWORD, MOST_WORDS = 50, 3  # characters; words, "for best results"
# The heads of the trade's own list, to which the shop's categories correspond: BISAC, "Biography & Autobiography".
CATEGORIES: Final = (
    "Biographies & Memoirs › General (BISAC BIO000000, Biography & Autobiography / General)",
    "Biographies & Memoirs › Historical, for a person of the past (BISAC BIO006000, … / Historical)",
)
# When and where somebody was born or died is nothing that readers look for; in the six languages of books.
LIFE: Final = re.compile(
    r"\b(?:born|died|nacid[oa]|muert[oa]|née?|morte?|geboren|gestorben|nascid[oa]|falecid[oa]|nat[oa]|mort[oa])\b",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W\d_]{3}")  # "D.C" is none, nor is a year
BETWEEN_WORDS: Final = re.compile(r"\s*(?:[,;/()·]|\.\s|\s(?:and|y|e|et|und)\s)\s*")


@dataclass(frozen=True, slots=True)
class Listing:
    """The fields of the form, as proposals for a person to look over."""

    title: str
    subtitle: str
    author: str
    publisher: str
    language: str
    description: str
    keywords: tuple[str, ...]
    categories: tuple[str, ...]
    disclosure: Disclosure


def listing(book: Manuscript, dossier: Dossier) -> Listing:
    """The listing of a book, made of nothing but what the book and its papers say."""
    return Listing(
        title=one_line(book.title),
        subtitle=one_line(book.subtitle),
        author=one_line(book.author_line),
        publisher=one_line(book.publisher),
        language=book.language,
        description=description(book, dossier),
        keywords=tuple(_first(keywords(book, dossier), MOST_KEYWORDS)),
        categories=CATEGORIES,
        disclosure=disclosure(dossier.making),
    )


def description(book: Manuscript, dossier: Dossier) -> str:
    """Who the book is about, what its chapters tell, how it was made: in its own words and language."""
    chapters = (one_line(section.title) for section in book.sections if section.number is not None)
    told = [". ".join(part for part in (one_line(book.title), one_line(book.subtitle)) if part)]
    told += [one_line(dossier.about), " · ".join(chapter for chapter in chapters if chapter)]
    told += [one_line(line) for line in book.imprint[1:3]]
    return "\n\n".join(part for part in told if part)[:MOST_IN_DESCRIPTION].rstrip()


def keywords(book: Manuscript, dossier: Dossier) -> Iterator[str]:
    """What the person was, then the places where most happens. No names of people: some of them are authors."""
    said = f"{book.title} {book.subtitle}".casefold()
    places = sorted((one for one in book.index if one.kind == "place"), key=lambda one: -len(one.places))
    told: set[str] = set()
    for word in (*BETWEEN_WORDS.split(one_line(dossier.about)), *(one_line(place.name) for place in places)):
        word = word.strip(" .")
        if (
            WORD.search(word)
            and not LIFE.search(word)
            and len(word) <= LONGEST_KEYWORD
            and len(word.split()) <= MOST_WORDS
            and word.casefold() not in said
            and word.casefold() not in told
        ):
            told.add(word.casefold())
            yield word


def _first(found: Iterable[str], most: int) -> list[str]:
    return [word for word, _place in zip(found, range(most), strict=False)]
