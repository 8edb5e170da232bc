"""The pack's first page: everything to be filled in, the measures, and what to look at before the upload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from biographies.exports.kdp import measures
from biographies.exports.kdp.disclosure import QUESTION
from biographies.exports.kdp.listing import MOST_IN_TITLE, MOST_KEYWORDS, Listing
from biographies.exports.options import ExportOptions
from biographies.exports.pdf.sheet import inside_margin

FILES: Final = (
    "interior.pdf: the manuscript of the paperback",
    "cover-white.pdf, cover-cream.pdf, cover-colour.pdf: its cover, one for each paper; choose one",
    "ebook.epub: the manuscript of the Kindle book",
    "ebook-cover.jpg: its cover, 1,600 × 2,560 pixels",
    "listing.json: the fields above for programs",
)


def sheet(listing: Listing, options: ExportOptions, pages: int) -> str:
    """The page as text. `pages` is the page count of the real PDF."""
    width, height = options.page.inches
    trim = f"Trim size: {width:.2f} × {height:.2f} in"
    parts = [
        "KINDLE DIRECT PUBLISHING: WHAT TO FILL IN",
        *_details(listing),
        *_disclosure(listing),
        _headed("PAPERBACK", [trim, f"Pages: {pages}", *_papers(options, pages)]),
        _headed("LOOK AT THIS FIRST", list(warnings(listing, options, pages)) or ["Nothing was found."]),
        _headed("FILES", FILES),
        f"Measures follow Amazon's “Paperback Submission Guidelines”, {measures.RULES}.",
    ]
    return "\n\n".join(parts) + "\n"


def _headed(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([heading, *lines])


def _details(listing: Listing) -> Iterator[str]:
    names = (
        f"Title: {listing.title}",
        f"Subtitle: {listing.subtitle}",
        f"Author: {listing.author or '(to be named)'}",
    )
    yield _headed(
        "BOOK DETAILS", [*names, f"Publisher: {listing.publisher}", f"Language: {listing.language}"]
    )
    yield _headed("DESCRIPTION", [listing.description])
    yield _headed("KEYWORDS", [f"{number}. {word}" for number, word in enumerate(listing.keywords, start=1)])
    yield _headed("CATEGORIES (proposals; the shop's own list decides)", listing.categories)


def _disclosure(listing: Listing) -> Iterator[str]:
    told = listing.disclosure
    lines = [QUESTION, f"Answer: {told.answer}", f"Texts: {told.texts}", f"Images: {told.images}"]
    lines += [
        f"Translations: {told.translations}",
        *([f"Tools: {', '.join(told.tools)}"] if told.tools else []),
    ]
    yield _headed("AI-GENERATED CONTENT", [*lines, f"Why: {told.because}"])


def _papers(options: ExportOptions, pages: int) -> Iterator[str]:
    for paper, thickness in measures.THICKNESS.items():
        width, height = measures.cover_size(options.page.inches, pages, paper)
        spine = measures.spine(pages, paper)
        yield f"{paper}: spine {spine:.4f} in ({pages} × {thickness}), whole cover {width:.4f} × {height:.4f} in"


def warnings(listing: Listing, options: ExportOptions, pages: int) -> Iterator[str]:
    """What the shop would refuse, or a person has to add."""
    if not listing.author:
        yield "The book has no author's name: the form needs one, and the cover should show it."
    if len(f"{listing.title} {listing.subtitle}") > MOST_IN_TITLE:
        yield f"Title and subtitle are longer than {MOST_IN_TITLE} characters together."
    if len(listing.keywords) < MOST_KEYWORDS:
        yield f"Only {len(listing.keywords)} of {MOST_KEYWORDS} keywords were found: add your own."
    if not measures.FEWEST_PAGES <= pages <= measures.MOST_PAGES:
        yield f"A paperback has {measures.FEWEST_PAGES} to {measures.MOST_PAGES} pages; this book has {pages}."
    needed = measures.inside_needed(pages)
    if needed is not None and inside_margin(options) < needed:
        yield f"So many pages need an inside margin of {needed} in; this PDF has {inside_margin(options)} in."
    if pages < measures.FEWEST_FOR_SPINE_TEXT:
        yield f"With fewer than {measures.FEWEST_FOR_SPINE_TEXT} pages the spine stays without words."
