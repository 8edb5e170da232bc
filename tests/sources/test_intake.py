"""A URL or a file becomes a stored source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from sources import intake
from sources.errors import SourceError, Unreadable
from sources.extracting import MAX_BYTES
from sources.intake import add_file, add_url
from sources.metadata import Entry
from tests.fakes import rows
from tests.fakes.documents import archive, swelling, word


@pytest.mark.django_db
def test_a_file_is_kept_byte_by_byte(editor: User) -> None:
    job = rows.job(owner=editor)
    source, new = add_file(job=job, by=editor, filename="a.txt", data=b"na\xefve\r\n raw")
    assert (new, source.valid, source.filename, source.found) == (True, None, "a.txt", "upload")
    assert store.get(source.blob) == b"na\xefve\r\n raw"


@pytest.mark.django_db
def test_the_same_file_twice_is_one_source(editor: User) -> None:
    job = rows.job(owner=editor)
    first, _new = add_file(job=job, by=editor, filename="a.txt", data=b"abc")
    assert add_file(job=job, by=editor, filename="a.txt", data=b"abc") == (first, False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\x00b\u202e.txt", "x" * 400, ""])
def test_a_hostile_name_is_only_a_name(editor: User, name: str) -> None:
    source, _new = add_file(job=rows.job(owner=editor), by=editor, filename=name, data=b"abc")
    assert "/" not in source.filename
    assert "\x00" not in source.filename
    assert len(source.filename) <= 255
    assert len(source.url) <= 2000


EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + bytes(range(256)) * 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("large.txt", b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
        ("void.md", b"\n \r\n", "is empty"),
        ("photo.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(99), "is an image"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "is an image"),
        ("letter.pdf", b"Dear Ada, the bees are well.", "called PDF, but isn't one"),
        ("letter.docx", b"Dear Ada, the bees are well.", "called .docx, but isn't"),
        ("program.txt", EXE, "isn't text"),
        ("program.html", EXE + b"<p>", "isn't text"),
        ("library.txt", b"\x7fELF" + bytes(99), "isn't text"),
        ("bomb.docx", swelling, "too large when unpacked"),
        ("half.docx", word()[:-400], "damaged"),
        ("sheet.docx", archive("xl/workbook.xml"), "not a Word document"),
        ("text.odt", archive("mimetype", b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        ("book.epub", archive("mimetype", b"application/epub+zip"), "e-book"),
        ("table.csv", b"a,b\n1,2\n", "data, not prose"),
    ],
)
def test_what_can_never_be_read_is_refused_at_the_door(
    editor: User, name: str, data: bytes | Callable[[], bytes], why: str
) -> None:
    job = rows.job(owner=editor)
    with pytest.raises(Unreadable, match=why) as caught:
        add_file(job=job, by=editor, filename=name, data=data if isinstance(data, bytes) else data())
    assert caught.value.reason.startswith(f"“{name}”: ")
    assert not job.sources.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.txt", "Dear Ada, the bees are well.".encode("utf-16")),
        ("letter.txt", "Cher Élie".encode("cp1252")),
        ("page.txt", b"<!doctype html><p>Dear Ada"),
        ("scan.txt", b"%PDF-1.4\n%%EOF"),
        ("letter.pdf", word()),
        ("letter", b"Dear Ada"),
        ("letter.md", b"# Dear Ada"),
    ],
)
def test_content_counts_at_the_door_not_the_name(editor: User, name: str, data: bytes) -> None:
    assert add_file(job=rows.job(owner=editor), by=editor, filename=name, data=data)[1]


@pytest.mark.django_db
def test_a_reason_is_translated_at_the_door(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that found it knows no language but English."""
    monkeypatch.setattr(
        intake, "_", lambda text: "Vacío." if text.startswith("This file is empty.") else text
    )
    with pytest.raises(Unreadable) as caught:
        add_file(job=rows.job(owner=editor), by=editor, filename="void.txt", data=b"")
    assert caught.value.reason == "“void.txt”: Vacío."


@pytest.mark.django_db
def test_what_the_list_says_is_kept(editor: User) -> None:
    entry = Entry(title="T" * 600, author="A", year=1896, form="letters", url="https://example.org/")
    source, _new = add_file(job=rows.job(owner=editor), by=editor, filename="a.txt", data=b"abc", entry=entry)
    assert (len(source.title), source.author, source.date, source.form) == (500, "A", "1896", "letters")


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://example.org/a", "http://example.org", " https://example.org/a "])
def test_addresses(editor: User, url: str) -> None:
    source, _new = add_url(job=rows.job(owner=editor), by=editor, url=url)
    assert (source.url, source.found) == (url.strip(), "url")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://books.lan:8080/a", ""),
        ("http://BOOKS.lan.:8080/a", ""),
        ("http://10.0.0.7:9000/a", ""),
        ("http://[fd00::7]:9000/a", ""),
        ("https://archive.lan/a", ""),
        ("http://books.lan:8081/a", "private network"),
        ("http://books.lan/a", "private network"),
        ("http://archive.lan:8080/a", "private network"),
        ("https://example.org:8080/a", "usual ports"),
    ],
)
def test_an_allowed_host_is_allowed_with_its_port(
    editor: User, settings: Settings, url: str, refusal: str
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["books.lan:8080", "archive.lan", "10.0.0.7:9000", "[fd00::7]:9000"]
    job = rows.job(owner=editor)
    if not refusal:
        assert add_url(job=job, by=editor, url=url)[1]
        return
    with pytest.raises(SourceError, match=refusal):
        add_url(job=job, by=editor, url=url)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org",
        "example.org",
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://[",
        "https://user:secret@example.org",
        "https://example.org:22/",
        "https://a/" + "x" * 2000,
    ],
)
def test_what_is_no_address(editor: User, url: str) -> None:
    with pytest.raises(SourceError):
        add_url(job=rows.job(owner=editor), by=editor, url=url)
