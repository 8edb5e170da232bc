"""Whole files: the demo's sources, and those that intake must survive."""

from __future__ import annotations

import base64
import json
import re
import time
import zlib
from pathlib import Path

import pytest

from sources.errors import Unreadable
from sources.extracting.base import MAX_BYTES
from sources.extracting.reading import extract_here as extract

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data"
EDGE = DATA / "edge"
DEMO = next(path for path in sorted((ROOT / "sources" / "demo").iterdir()) if path.is_dir())
FACTS = json.loads((DATA / DEMO.name / "facts.json").read_text("utf-8"))
QUOTES = [fact["source"] for fact in FACTS["facts"]] + [
    claim for conflict in FACTS["conflicts"] for claim in conflict["claims"]
]
FILES = sorted(path for path in DEMO.iterdir() if path.suffix in {".txt", ".html", ".pdf"})
# An empty page behind a password, packed.
LOCKED_PDF = zlib.decompress(
    base64.b64decode(
        "eNqNUU1v00AQve+vmEuOdL9md72SlQNtIyFAjdLCBfWw3o8QFNnVxpFa/iQH/gH8ESYGikU4YNla+817b8bzFuur1Qt5odni2/cv"
        "X5kEAUP3ibUt4+s6pGPMFdrihU86BWGWbLlkuU8njppx754eMvB12OYD45fDsR9BMv56lw7wAZCIG7ifSfWZ9DKMYT9s2U8POHlv"
        "ZgL8Zy/GN/kwHGskBVWIzt/mtAsvh0dqKy7E9Mjpvj9Z10yD/e1tZt7vQZEpaMbf5H47fgSpGhICKo/eOuWpvNrtR9oKvx1Dn0JN"
        "jN9AK7JRVDVBZ8yNw6hjCbHLxUgZnA4Rc1RdaqxJkVaJVjkr0UsXupJcRhr9HbTYyIzRF1lSUc5Er31sghKoseusQdV0BbOhFs40"
        "AaVFIejbllKCkKKZx/NYc2ECLBPPF1hjtIECz5ikn58q/R/M+DNMyuYcs+4MU3PtWMNun+u019vd50yj8M0wjKCnAPirvgwgf71f"
        "UWBtDFbLnGNDDUvS0mtdEtJZOkwO/fJ/KBT0dR/r08MI5nfShzHUcVoIOmSLxfXNiv0AxLzDnQ=="
    )
)


def _folded(text: str) -> str:
    return " ".join(re.sub("[“”]", '"', re.sub("[‘’]", "'", text)).split())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    begun = time.monotonic()
    found = {path.name: extract(path.read_bytes(), path.name).text for path in FILES}
    assert time.monotonic() - begun < 60, "seconds for the whole folder, on the slowest machine"
    return found


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: str(quote["quote"])[:40])
def test_what_the_sources_say_is_in_the_text(texts: dict[str, str], quote: dict[str, str]) -> None:
    assert _folded(quote["quote"]) in _folded(texts[quote["file"]])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_text_is_paragraphs_of_one_line_without_debris(texts: dict[str, str], path: Path) -> None:
    text = texts[path.name]

    assert text == text.strip()
    for paragraph in text.split("\n\n"):
        assert paragraph
        assert "\n" not in paragraph
        assert paragraph == " ".join(paragraph.split())
    assert not re.search(r"\[\d{1,3}\]|[_|{}]|[a-z]\d", text)


def test_metadata_come_from_the_page() -> None:
    page = next(path for path in FILES if path.suffix == ".html")

    found = extract(page.read_bytes(), "any name at all")

    assert found.format == "html"
    assert found.title
    assert found.author
    assert re.fullmatch(r"\d{4}", found.date)
    assert found.language == "en"
    assert found.publisher
    assert found.url.startswith("https://")


def test_latin_1_is_read_right() -> None:
    found = extract((EDGE / "latin1-parkman-heroine-of-radium.txt").read_bytes(), "old.txt")

    assert "Amélie" in found.text
    assert "\ufffd" not in found.text
    assert found.warnings == ()


