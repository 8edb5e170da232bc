"""Hostile and broken files over desk, API and command line: one clear message for each, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from engine.management import making
from sources.extracting import MAX_BYTES
from sources.extracting.reading import extract_here
from sources.intake import read_folder
from sources.models import Source
from tests.biographies.admin.makers import person
from tests.fakes import rows
from tests.fakes.documents import archive, swelling, word
from tests.fakes.hostile_documents import ABOUT, outward_word

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EDGE: Final = Path(__file__).parent / "data" / "edge"
# Refused at the door: what can never be read, told by its content.


@lru_cache
def refused() -> dict[str, tuple[bytes, str]]:
    """Files by name, each with words of its refusal."""
    return {
        "bomb.docx": (swelling(), "too large when unpacked"),
        "nothing.txt": (b"", "is empty"),
        "blank.md": (b" \r\n\t", "is empty"),
        "huge.txt": (b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
        "letter.pdf": (b"Dear Ada, the bees are well.", "called PDF, but isn't one"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "is an image"),
        "half.docx": (word()[:-300], "damaged"),
        "sheet.docx": (archive("xl/workbook.xml"), "not a Word document"),
        "noughts.txt": (bytes(5000), "is empty"),
        "spotted.txt": (ABOUT.replace("Bergen", "Ber\x00gen").encode(), "isn't text"),
    }


# Taken, whatever they are called and however they are written: each holds ABOUT.
TAKEN: Final[dict[str, bytes]] = {
    "outward.docx": outward_word(),
    "wide.txt": ABOUT.encode("utf-16"),
    "windows.txt": f"“{ABOUT}” – naïve".encode("cp1252"),
    "marked.txt": b"\xef\xbb\xbf" + ABOUT.replace(". ", ".\r\n").encode(),
    "page.txt": f"<!doctype html><title>Ada</title><p>{ABOUT}".encode(),
    "word.pdf": word(ABOUT),
}


def test_over_the_desk_the_good_ones_stay_and_each_bad_one_is_named() -> None:
    client = Client()
    client.force_login(person("edith", roles.EDITOR))
    files = {**{name: data for name, (data, _why) in refused().items()}, **TAKEN}
    form = {"once": "one-form", "character": "Ada Quill", "language": "en", "author": "extractive"}
    page = client.post("/admin/books/new/", form | {"files": [_upload(*one) for one in files.items()]})
    told = page.content.decode().replace("&#x27;", "'")
    for name, (_data, why) in refused().items():
        assert told.count(f"“{name}”") == 1
        assert why in told
    notes = [note for _kept, note in page.context["kept"]]
    assert len(notes) == len(TAKEN)
    assert not BiographyJob.objects.exists()
    client.post("/admin/books/new/", form | {"kept": notes})
    assert set(Source.objects.values_list("filename", flat=True)) == set(TAKEN)


def test_over_the_api_all_bad_ones_are_named_at_once_and_nothing_is_added(
    editor: User, api: Callable[..., APIClient]
) -> None:
    job = rows.job(owner=editor)
    url = f"/api/v1/biographies/{job.pk}/sources"
    files = {**{name: data for name, (data, _why) in refused().items()}, **TAKEN}
    answer = _posted(api(editor), url, files)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    for name, (_data, why) in refused().items():
        assert f"“{name}”" in answer.json()["detail"]
        assert why in answer.json()["detail"]
    assert not job.sources.exists()
    assert _posted(api(editor), url, TAKEN).status_code == 201
    assert set(job.sources.values_list("filename", flat=True)) == set(TAKEN)


def test_at_the_command_line_the_good_ones_go_on_and_each_bad_one_is_named(
    editor: User, tmp_path: Path
) -> None:
    for name, data in {**{name: data for name, (data, _why) in refused().items()}, **TAKEN}.items():
        (tmp_path / name).write_bytes(data)
    told: list[str] = []
    wishes = {"character": "Ada Quill"}
    job = making.new_job(by=editor, folder=read_folder(tmp_path), key="k", wishes=wishes, say=told.append)
    for name, (_data, why) in refused().items():
        (line,) = [line for line in told if f"“{name}”" in line]
        assert why in line
    assert set(job.sources.values_list("filename", flat=True)) == set(TAKEN)


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_read_whole(name: str) -> None:
    text = extract_here(TAKEN[name], name).text
    assert " ".join(text.split()).strip("“”–naïve ").startswith("Ada Quill was born in Leith in 1801")
    assert "from there to Bergen" in text
    assert "\x00" not in text
    assert text.rstrip("”– naïve").endswith("thirty years.")
    assert not any(word in text for word in ("169.254", "passwd", "\ufeff", "\ufffd"))


@pytest.mark.parametrize("path", sorted(EDGE.iterdir()), ids=lambda path: path.name)
def test_the_edge_files_are_taken_or_named_over_the_api(
    editor: User, api: Callable[..., APIClient], path: Path
) -> None:
    job = rows.job(owner=editor)
    answer = _posted(api(editor), f"/api/v1/biographies/{job.pk}/sources", {path.name: path.read_bytes()})
    if path.read_bytes().strip():
        assert answer.status_code == 201
    else:
        assert answer.json()["detail"].startswith(f"“{path.name}”: This file is empty.")


def _upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _posted(client: APIClient, url: str, files: dict[str, bytes]) -> Any:
    return client.post(url, {"files": [_upload(*one) for one in files.items()]}, format="multipart")
