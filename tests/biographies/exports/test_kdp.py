"""The pack for Kindle Direct Publishing: Amazon's own figures, an honest answer, files that fit them."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdfium2 import PdfDocument

from biographies.exports import kdp
from biographies.exports.dossier import Making
from biographies.exports.kdp import measures
from biographies.exports.kdp.disclosure import disclosure
from biographies.exports.kdp.listing import listing
from biographies.exports.kdp.sheet import sheet, warnings
from biographies.exports.options import DEFAULTS, ExportOptions
from biographies.exports.pdf.sheet import SHEETS
from tests.biographies.exports import books

BY_MODEL = Making(by_model=True, models=("vendor/writer",), sections=10, edited=2, translated=False)


@pytest.mark.parametrize(("paper", "inches"), [("white", 0.6756), ("cream", 0.75), ("colour", 0.7041)])
def test_spines_of_three_hundred_pages(paper: str, inches: float) -> None:
    assert measures.spine(300, paper) == pytest.approx(inches)


def test_a_cover_is_two_trims_a_spine_and_bleed_on_every_side() -> None:
    assert measures.cover_size((6, 9), 200, "white") == pytest.approx((12.7004, 9.25))


@pytest.mark.parametrize(
    ("pages", "margin"), [(24, 0.375), (150, 0.375), (151, 0.5), (501, 0.75), (828, 0.875), (829, None)]
)
def test_thicker_books_need_wider_inside_margins(pages: int, margin: float | None) -> None:
    assert measures.inside_needed(pages) == margin


def test_our_pages_have_the_margins_of_books_up_to_seven_hundred_pages() -> None:
    for inside, outside, *_rest in SHEETS.values():
        assert inside >= (measures.inside_needed(700) or 0)
        assert outside >= measures.LEAST_OUTSIDE


@pytest.mark.parametrize(
    ("making", "answer", "texts", "translations"),
    [
        (books.BY_RULES, "No", "None", "None"),
        (BY_MODEL, "Yes", "Entire work, with minimal or no editing", "None"),
        (replace(BY_MODEL, edited=6), "Yes", "Entire work, with extensive editing", "None"),
        (
            replace(BY_MODEL, edited=5, translated=True),
            "Yes",
            *["Entire work, with minimal or no editing"] * 2,
        ),
    ],
)
def test_the_question_about_ai_is_answered_as_it_is(
    making: Making, answer: str, texts: str, translations: str
) -> None:
    told = disclosure(making)
    assert (told.answer, told.texts, told.images, told.translations) == (answer, texts, "None", translations)
    assert told.tools == making.models


def test_the_listing_says_what_the_book_says() -> None:
    told = listing(books.INDEXED, books.DOSSIER)
    assert (told.title, told.subtitle, told.author) == (
        "A Keeper of Lamps",
        "The Life of Somebody",
        "The Compiler",
    )
    assert "The Harbour · Inland" in told.description
    assert told.keywords == ("American lamp keeper", "sailor", "writer", "Harbour, Old")


def test_keywords_leave_out_names_of_people_and_what_the_title_says() -> None:
    told = listing(replace(books.INDEXED, title="A Sailor"), books.DOSSIER).keywords
    assert "sailor" not in told
    assert not any("Sloop" in word for word in told)
    life = replace(books.DOSSIER, about="writer, born enslaved in Hull; died Washington, D.C., 1895")
    assert listing(books.INDEXED, life).keywords == ("writer", "Harbour, Old")
    many = replace(books.DOSSIER, about=", ".join(f"word {number}" for number in range(20)))
    assert len(listing(books.INDEXED, many).keywords) == 7


def test_a_description_has_at_most_four_thousand_characters() -> None:
    assert len(listing(books.INDEXED, replace(books.DOSSIER, about="x" * 9000)).description) == 4000


def test_what_the_shop_would_refuse_is_told() -> None:
    told = listing(replace(books.INDEXED, author_line="", title="T" * 200), books.DOSSIER)
    found = " ".join(warnings(told, ExportOptions(trim="5x8"), 800))
    for words in ("no author's name", "longer than 199", "keywords were found", "inside margin of 0.875"):
        assert words in found
    assert "24 to 828 pages" in " ".join(warnings(told, DEFAULTS, 20))
    assert "Pages: 800" in sheet(told, DEFAULTS, 800)


def test_the_pack_holds_files_that_fit_its_figures() -> None:
    with ZipFile(BytesIO(kdp.render(books.INDEXED, DEFAULTS, books.DOSSIER))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    fields = json.loads(parts["listing.json"])
    with PdfDocument(parts["interior.pdf"]) as interior:
        assert len(interior) == fields["pages"]
    for paper, measured in fields["papers"].items():
        with PdfDocument(parts[f"cover-{paper}.pdf"]) as cover:
            width, height = cover[0].get_size()
        assert [width / 72, height / 72] == pytest.approx(measured["cover_in"], abs=0.001)
        assert measured["cover_in"][0] == pytest.approx(
            12.25 + fields["pages"] * measures.THICKNESS[paper], abs=1e-4
        )
    assert parts["ebook-cover.jpg"][:2] == b"\xff\xd8"
    assert b"Did you use AI tools" in parts["README.txt"]
