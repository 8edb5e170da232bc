"""The list that a folder brings along."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from sources.errors import BadListing, SourceError
from sources.metadata import LIST_NAME, Entry, Listing, read_list

DEMO = next(path.parent for path in sorted((Path(__file__).parents[2] / "sources" / "demo").rglob(LIST_NAME)))


def _folder(tmp_path: Path, listing: object, *files: str) -> Path:
    text = listing if isinstance(listing, str) else json.dumps(listing)
    (tmp_path / LIST_NAME).write_text(text, "utf-8")
    for name in files:
        (tmp_path / name).write_text("text")
    return tmp_path


def test_the_demo_is_described_file_by_file() -> None:
    listing = read_list(DEMO)

    assert listing.subject is not None
    assert listing.subject.name
    assert listing.subject.description
    assert listing.problems == ()
    assert sorted(listing.entries) == sorted(path.name for path in DEMO.iterdir() if path.name != LIST_NAME)
    assert all(
        entry.title and entry.author and entry.year and entry.form for entry in listing.entries.values()
    )
    assert all(entry.url.startswith("https://") for entry in listing.entries.values())


def test_a_folder_without_a_list_has_an_empty_one(tmp_path: Path) -> None:
    listing = read_list(tmp_path)

    assert (listing.subject, dict(listing.entries), listing.problems) == (None, {}, ())


def test_keys_may_be_missing_and_strange_ones_are_ignored(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"sources": [{"file": "a.txt", "colour": ["red"]}]}, "a.txt")

    assert read_list(folder).entries == {"a.txt": Entry()}


def test_texts_are_cleaned_and_years_read(tmp_path: Path) -> None:
    entry = {
        "file": "a.txt",
        "title": " A\u202e\n Life\x00 ",
        "year": "1845",
        "license": "CC0",
        "url": "http://a.b",
    }
    found = read_list(_folder(tmp_path, {"sources": [entry]}, "a.txt")).entries["a.txt"]

    assert found == Entry(title="A Life", year=1845, licence="CC0", url="http://a.b")


@pytest.mark.parametrize("name", ["../outside.txt", "./a.txt", "sub/a.txt", "..\\outside.txt"])
def test_a_list_cannot_reach_out_of_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.txt").write_text("text")
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("text")

    listing = read_list(_folder(folder, {"sources": [{"file": name}]}, "a.txt"))

    assert dict(listing.entries) == {}
    assert "isn't the name of a file in this folder" in listing.problems[0]


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    assert read_list(_folder(tmp_path, '\ufeff{"subject": {"name": "Jane Roe"}}')).subject is not None


def test_entries_that_fit_no_file_are_problems(tmp_path: Path) -> None:
    rows = [{"file": name} for name in ("a.txt", "b.txt", "a.txt", "../c.txt", "..", "x\\y.txt", "")]
    listing = read_list(_folder(tmp_path, {"sources": rows}, "a.txt"))

    assert list(listing.entries) == ["a.txt"]
    assert [problem.split(":")[0] for problem in listing.problems] == [
        f"{LIST_NAME}, source {number}" for number in (2, 3, 4, 5, 6, 7)
    ]
    assert "no file “b.txt”" in listing.problems[0]
    assert "twice" in listing.problems[1]


@pytest.mark.parametrize(
    ("listing", "place"),
    [
        ("", "line 1, column 1"),
        ('{"sources": [}', "line 1, column 14"),
        ("[" * 100_000, LIST_NAME),
        ('{"sources": [{"file": "a.txt", "year": ' + "9" * 5_000 + "}]}", LIST_NAME),
        ([1, 2], "a list"),
        ({"sources": {}}, "“sources” must be a list"),
        ({"sources": ["a.txt"]}, "source 1: an object"),
        ({"sources": [{"file": "a.txt"}, {"file": 3}]}, "source 2: “file” must be text"),
        ({"sources": [{"file": "a.txt", "title": ["x"]}]}, "source 1: “title” must be text"),
        ({"sources": [{"file": "a.txt", "year": "long ago"}]}, "source 1: “year” must be a year"),
        ({"sources": [{"file": "a.txt", "year": 1845.5}]}, "source 1: “year” must be a year"),
        ({"sources": [{"file": "a.txt", "year": True}]}, "source 1: “year” must be a year"),
        ({"sources": [{"file": "a.txt", "year": 9999}]}, "source 1: “year” is 9999"),
        ({"subject": "Jane Roe"}, "subject: an object"),
        ({"subject": {"name": 3}}, "subject: “name” must be text"),
    ],
)
def test_a_malformed_list_is_one_error_that_names_the_place(
    tmp_path: Path, listing: object, place: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read_list(_folder(tmp_path, listing, "a.txt"))
    assert place in caught.value.reason


def test_a_list_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / LIST_NAME).write_bytes('{"subject": {"name": "Ávila"}}'.encode("latin-1"))

    with pytest.raises(SourceError, match="UTF-8"):
        read_list(tmp_path)


def _pictured(folder: Path, **told: object) -> Listing:
    (folder / "pier.png").write_bytes(b"a picture")
    (folder / "sources.json").write_text(json.dumps({"images": [{"file": "pier.png", **told}]}))
    return read_list(folder)


def test_a_list_may_name_images(tmp_path: Path) -> None:
    (one,) = _pictured(tmp_path, chapter=3, caption="The  pier", alt="Boats", rights="own").images
    assert (one.place, one.chapter, one.caption, one.credit) == ("opening", 3, "The pier", "")
    assert one.digest == hashlib.sha256(b"a picture").hexdigest()
    (front,) = _pictured(tmp_path, alt="Boats").images
    assert (front.place, front.chapter) == ("frontispiece", None)
    assert _pictured(tmp_path, alt="Boats").identity != _pictured(tmp_path, alt="Ships").identity


def test_a_list_without_images_is_told_as_before() -> None:
    assert (
        Listing().identity == "Listing(subject=None, entries={}, problems=())"
    )  # part of every request's key


def test_images_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(BadListing, match="image 1: “chapter”"):
        _pictured(tmp_path, chapter="three")
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "secret.png").write_bytes(b"x")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "pier.png").symlink_to(tmp_path / "else" / "secret.png")
    rows = [{"file": "pier.png"}, {"file": "gone.png"}, {"file": "../else/secret.png"}]
    (tmp_path / "here" / "sources.json").write_text(json.dumps({"images": rows}))
    found = read_list(tmp_path / "here")
    assert (found.images, len(found.problems)) == ((), 3)
