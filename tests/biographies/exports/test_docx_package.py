"""The Word export as a file: same bytes every time, and nothing that would make Word offer a repair."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn

from biographies.exports.docx import render
from biographies.exports.manuscript import Block, Inline, Manuscript, Note
from biographies.exports.options import ExportOptions
from tests.biographies.exports.docx_books import BOOK, INDEXED, Printed, one_chapter

PROJECT = Path(__file__).parents[3]
HASH_THE_BOOK = """
from hashlib import sha256
from biographies.exports.docx import render
from tests.biographies.exports.docx_books import BOOK
print(sha256(render(BOOK)).hexdigest())
"""
EMPTY = Manuscript("", "", "", "", ())
BOOKS = {
    "whole": INDEXED,
    "empty": EMPTY,
    "tables only": one_chapter(Block("table", header=("A",)), Block("table", rows=(((Inline("x"),),),))),
    "no text": one_chapter(Block("table"), title=""),
    "uncalled": one_chapter(Block("table", header=("A",)), notes=(Note(1, (Inline("n"),)),)),
}
# The order the schema asks for (ECMA-376-1, annex A, wml.xsd), whole lists, so that nothing is used out of place.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath w14:ligatures w14:numForm w14:numSpacing",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cantSplit tblHeader",
    "tbl": "tblPr tblGrid tr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "settings": "writeProtection view zoom mirrorMargins defaultTabStop autoHyphenation consecutiveHyphenLimit "
    "hyphenationZone doNotHyphenateCaps evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat "
    "themeFontLang decimalSymbol listSeparator",
    "footnotePr": "pos numFmt numStart numRestart footnote",
    "endnotePr": "pos numFmt numStart numRestart endnote",
}

WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
WAYS = {
    "endnotes": ExportOptions(notes="endnotes", recto=True, trim="a5"),
    "draft": ExportOptions(draft=True, trim="a4"),
}
PRINTED = {name: Printed.of(book) for name, book in BOOKS.items()}
PRINTED |= {name: Printed.of(INDEXED, options) for name, options in WAYS.items()}
every_book = pytest.mark.parametrize("printed", list(PRINTED.values()), ids=list(PRINTED))


def qualified(name: str) -> str:
    """A tag's name in full; "w14" is what python-docx has no word for."""
    return f"{{{WORD_2010}}}{name[4:]}" if name.startswith("w14:") else str(qn(name))


def test_the_same_book_gives_the_same_bytes_in_any_process() -> None:
    digests = set()
    for seed in ("0", "1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", HASH_THE_BOOK]
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout.strip())
    assert digests == {sha256(render(BOOK)).hexdigest()}


