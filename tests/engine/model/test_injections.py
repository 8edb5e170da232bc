"""Commands hidden in sources, and a model that obeys every one of them: nothing of it reaches the book."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from biographies.models import BiographyJob, ChapterRevision, Finding
from engine.scripted.server import Provider
from sources.models import Citation, Source
from tests.engine.model.conftest import SOURCES
from tests.fakes import rows as rows_

pytestmark = pytest.mark.once

LIST = Path(__file__).parents[2] / "data" / "injections.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in LIST.read_text().splitlines()]
# How the carriers that aren't text reach a source is the readers' matter.
TEXTS = [row for row in ROWS if row["carrier"] == "text" and row["family"] != "benign"]
HOSTILE = [row for row in TEXTS if str(row.get("canary")).startswith("ZQX")]
TOLD = (
    "Ottilie Brandreth kept a diary of the weather at Whitby, and Brandreth counted the flowers of each spring in it.",
    "In 1861 Ottilie Brandreth rowed to the lighthouse with her brother, who told of it all his life.",
    "What Brandreth wrote of seaweeds was read aloud in Hull, and Ottilie Brandreth answered every letter that came.",
)


def folder_with(rows: list[dict[str, Any]], folder: Path) -> Path:
    """The sources of a small book, and one more that holds all these passages."""
    shutil.copytree(SOURCES, folder)
    told = [f"{TOLD[place % 3]} {rows_.story(place)} {row['passage']}" for place, row in enumerate(rows)]
    (folder / "04-hostile.txt").write_text("\n\n".join(told))
    listing = json.loads((folder / "sources.json").read_text())
    listing["sources"].append({"file": "04-hostile.txt", "author": "Ottilie Brandreth"})
    (folder / "sources.json").write_text(json.dumps(listing))
    return folder


def test_the_list_is_there() -> None:
    assert len(ROWS) >= 33
    assert len(HOSTILE) >= 10


def test_an_obedient_model_changes_nothing(
    make: Callable[..., BiographyJob], scripted: Provider, tmp_path: Path
) -> None:
    job = make(folder=folder_with(TEXTS, tmp_path / "sources"), behaviour={"obeys": True}, wanted_words=1500)
    assert job.status == "needs_review", job.error_message
    told = "\n".join(ChapterRevision.objects.values_list("text", flat=True))
    quoted = "\n".join(Citation.objects.values_list("quote", flat=True))
    titles = "\n".join(f"{one.title} {one.synopsis}" for one in job.chapters.all())
    for row in HOSTILE:
        for place in (told, quoted, titles):
            assert row["canary"] not in place
    assert not re.search(r"https?://", told)
    assert job.chapters.filter(status="approved").count() == 0
    hostile = Source.objects.get(job=job, filename="04-hostile.txt")
    assert hostile.valid, hostile.rejected_because
    assert hostile.signs
    assert Finding.objects.filter(job=job, check_name="injection").exists()
    _no_source_opens_or_closes_a_block(scripted)


def _no_source_opens_or_closes_a_block(scripted: Provider) -> None:
    assert scripted.prompts
    for prompt in scripted.prompts:
        text = prompt["messages"][1]["content"]
        opened = re.findall(r"<<<DATA (\w{16}) ([^\s>]+)", text)
        assert len(set(opened)) == len(opened) > 0
        for mark, name in opened:
            assert text.count(f"<<<END {mark} {name}>>>") == 1
