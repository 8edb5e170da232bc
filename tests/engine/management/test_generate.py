"""`manage.py generate` with sources that are found: it tells what it found, and waits for the operator."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from biographies.models import BiographyJob
from engine import discovering
from engine.management.commands import generate
from sources.discovery.base import Candidate, Profile
from sources.judging import Judgement
from sources.models import Source
from tests.fakes import rows
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db(transaction=True)


class FakeFinder:
    """Three documents."""

    def find(self, _person: Any, _ask: Any) -> Any:
        for number in range(1, 4):
            yield Candidate(f"https://one.example/{number}", "Found by the test.", title=f"Paper {number}")


def _judged(source: Source, _job: BiographyJob) -> Judgement:
    text = f"Ada Quill stands in paper {source.number}. She drew it. " + rows.TEXTS[0]
    columns = {"valid": True, "text": text, "content_hash": source.url, "rejected_because": ""}
    columns |= {"relevance_score": 0.5, "credibility_score": 60.0}
    return Judgement(True, columns, [(0, len(text))])


@pytest.fixture
def run(fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Any:
    settings.SOURCE_FINDERS = ["openalex"]
    monkeypatch.setattr("sources.discovery.searching.finder", lambda _name: FakeFinder())
    monkeypatch.setattr(discovering, "profile_of", lambda _person, _ask: (Profile(), ""))
    monkeypatch.setattr(discovering, "judge", _judged)
    monkeypatch.setattr(generate, "author_of", lambda _name: fake_author)

    def command(*more: str) -> str:
        out = io.StringIO()
        order = ["generate", "Ada Quill", "--mode", "automatic", "--target-sources", "3"]
        call_command(*order, "--out", str(tmp_path / "books"), *more, stdout=out, stderr=out)
        return out.getvalue()

    return command


def test_it_tells_what_it_found_and_waits(run: Any) -> None:
    for _again in range(2):
        told = run()
        for words in (
            "Paper 1",
            "https://one.example/3",
            "Found by the test.",
            "No. 1 of 3",
            "--accept-found",
        ):
            assert words in told
        assert BiographyJob.objects.get().status == "paused"
    assert set(Source.objects.values_list("decision", flat=True)) == {"suggested"}


def test_the_same_command_with_consent_goes_on_with_the_same_job(run: Any) -> None:
    run()
    told = run("--accept-found", "--approve")
    assert "Going on with the unfinished book" in told
    assert "The book: " in told
    assert BiographyJob.objects.get().status == "completed"
    assert set(Source.objects.values_list("decision", flat=True)) == {"accepted"}


def test_with_consent_from_the_start_it_does_not_stop(run: Any, tmp_path: Path) -> None:
    assert "The book: " in run("--accept-found", "--approve")
    assert list((tmp_path / "books").iterdir())


def test_without_a_folder_there_must_be_a_search(tmp_path: Path) -> None:
    for mode in ("manual", "hybrid"):
        with pytest.raises(CommandError, match="--sources"):
            call_command("generate", "Ada Quill", "--mode", mode)


def test_a_wrong_number_is_named_by_its_option(run: Any) -> None:
    with pytest.raises(CommandError, match="--target-sources"):
        run("--target-sources", "0")