def test_a_byte_order_mark_and_dos_lines_leave_no_trace() -> None:
    found = extract((EDGE / "utf8-bom-crlf-vassar-address.txt").read_bytes(), "address.txt")

    assert found.text.startswith("THE DISCOVERY OF RADIUM\n\nI could tell you many things")
    assert "College—" in found.text


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"),
        ("truncated.pdf", "damaged"),
        ("scan-no-text-layer-vassar-address.pdf", "run OCR first"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(name: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        extract((EDGE / name).read_bytes(), name)
    assert re.fullmatch(r"[A-Z].*\.", caught.value.reason)


MHTML = (
    b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<!DOCTYPE html><html><body><p>In the spring=20of 1849</p>"
)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"\xef\xbb\xbf \r\n", "a.txt", "empty"),
        (b"x" * (MAX_BYTES + 1), "a.txt", "larger than 20 MB"),
        (bytes(range(256)) * 40, "a.txt", "isn't text"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "a.txt", "image"),
        (b"PK\x03\x04" + b"x" * 99, "a.docx", "ZIP"),
        (b"PK\x03\x04 word/document.xml", "a.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "a.doc", "docx"),
        (b"{\\rtf1 hello}", "a.rtf", "Rich Text"),
        (b'{"a": 1}', "a.json", "data, not prose"),
        (b"%PDF-1.7\nnothing else", "a.pdf", "damaged"),
        (LOCKED_PDF, "a.pdf", "encrypted"),
        (b"<html><body></body></html>", "a.html", "no text"),
        (b"* * *\n\n-----\n", "a.txt", "no text"),
        (MHTML, "page.mhtml", "web archive"),
        (MHTML, "page.html", "web archive"),
        (b"<?xml version='1.0'?><rss><b>&lt;html> <html >words</b></rss>", "a.html", "XML"),
        (b"<svg xmlns='x'><text>Some words.</text></svg>", "a.txt", "XML"),
        (b"\x28\xb5\x2f\xfd" + b"abc" * 99, "a.txt", "compressed"),
    ],
)
def test_every_kind_of_junk_has_its_reason(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        extract(data, name)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><title>T</title><p>Some words here.", "letter.txt", "html"),
        (b"Some words here.", "letter", "txt"),
        (b"Some words here.", "letter.1845", "txt"),
        (b"# Some words", "letter.md", "md"),
        (b"<p align=center>Some words</p>\n\n# Head", "letter.md", "md"),
        (b"<meta charset=utf-8><title>T</title><p>Some words here.", "https://a.example/b", "html"),
        (b"<!-- " + b"x" * 5000 + b" --><!doctype html><p>Some words here.", "letter.txt", "html"),
        (b"He wrote <p> and <title> on the board.", "letter.txt", "txt"),
    ],
)
def test_content_tells_the_format_before_the_name(data: bytes, name: str, kind: str) -> None:
    assert extract(data, name).format == kind


@pytest.mark.parametrize("text", ["Łódź i Kraków", "Привет, мир", "日本語の文章", "naïve café"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_in_every_wrapping(text: str, encoding: str) -> None:
    assert extract((text + " and some plain words").encode(encoding), "a.txt").text.startswith(text)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_western_utf_16_needs_no_mark(encoding: str) -> None:
    assert extract("A naïve café".encode(encoding), "a.txt").text == "A naïve café"


def test_one_broken_byte_does_not_make_a_file_latin_1() -> None:
    data = ("Zażółć gęślą jaźń. " * 20).encode() + b"\xff end"

    found = extract(data, "a.txt")

    assert found.text.startswith("Zażółć gęślą jaźń.")
    assert found.warnings


def test_a_page_cannot_choose_a_strange_codec() -> None:
    page = b"<html><head><meta charset=unicode-escape></head><body><p>\\x41 na\xefve word</p></body></html>"

    assert extract(page, "a.html").text == "\\x41 naïve word"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 300_000,
        "ab-\n" * 30_000,
        "[Footnote " * 20_000,
        "*a" * 100_000,
        "a. " * 60_000,
        "e\u0301\u0316" * 50_000,
    ],
    ids=["one word", "hyphens", "notes", "stars", "initials", "marks"],
)
def test_hostile_texts_take_seconds_not_hours(text: str) -> None:
    begun = time.monotonic()

    extract(text.encode(), "a.txt")

    assert time.monotonic() - begun < 30
