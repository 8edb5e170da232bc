"""A book in other formats than Word: what is made, what is kept, what happens where a format can't be made."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from biographies.errors import BadWish, FormatUnavailable
from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from engine import actions, dossier, manuscript
from engine.errors import NotApproved
from engine.phases import export as export_phase
from sources.models import Citation
from tests.fakes import works

pytestmark = pytest.mark.django_db


def unavailable(*_told: object) -> bytes:
    raise FormatUnavailable("install Pango")


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are laid out in the tests that are about them."""
    monkeypatch.setattr("biographies.exports.cover.png", unavailable)
    monkeypatch.setitem(export_phase.RENDERERS, "pdf", unavailable)


def files_of(job: BiographyJob) -> dict[str, str]:
    return {one.format: one.filename for one in job.exports.all()}


def test_a_finished_book_gets_more_formats_from_the_same_texts(finished: BiographyJob, chief: User) -> None:
    (word,) = finished.exports.all()
    actions.export(job=finished, by=chief, formats=["zip", "md", "epub"])
    assert works.work(finished) == "completed"
    assert files_of(finished) == {
        "docx": "ada-quill.docx", "md": "ada-quill.md", "epub": "ada-quill.epub", "zip": "ada-quill.zip",
    }  # fmt: skip
    assert all(one.revision_hashes == word.revision_hashes for one in finished.exports.all())
    finished.refresh_from_db()
    assert finished.export_formats == [
        "epub",
        "md",
        "zip",
    ]  # each once, in their own order, and so from now on


def test_the_bundle_tells_every_citation_and_names_what_it_lacks(finished: BiographyJob, chief: User) -> None:
    actions.export(job=finished, by=chief, formats=["zip"])
    works.work(finished)
    with ZipFile(io.BytesIO(store.get(finished.exports.get(format="zip").blob))) as package:
        rows = list(csv.DictReader(io.StringIO(package.read("evidence.csv").decode("utf-8-sig"))))
        assert b"install Pango" in package.read("manifest.json")
        assert {"book.docx", "book.epub", "book.md", "evidence.html"} <= set(package.namelist())
    told = sorted(
        (row["sentence"].lstrip("'"), row["quote"].lstrip("'"), row["verdict"])
        for row in rows
        if row["number"]
    )
    cited = Citation.objects.filter(revision__current_of__job=finished)
    assert told == sorted(cited.values_list("sentence", "quote", "verdict"))


def test_papers_of_other_texts_are_not_made(finished: BiographyJob, chief: User) -> None:
    book, _hashes = manuscript.build(finished)
    assert dossier.of(finished, book).revisions
    chapter = finished.chapters.get(chapter_number=1)
    actions.regenerate(chapter=chapter, by=chief)
    works.work(finished)
    with pytest.raises(NotApproved):
        dossier.of(finished, book)


def test_a_format_that_cannot_be_made_fails_with_what_to_do_and_another_is_chosen(
    finished: BiographyJob, chief: User
) -> None:
    actions.export(job=finished, by=chief, formats=["docx", "pdf"])
    assert works.work(finished) == "failed"
    finished.refresh_from_db()
    assert finished.error_message == "install Pango"
    actions.export(job=finished, by=chief, formats=["md"])
    assert works.work(finished) == "completed"
    assert set(files_of(finished)) == {"docx", "md"}


@pytest.mark.parametrize("formats", [[], ["doc"], ["md", "exe"]])
def test_there_are_no_other_formats(started: BiographyJob, chief: User, formats: list[str]) -> None:
    with pytest.raises(BadWish):
        actions.export(job=started, by=chief, formats=formats)


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["Nobody"], "no book"),
        (["Ada Quill", "--format", "doc"], "docx, epub"),
        (["Ada Quill"], "Approve every chapter"),
    ],
)
def test_the_command_line_says_why_it_refuses(
    started: BiographyJob, arguments: list[str], refusal: str
) -> None:
    assert started.character == "Ada Quill"
    with pytest.raises(CommandError, match=refusal):
        call_command("export", *arguments)
