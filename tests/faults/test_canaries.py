"""The eyes of the campaign of canaries: a secret is seen in every dress. The campaign itself is `make canaries`."""

from __future__ import annotations

import base64
import io
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.canaries import places
from tests.faults.canaries.canary import Sighting, fresh, look
from tests.faults.canaries.due import is_due

ONE = fresh("one")


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_a_secret_is_found_in_every_dress(before: str) -> None:
    worn = f"{before}{ONE.text}after".encode()
    dresses = [worn, base64.b64encode(worn), worn.hex().encode(), quote(worn).encode(), repr(worn).encode()]
    for dress in dresses:
        assert look([ONE], "logs", "x", dress) == [Sighting("one", "logs", "x")]
    assert look([ONE], "logs", "x", worn.replace(ONE.text.encode(), fresh("two").text.encode())) == []


def test_a_database_is_read_wholly(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "base")) as base:
        base.execute("CREATE TABLE calls (body BLOB, told TEXT)")
        base.execute("INSERT INTO calls VALUES (?, ?)", [zlib.compress(ONE.text.encode()), "nothing"])
        base.execute("INSERT INTO calls VALUES (?, ?)", [b"", f'{{"key": "{ONE.text}"}}'])
        base.commit()
    seen = [
        where for where, data in places._database(tmp_path / "base") if look([ONE], "database", where, data)
    ]
    assert seen == ["calls", "calls"]


def test_a_book_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", ONE.text)
    seen = [
        where
        for where, data in places._unpacked([("b.docx", packed.getvalue())])
        if look([ONE], "", "", data)
    ]
    assert seen == ["b.docx:word/document.xml"]


def test_what_is_due_in_one_place_is_a_leak_in_another() -> None:
    assert is_due(Sighting("author link", "mails", "mail"))
    assert not is_due(Sighting("author link", "logs", "serve.log"))
    assert not is_due(Sighting("SECRET_KEY", "mails", "mail"))