def test_no_clock_leaves_a_trace() -> None:
    with ZipFile(BytesIO(render(BOOK))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = Printed.of(BOOK).document.core_properties
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.year == 2000


@every_book
def test_relations_resolve_inside_the_package(printed: Printed) -> None:
    for name in [name for name in printed.parts if name.endswith(".rels")]:
        folder = dirname(dirname(name))
        for relation in printed.xml(name):
            assert relation.get("TargetMode") != "External"
            assert normpath(join(folder, relation.get("Target"))).lstrip("/") in printed.parts


@every_book
def test_every_reference_to_a_relation_has_one(printed: Printed) -> None:
    related = {relation.get("Id") for relation in printed.xml("word/_rels/document.xml.rels")}
    root = printed.xml("word/document.xml")
    asked = {value for made in root.iter() for key, value in made.attrib.items() if key == qn("r:id")}
    assert asked
    assert asked <= related


@every_book
def test_every_part_has_a_content_type(printed: Printed) -> None:
    types = printed.xml("[Content_Types].xml")
    named = {kind.get("PartName") for kind in types if kind.get("PartName")}
    parts = {f"/{name}" for name in printed.parts if not name.endswith(".rels")} - {"/[Content_Types].xml"}
    assert named == parts


@every_book
def test_ids_and_names_are_unique(printed: Printed) -> None:
    root = printed.xml("word/document.xml")
    for tag, key in (("bookmarkStart", "id"), ("bookmarkStart", "name"), (f"{printed.note}Reference", "id")):
        counts = Counter(made.get(qn(f"w:{key}")) for made in root.iter(qn(f"w:{tag}")))
        assert all(count == 1 for count in counts.values())
    notes = Counter(note.get(qn("w:id")) for note in printed.xml(f"word/{printed.note}s.xml"))
    assert all(count == 1 for count in notes.values())
    assert set(printed.calls) == set(notes) - {"-1", "0"}


@every_book
def test_links_and_page_numbers_lead_to_bookmarks(printed: Printed) -> None:
    root = printed.xml("word/document.xml")
    marks = {mark.get(qn("w:name")) for mark in root.iter(qn("w:bookmarkStart"))}
    asked = {link.get(qn("w:anchor")) for link in root.iter(qn("w:hyperlink"))}
    fields = (code.text.split() for code in root.iter(qn("w:instrText")))
    asked |= {words[1] for words in fields if words[0] == "PAGEREF"}
    assert asked <= marks


@every_book
def test_used_styles_are_defined(printed: Printed) -> None:
    defined = {style.get(qn("w:styleId")) for style in printed.xml("word/styles.xml").iter(qn("w:style"))}
    pointers = [qn(f"w:{tag}") for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")]
    stories = [name for name in printed.parts if name.startswith("word/") and name.endswith(".xml")]
    used = {made.get(qn("w:val")) for name in stories for made in printed.xml(name).iter(*pointers)}
    assert used
    assert used <= defined


@every_book
def test_elements_stand_in_the_order_of_the_schema(printed: Printed) -> None:
    for name in [name for name in printed.parts if name.startswith("word/") and name.endswith(".xml")]:
        for tag, order in ORDER.items():
            names = (child if ":" in child else f"w:{child}" for child in order.split())
            places = {qualified(name): place for place, name in enumerate(names)}
            for made in printed.xml(name).iter(qn(f"w:{tag}")):
                # Heads and feet of a page may be mixed with each other.
                found = [
                    max(places[child.tag], 1) if tag == "sectPr" else places[child.tag] for child in made
                ]
                assert found == sorted(found), (name, tag)


@every_book
def test_tables_are_closed_and_rectangular(printed: Printed) -> None:
    body = printed.xml("word/document.xml")[0]
    assert body[-1].tag == qn("w:sectPr")
    assert body[-2].tag == qn("w:p")
    for table in body.iter(qn("w:tbl")):
        assert table.getnext().tag == qn("w:p")
        columns = len(table.find(qn("w:tblGrid")))
        rows = table.findall(qn("w:tr"))
        assert rows
        assert {len(row.findall(qn("w:tc"))) for row in rows} == {columns}


def test_ragged_rows_are_filled_up_and_too_many_columns_folded() -> None:
    wide = tuple((Inline(f"cell{place}"),) for place in range(3000))
    book = Printed.of(one_chapter(Block("table", rows=(wide, ((Inline("x"),),)))))
    (table,) = book.document.tables
    assert len(table.columns) == 63
    told = "".join(book.texts("TableLabel") + book.texts("TableText"))
    assert all(f"cell{place}" in told for place in (0, 62, 2999))


@every_book
def test_python_docx_opens_it(printed: Printed) -> None:
    assert len(printed.document.sections) >= 3


def test_what_the_properties_tell_of_the_imprint_is_whole_lines() -> None:
    lines = ("2026", "A line. " * 12, "Approved by a person who has read it all. " * 6, "Last.")
    told = Printed.of(replace(BOOK, imprint=lines)).document.core_properties.comments
    assert told == f"2026 {lines[1].strip()}"
    long = Printed.of(replace(BOOK, imprint=("x" * 400,))).document.core_properties.comments
    assert long == "x" * 255
