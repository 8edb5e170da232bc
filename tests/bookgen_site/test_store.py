"""Files by their hash: whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bookgen_site.lib import store


def test_bytes_come_back_under_their_hash() -> None:
    digest = store.put(b"a book")
    assert digest == hashlib.sha256(b"a book").hexdigest()
    assert store.get(digest) == b"a book"


def test_twice_is_once() -> None:
    assert store.put(b"a book") == store.put(b"a book")
    folder = store.path_of(store.put(b"a book")).parent
    assert len(list(folder.iterdir())) == 1


def test_a_missing_file_is_told() -> None:
    digest = store.put(b"a book")
    store.path_of(digest).unlink()
    with pytest.raises(store.BlobMissing, match="missing"):
        store.get(digest)


def test_a_damaged_file_is_told_and_mended_by_the_next_put() -> None:
    digest = store.put(b"a book")
    store.path_of(digest).write_bytes(b"a boo")
    with pytest.raises(store.BlobMissing, match="damaged"):
        store.get(digest)
    store.put(b"a book")
    assert store.get(digest) == b"a book"


def test_a_write_that_breaks_off_leaves_no_blob(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="full"):
        store.put(b"a book")
    monkeypatch.undo()
    assert not store.path_of(hashlib.sha256(b"a book").hexdigest()).exists()
