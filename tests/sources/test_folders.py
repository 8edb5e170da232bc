"""What of a folder becomes sources, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sources.errors import SourceError
from sources.folders import printable, read_folder


def test_a_folder_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "notes.xls", "sources.json"):
        (tmp_path / name).write_text('{"sources": []}')
    (tmp_path / "folder.txt").mkdir()
    found = read_folder(tmp_path)
    assert [path.name for path in found.files] == ["a.MD", "b.txt"]
    assert found.left_out == ("“notes.xls” isn't a kind of file that can be a source; left alone.",)


def test_a_folder_without_sources(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no sources"):
        read_folder(tmp_path)
    with pytest.raises(SourceError, match="no folder"):
        read_folder(tmp_path / "nowhere")


def test_hidden_files_are_no_sources(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", "._a.txt", ".DS_Store"):
        (tmp_path / name).touch()
    found = read_folder(tmp_path)
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.left_out == ()


def test_a_link_that_leaves_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (tmp_path / "secret.txt").touch()
    (folder / "a.txt").touch()
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "c.txt").symlink_to("../secret.txt")
    (folder / "d.txt").symlink_to("/dev/zero")
    found = read_folder(folder)
    assert [path.name for path in found.files] == ["a.txt", "b.txt"]
    assert [line.split("”")[0] for line in found.left_out] == ["“c.txt", "“d.txt"]


def test_a_folder_that_is_itself_a_link_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "a.txt").touch()
    (tmp_path / "there").symlink_to("here")
    assert len(read_folder(tmp_path / "there").files) == 1


def test_a_name_that_is_no_utf_8_is_told_and_the_others_are_taken(tmp_path: Path) -> None:
    odd = os.fsdecode(b"caf\xe9.txt")
    for name in ("a.txt", odd):
        try:
            (tmp_path / name).touch()
        except OSError:
            pytest.skip("this file system takes names in UTF-8 alone")
    found = read_folder(tmp_path)
    assert [path.name for path in found.files] == ["a.txt"]
    assert [line.encode() for line in found.left_out]
    assert "Rename the file" in found.left_out[0]
    assert printable(odd) == "caf?.txt"


def test_a_folder_that_cant_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(SourceError, match=r"can't be read \(Permission denied\)"):
        read_folder(tmp_path)
