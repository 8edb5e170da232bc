"""The notes and the bibliography of a whole book, in either style: nothing dangles."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from biographies.models import Chapter
from biographies.vocabulary import CitationStyle
from bookgen_site.accounts.actions import ensure_operator
from bookgen_site.env import BASE_DIR
from engine import manuscript
from engine.management import making
from sources.citations import bibliography
from sources.intake import read_folder
from sources.queries import cited_sources
from tests.fakes import works

pytestmark = pytest.mark.once

FOLDER = BASE_DIR / "tests" / "fakes" / "brandreth"


@pytest.mark.parametrize(
    ("style", "note", "entry"),
    [
        (
            "chicago",
            "Brandreth, Recollections of a Plant Hunter, 1896, passage\u00a0",
            "Brandreth, Ottilie. Recollections",
        ),
        ("apa", "Brandreth, 1896, passage\u00a0", "Brandreth, O. (1896). Recollections"),
    ],
)
def test_every_note_leads_to_an_entry_and_every_entry_is_a_source(
    db: None, style: str, note: str, entry: str
) -> None:
    del db
    operator = ensure_operator()
    wishes = {"character": "Ottilie Brandreth", "citation_style": style, "min_sources": 3}
    job = making.new_job(by=operator, folder=read_folder(FOLDER), key=style, wishes=wishes, say=pytest.fail)
    book, _hashes = manuscript.build(works.finished(job, operator))

    notes = [one for section in book.sections for one in section.notes]
    texts = [text for one in notes for text in "".join(run.text for run in one.inlines).split("; ")]
    entries = [
        "".join(run.text for run in block.inlines)
        for section in book.sections
        if section.kind == "bibliography"
        for block in section.blocks
    ]
    assert any(text.startswith(note) for text in texts)
    assert any(text.startswith(entry) for text in entries)
    assert len(entries) == job.sources.filter(valid=True).count()
    assert all(_entry_of(text, entries) for text in texts)
    for section in book.sections:  # numbered from 1 in each section
        assert [one.number for one in section.notes] == list(range(1, len(section.notes) + 1))


def _entry_of(note: str, entries: list[str]) -> bool:
    """Whether exactly one entry has the family name and the year of the note, and its title if it gives one."""
    words = [word for word in re.findall(r"\w+", note.rpartition("passage")[0]) if len(word) > 2]
    return sum(all(word in entry for word in words) for entry in entries) == 1


def test_the_shipped_styles_are_those_of_the_job() -> None:
    assert [bibliography([], style, "en") for style in CitationStyle.values] == [[], []]


UNCITED = (
    "Ottilie Brandreth nació en Whitby en 1831. La botánica Ottilie Brandreth viajó a los Andes en 1858 y volvió con"
    " mil plantas secas. Brandreth escribió sus recuerdos en 1896, y murió en Leeds muchos años más tarde, rodeada de"
    " sus sobrinas. El herbario de Ottilie Brandreth se conserva todavía en el museo de la ciudad, junto con sus cartas"
    " y un retrato que su hermano pintó durante la última primavera de su vida."
)


def test_what_nothing_cites_stands_apart(db: None, tmp_path: Path) -> None:
    """A source in another language than the book's gives no sentence to it."""
    del db
    operator = ensure_operator()
    wishes = {"character": "Ottilie Brandreth", "min_sources": 3}
    folder = tmp_path / "sources"
    shutil.copytree(FOLDER, folder)
    (folder / "brandreth-en-espanol.txt").write_text(UNCITED)
    job = making.new_job(by=operator, folder=read_folder(folder), key="x", wishes=wishes, say=pytest.fail)
    assert works.work(job) == "needs_review"
    assert job.sources.get(number=4).valid
    text = Chapter.objects.get(job=job, kind="bibliography").content
    cited, heading, consulted = text.partition("*Consulted, and not cited:*")
    assert heading
    assert "Brandreth en espanol" in consulted
    assert consulted.strip().count("\n\n") == 0
    assert cited.strip().count("\n\n") == 2
    numbers = {one.number for one in cited_sources(job.pk)}
    assert numbers == {1, 2, 3}
