"""The images of a job reach its book, are listed with their credits, and are named by the export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from biographies.exports.options import ExportOptions
from biographies.images import as_printed, change_image, images_of
from biographies.models import BiographyJob, Image
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from engine import actions, dossier, manuscript
from engine.errors import UnitFailed
from engine.illustrating import printable
from engine.management import making
from engine.phases import export
from sources.imaging import add_picture
from sources.intake import read_folder
from tests.fakes import rows, works
from tests.fakes.pictures import CAMERA, drawing, photograph

pytestmark = pytest.mark.django_db
WORDS = {"place": "opening", "chapter": 1, "alt": "A harbour", "rights": "in the public domain"}


@pytest.fixture
def job() -> BiographyJob:
    """A draft of one chapter and a bibliography."""
    made = rows.job(owner=rows.person(roles.CHIEF_EDITOR))
    rows.written(job=made, chapter_number=1)
    rows.written(job=made, kind="bibliography", chapter_number=None, title="Bibliography")
    return made


def _added(job: BiographyJob, data: bytes, **words: Any) -> Image:
    return add_picture(job=job, by=job.owner, filename="../pier.png", data=data, **(WORDS | words))[0]


def test_a_file_becomes_an_image_of_the_book(job: BiographyJob) -> None:
    row = _added(job, photograph(), caption="The pier")
    assert (row.filename, row.media_type, row.width, row.height) == ("pier.png", "image/jpeg", 40, 60)
    assert CAMERA.encode() not in store.get(row.blob)
    assert len(store.get(row.blob)) == row.size


def test_images_stand_in_their_places_and_in_the_list(job: BiographyJob) -> None:
    _added(job, photograph(), caption="The pier, 1840", credit="Photo: J. Doe")
    _added(job, drawing(), place="end", caption="A map.")
    _added(job, drawing(size=(90, 90)), place="frontispiece", chapter=None, caption="Ada")
    lost = _added(job, drawing(size=(80, 90)), chapter=9)
    images = printable(job)
    assert lost not in images
    book, _hashes = manuscript.build(job, draft=True, images=images)
    assert [one.kind for one in book.sections] == ["chapter", "illustrations", "bibliography"]
    chapter, listed, _bibliography = book.sections
    assert book.frontispiece is not None
    assert [one.caption for one in (book.frontispiece, *chapter.opening, *chapter.closing)] == [
        *("Ada", "The pier, 1840", "A map."),
    ]
    assert ["".join(one.text for one in block.inlines) for block in listed.blocks] == [
        "Frontispiece: Ada.",
        "Chapter 1: The pier, 1840. Photo: J. Doe.",
        "Chapter 1: A map.",
    ]
    dossier.of(job, book)  # the list has no revision, and the papers know that
    plain, _hashes = manuscript.build(job, draft=True)
    assert plain.fingerprint == book.fingerprint  # that of the texts


def test_an_export_says_which_images_it_prints(finished: BiographyJob, chief: User) -> None:
    """A whole book: an image added to it afterwards is no matter of its approvals, and another export prints it."""
    (bare,) = finished.exports.all()
    assert bare.images == []
    row = add_picture(job=finished, by=chief, filename="pier.png", data=drawing(), **WORDS)[0]
    assert set(finished.chapters.values_list("status", flat=True)) == {"approved"}
    for caption in ("Before", "After"):
        change_image(image=row, by=chief, caption=caption)
        actions.export(job=finished, by=chief, formats=["md"])
        assert works.work(finished) == "completed"
        newest = finished.exports.all()[0]
        assert newest.images == as_printed(printable(finished))
        assert (newest.images[0]["sha256"], newest.images[0]["caption"]) == (row.blob, caption)
        assert caption in store.get(newest.blob).decode()
        assert newest.revision_hashes == bare.revision_hashes


def test_a_folder_brings_its_images(tmp_path: Path, chief: User) -> None:
    """Those that its list names; what is wrong with one is told, and the book is made without it."""
    story = " ".join(rows.story(number) for number in range(5))
    (tmp_path / "life.txt").write_text(f"Ada Quill. {story}")
    (tmp_path / "pier.png").write_bytes(drawing())
    (tmp_path / "bad.png").write_bytes(b"no picture")
    (tmp_path / "bare.png").write_bytes(drawing(size=(50, 50)))
    listed = [{"file": "pier.png", **WORDS}, {"file": "bad.png", **WORDS}, {"file": "bare.png", "chapter": 2}]
    (tmp_path / "sources.json").write_text(json.dumps({"images": listed}))
    folder, told = read_folder(tmp_path), list[str]()
    assert ([one.name for one in folder.files], folder.left_out) == (["life.txt"], ())
    job, _fresh = making.find_or_make(
        by=chief, folder=folder, key="k", wishes={"character": "Ada Quill"}, say=told.append
    )
    assert [one.filename for one in images_of(job.pk)] == ["pier.png"]
    assert [one.split(":")[0] for one in told] == ["“bad.png”", "“bare.png”"]
    (tmp_path / "pier.png").write_bytes(drawing(size=(70, 70)))
    assert making.request_key(folder, {}) != making.request_key(read_folder(tmp_path), {})


def test_a_lost_file_parks_the_export_with_what_to_do(job: BiographyJob) -> None:
    row = _added(job, drawing())
    store.path_of(row.blob).unlink()
    with pytest.raises(UnitFailed, match="Take the image out"):
        export._built(job, ExportOptions(draft=True), printable(job))
