"""Images in every format: there, described, never too wide or coarse, and nothing else changes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Twips
from PIL import Image

from biographies.exports import bundle, epub, markdown, pdf
from biographies.exports.docx import House, render
from biographies.exports.docx.sheet import SHEETS
from biographies.exports.figures import ALONE, AT_END, AT_OPENING, FEWEST_DOTS, printed_size
from biographies.exports.manuscript import ILLUSTRATIONS, Block, Figure, Inline, Manuscript, Section
from biographies.exports.options import DEFAULTS, ExportOptions
from tests.biographies.exports import books
from tests.biographies.exports.docx_books import BOOK
from tests.biographies.exports.test_docx_house import REFERENCE
from tests.fakes.pictures import drawing

HOSTILE = 'A "pier" & <b>boats</b> ]( {x}'


def figure(width: int, height: int, caption: str = "", credit: str = "", form: str = "PNG") -> Figure:
    data = drawing("L", (width, height), form, color=width % 255)
    kind = "image/png" if form == "PNG" else "image/jpeg"
    return Figure(data, sha256(data).hexdigest(), kind, width, height, caption, credit, HOSTILE, "by letter")


FRONT = figure(600, 900, "Anna Sloop, about 1840", "Engraving: Lamp Press", "JPEG")
OPENING = figure(1600, 400, HOSTILE, "Photo: National Library")
CLOSING = figure(90, 60, "", "Drawing: the author")


def illustrated() -> Manuscript:
    sections = list(books.INDEXED.sections)
    at = next(place for place, one in enumerate(sections) if one.kind == "chapter")
    sections[at] = replace(sections[at], opening=(OPENING, FRONT), closing=(CLOSING,))
    listed = Section(ILLUSTRATIONS, "Illustrations", (Block("entry", (Inline("Frontispiece: Anna."),)),))
    return replace(books.INDEXED, sections=(*sections[:-1], listed, sections[-1]), frontispiece=FRONT)


PICTURED = illustrated()


@pytest.mark.parametrize("most", [AT_OPENING, AT_END, ALONE])
@pytest.mark.parametrize("size", [(4000, 1000), (1000, 4000), (50, 40), (700, 700)])
def test_never_wider_never_distorted_never_coarse(size: tuple[int, int], most: float) -> None:
    width, height = printed_size(figure(*size), 4.5, 7, most)
    assert width <= 4.5
    assert height <= 7 * most
    assert width / height == pytest.approx(size[0] / size[1])
    assert size[0] / width >= FEWEST_DOTS - 0.01


@pytest.mark.parametrize("trim", ["5x8", "a4"])
def test_word_has_the_pictures_with_their_words(trim: str) -> None:
    data = render(PICTURED, ExportOptions(trim=trim))
    assert data == render(PICTURED, ExportOptions(trim=trim))
    document = Document(BytesIO(data))
    line = Twips(SHEETS[trim].text_width)
    assert [one.width <= line for one in document.inline_shapes] == [True] * 4
    described = [one._inline.docPr for one in document.inline_shapes]
    assert {one.get("descr") for one in described} == {HOSTILE}
    assert len({one.get("id") for one in described}) == 4
    with ZipFile(BytesIO(data)) as package:
        media = sorted(package.read(name) for name in package.namelist() if name.startswith("word/media/"))
    assert media == sorted([FRONT.data, OPENING.data, CLOSING.data])  # each once, byte for byte
    captions = [one.text for one in document.paragraphs if one.style and one.style.style_id == "Caption"]
    assert captions == [
        "Anna Sloop, about 1840\nEngraving: Lamp Press",
        f"{HOSTILE}\nPhoto: National Library",
        "Anna Sloop, about 1840\nEngraving: Lamp Press",
        "Drawing: the author",
    ]


def test_a_team_template_of_before_there_were_images_still_serves() -> None:
    template = Document(BytesIO(REFERENCE))
    for name in ("Book Image", "Caption"):
        one = template.styles[name]
        one.element.getparent().remove(one.element)
    saved = BytesIO()
    template.save(saved)
    made = Document(BytesIO(render(PICTURED, house=House(template=saved.getvalue()))))
    assert len(made.inline_shapes) == 4
    assert {"BookImage", "Caption"} <= {one.style_id for one in made.styles}


def test_an_epub_brings_and_describes_them() -> None:
    with ZipFile(BytesIO(epub.render(PICTURED))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    images = {name: data for name, data in parts.items() if "/images/" in name}
    assert sorted(images.values()) == sorted([FRONT.data, OPENING.data, CLOSING.data])
    text = "".join(data.decode() for name, data in parts.items() if name.endswith(".xhtml"))
    assert text.count("<figure>") == text.count("<img ") == 4
    assert 'alt="A &quot;pier&quot; &amp; &lt;b&gt;boats&lt;/b&gt; ]( {x}"' in text
    package_file = next(data.decode() for name, data in parts.items() if name.endswith(".opf"))
    assert "alternativeText" in package_file
    assert "every image is described" in package_file
    plain = ZipFile(BytesIO(epub.render(books.INDEXED)))
    assert "alternativeText" not in plain.read("EPUB/content.opf").decode()


def test_markdown_finds_its_pictures_in_the_bundle() -> None:
    made = bundle.render(PICTURED, DEFAULTS, books.DOSSIER, {"md": markdown.render})
    with ZipFile(BytesIO(made)) as package:
        named = set(re.findall(r"\((images/[0-9a-f]{16}\.(?:png|jpg))\)", package.read("book.md").decode()))
        assert named == {name for name in package.namelist() if name.startswith("images/")}
        told = json.loads(package.read("manifest.json"))["images"]
        for one in told:
            assert sha256(package.read(f"images/{one['name']}")).hexdigest() == one["sha256"]
    assert [one["rights"] for one in told] == ["by letter"] * 4
    assert told[0]["credit"] == "Engraving: Lamp Press"


def test_a_pdf_shows_them_and_fetches_nothing() -> None:
    assert pdf.render(PICTURED) == pdf.render(PICTURED)
    import pypdfium2  # noqa: PLC0415  # half a second that the other tests do without

    document = pypdfium2.PdfDocument(pdf.render(PICTURED))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert books.squeezed("Photo: National Library") in books.squeezed(text)
    shown = [one for page in document for one in page.get_objects() if one.type == 3]
    assert len(shown) == 4


def test_a_book_without_images_is_what_it_was() -> None:
    assert PICTURED.figures == (FRONT, OPENING, FRONT, CLOSING)
    assert BOOK.figures == ()
    assert b"word/media" not in render(BOOK)
    assert Image.open(BytesIO(OPENING.data)).size == (1600, 400)
