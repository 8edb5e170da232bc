"""Puts the pack together: the listing, the paperback with its covers, the Kindle book with its cover."""

from __future__ import annotations

import json
from dataclasses import asdict

from biographies.exports import cover, epub, pdf
from biographies.exports.cover import Wrap
from biographies.exports.dossier import Dossier
from biographies.exports.kdp import measures
from biographies.exports.kdp.listing import Listing, listing
from biographies.exports.kdp.sheet import sheet, warnings
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import ExportOptions
from biographies.exports.packing import zipped


def render(book: Manuscript, options: ExportOptions, dossier: Dossier) -> bytes:
    """The pack as a .zip file. Raises FormatUnavailable where pages can't be laid out: the spine needs their number."""
    (interior, pages), told = pdf.rendered(book, options), listing(book, dossier)
    covers = [
        (f"cover-{paper}.pdf", cover.wrap(book, wrap_of(options, pages, paper), told.description))
        for paper in measures.THICKNESS
    ]
    return zipped(
        [
            ("README.txt", sheet(told, options, pages).encode("utf-8", "replace")),
            ("listing.json", _fields(told, options, pages)),
            ("interior.pdf", interior),
            *covers,
            ("ebook.epub", epub.render(book, options)),
            ("ebook-cover.jpg", cover.jpeg(book)),
        ]
    )


def wrap_of(options: ExportOptions, pages: int, paper: str) -> Wrap:
    """The measures of the cover for so many pages of this paper."""
    width, height = options.page.inches
    lettered = pages >= measures.FEWEST_FOR_SPINE_TEXT
    return Wrap(width, height, measures.spine(pages, paper), measures.BLEED, lettered)


def _fields(told: Listing, options: ExportOptions, pages: int) -> bytes:
    whole = {
        **asdict(told),
        "trim_in": _rounded(options.page.inches),
        "pages": pages,
        "papers": {paper: _paper(options, pages, paper) for paper in measures.THICKNESS},
        "warnings": list(warnings(told, options, pages)),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _paper(options: ExportOptions, pages: int, paper: str) -> dict[str, object]:
    cover_in = measures.cover_size(options.page.inches, pages, paper)
    return {"spine_in": round(measures.spine(pages, paper), 4), "cover_in": _rounded(cover_in)}


def _rounded(lengths: tuple[float, float]) -> list[float]:
    return [round(length, 4) for length in lengths]
