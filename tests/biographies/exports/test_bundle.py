"""The bundle: its manifest is true, its tables are no formulas, its report runs and fetches nothing."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from lxml import html

from biographies.errors import FormatUnavailable
from biographies.exports import bundle
from biographies.exports.bundle.report import evidence_csv, evidence_html
from biographies.exports.bundle.tables import cell
from biographies.exports.dossier import Evidence
from biographies.exports.options import DEFAULTS
from tests.biographies.exports import books
from tests.biographies.exports.test_docx_hostile import TEXTS, expected


def no_pages(*_told: object) -> bytes:
    raise FormatUnavailable("install something")


def unpacked() -> dict[str, bytes]:
    made = bundle.render(
        books.INDEXED, DEFAULTS, books.DOSSIER, {"md": lambda *_told: b"text", "pdf": no_pages}
    )
    with ZipFile(BytesIO(made)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_manifest_names_every_file_with_its_hash_and_what_is_left_out() -> None:
    parts = unpacked()
    manifest = json.loads(parts.pop("manifest.json"))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in parts.items()
    }
    assert set(parts) == {"book.md", "evidence.csv", "evidence.html", "sources.csv"}
    assert manifest["left_out"] == {"pdf": "install something"}
    assert manifest["revisions"] == [{"section": "The Harbour", "sha256": "a" * 64}]


def test_the_same_papers_are_the_same_bytes() -> None:
    assert unpacked() == unpacked()


def test_every_sentence_is_told_with_citation_verdict_and_second_opinion() -> None:
    rows = list(csv.DictReader(StringIO(unpacked()["evidence.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(books.EVIDENCE)
    first = rows[0]
    assert (first["sentence"], first["verdict"], first["opinion"]) == (
        "She was born here.",
        "cannot_tell",
        "supports",
    )
    assert (first["source"], first["passage"], first["quote"]) == ("3", "7", "Born here.")
    page = html.fromstring(unpacked()["evidence.html"])
    told = page.text_content()
    for words in ("She was born here.", "cannot_tell", "supports", "Born here.", "Register"):
        assert words in told


def test_the_report_speaks_the_language_of_the_book_with_the_words_of_the_desk() -> None:
    book = replace(books.INDEXED, language="es")
    told = replace(books.DOSSIER, verdicts={"cannot_tell": "no se sabe"}, opinions={"supports": "lo apoya"})
    page = html.fromstring(evidence_html(book, told))
    words = page.text_content()
    for said in ("la prueba de cada frase", "Veredicto", "no se sabe", "lo apoya", "sin cita"):
        assert said in words
    assert "cannot_tell" not in words


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=b", "", "1815", "it’s", 7])
def test_what_is_no_formula_stays_as_it_is(value: object) -> None:
    assert cell(value) == value


def test_hostile_sentences_are_text_and_nothing_else() -> None:
    texts = [text[:5000] for text in TEXTS.values()]
    rows = tuple(
        Evidence(text, "a" * 64, text, 1, "verbatim", source=1, passage=1, quote=text) for text in texts
    )
    dossier = replace(books.DOSSIER, evidence=rows)
    read = list(csv.reader(StringIO(evidence_csv(dossier).decode("utf-8-sig"), newline="")))[1:]
    for row, text in zip(read, texts, strict=True):
        said = row[2].removeprefix("'") if row[2].startswith("'") else row[2]
        assert expected(said) == expected(text).removeprefix("'")
        assert row[2][:1] not in {"=", "+", "-", "@", "\t"}
    page = html.fromstring(evidence_html(books.INDEXED, dossier))
    assert not page.xpath("//script|//img|//iframe|//a|//object|//form|//@onload|//@onclick|//@src|//@href")
    quotes = [one.text_content() for one in page.iter("q")]
    assert len(quotes) == len(texts)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
