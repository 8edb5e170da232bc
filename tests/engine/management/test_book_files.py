"""The command line writes no book over a file that isn't the job's own."""

from __future__ import annotations

import pathlib
from pathlib import Path

import pytest

from biographies.models import BiographyJob
from bookgen_site.lib import store
from engine.management.book_files import CannotWrite, write_files
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def _book(*texts: bytes) -> BiographyJob:
    job = rows.job()
    for text in texts:
        rows.export(job=job, blob=store.put(text))
    return job


def test_the_plain_name_is_kept_and_written_again(tmp_path: Path) -> None:
    job, out = _book(b"first", b"newest"), tmp_path / "books"
    for _again in range(2):
        (path,) = write_files(job, out, pytest.fail)
        assert (path.name, path.read_bytes()) == ("ada-quill.docx", b"newest")
    path.write_bytes(b"first")  # an earlier file of the same job is its own
    assert write_files(job, out, pytest.fail) == [path]
    assert path.read_bytes() == b"newest"
    assert [one.name for one in out.iterdir()] == ["ada-quill.docx"]


def test_another_jobs_book_is_left_alone_and_that_is_told(tmp_path: Path) -> None:
    first, second, third = _book(b"one"), _book(b"two"), _book(b"three")
    told: list[str] = []
    for _again in range(2):
        (one,), (two,), (three,) = (write_files(job, tmp_path, told.append) for job in (first, second, third))
    assert [path.name for path in (one, two, three)] == [
        "ada-quill.docx",
        "ada-quill-2.docx",
        "ada-quill-3.docx",
    ]
    assert [path.read_bytes() for path in (one, two, three)] == [b"one", b"two", b"three"]
    assert len(told) == 4
    assert all("is left as it is" in line for line in told)


def test_a_file_that_a_person_has_changed_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ada-quill.docx").write_bytes(b"my own remarks")
    told: list[str] = []
    (path,) = write_files(_book(b"book"), tmp_path, told.append)
    assert path.name == "ada-quill-2.docx"
    assert (tmp_path / "ada-quill.docx").read_bytes() == b"my own remarks"


def test_a_folder_that_takes_no_file_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _book(b"book")
    with pytest.raises(CannotWrite, match="--out"):
        write_files(job, _file(tmp_path), pytest.fail)

    def refuse(path: Path, _data: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(pathlib.Path, "write_bytes", refuse)
    with pytest.raises(CannotWrite, match="Permission denied") as caught:
        write_files(job, tmp_path, pytest.fail)
    assert ".part" not in str(caught.value)


def _file(folder: Path) -> Path:
    (folder / "taken").touch()
    return folder / "taken"
