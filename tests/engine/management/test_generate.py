"""`manage.py generate` with sources that are found: it tells what it found, and waits for the operator."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from biographies.actions import approve
from biographies.models import Approval, BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from engine import discovering
from engine.management import making
from engine.management.commands import generate
from sources.discovery.base import Candidate, Profile
from sources.extracting import MAX_BYTES
from sources.fetching import FetchedSources
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
    text = f"Ada Quill has number {source.number}. " + rows.story(source.number)
    columns = {"valid": True, "text": text, "content_hash": source.url, "rejected_because": ""}
    columns |= {"relevance_score": 0.5, "credibility_score": 60.0}
    return Judgement(True, columns, [(0, len(text))])


@pytest.fixture
def run(fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Any:
    settings.SOURCE_FINDERS = ["openalex"]
    monkeypatch.setattr("sources.discovery.searching.finder", lambda _name: FakeFinder())
    monkeypatch.setattr(discovering, "profile_of", lambda _person, _ask: (Profile(), ""))
    monkeypatch.setattr(discovering, "judge", _judged)
    monkeypatch.setattr(discovering, "fetch_sources", lambda _sources: FetchedSources({}))  # no network here
    monkeypatch.setattr(generate, "author_of", lambda _name: fake_author)

    def command(*more: str) -> str:
        out = io.StringIO()
        order = ["generate", "Ada Quill", "--mode", "automatic", "--target-sources", "3"]
        call_command(*order, "--out", str(tmp_path / "books"), *more, stdout=out, stderr=out)
        return out.getvalue()

    return command


@pytest.mark.once
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


@pytest.mark.once
def test_with_consent_from_the_start_it_does_not_stop(run: Any, tmp_path: Path) -> None:
    assert "The book: " in run("--accept-found", "--approve")
    assert set(Approval.objects.values_list("manner", flat=True)) == {"unread"}
    assert list((tmp_path / "books").iterdir())


@pytest.mark.once
def test_without_a_folder_there_must_be_a_search(tmp_path: Path) -> None:
    for mode in ("manual", "hybrid"):
        with pytest.raises(CommandError, match="--sources"):
            call_command("generate", "Ada Quill", "--mode", mode)


@pytest.mark.once
def test_a_wrong_number_is_named_by_its_option(run: Any) -> None:
    with pytest.raises(CommandError, match="--target-sources"):
        run("--target-sources", "0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three small sources."""
    place = tmp_path / "letters"
    place.mkdir()
    for number, text in enumerate(rows.TEXTS):
        (place / f"{number}.txt").write_text(text)
    return place


@pytest.fixture
def make(fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path) -> Any:
    """The command with the folder's sources, judged as fast as can be."""
    judged = lambda source, _job: Judgement(True, _columns(source), [(0, len(_text(source)))])  # noqa: E731
    monkeypatch.setattr("engine.phases.source_validation.judge_for", judged)
    monkeypatch.setattr(generate, "author_of", lambda _name: fake_author)

    def command(*more: str) -> str:
        out = io.StringIO()
        order = ["generate", "Ada Quill", "--sources", str(folder), "--out", str(tmp_path / "books")]
        try:
            call_command(*order, *more, stdout=out, stderr=out)
        except CommandError as error:
            raise CommandError(f"{out.getvalue()}{error}", returncode=error.returncode) from error
        return out.getvalue()

    return command


def _text(source: Source) -> str:
    return store.get(source.blob).decode()


def _columns(source: Source) -> dict[str, Any]:
    columns = {"valid": True, "text": _text(source), "content_hash": source.blob, "rejected_because": ""}
    return columns | {"relevance_score": 0.5, "credibility_score": 60.0}


def test_two_commands_at_once_make_one_book(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make()
    found = making.find_job
    looks = iter([lambda _key: None, found])  # the first look comes before the other process has made its job

    def find(key: str) -> BiographyJob | None:
        return next(looks)(key)

    monkeypatch.setattr(making, "find_job", find)
    assert "Going on with the unfinished book" in make("--approve")
    assert BiographyJob.objects.get().status == "completed"


def test_what_another_process_has_approved_meanwhile_is_no_refusal(
    make: Any, monkeypatch: pytest.MonkeyPatch, chief: User
) -> None:
    make()
    once = approve

    def twice(**wanted: Any) -> Any:
        once(**wanted)
        return once(**wanted)

    monkeypatch.setattr(making, "approve", twice)
    assert "The book: " in make("--approve")


@pytest.mark.once
def test_approval_that_cant_be_given_is_a_failure_that_says_what_helps(make: Any) -> None:
    make()
    job = BiographyJob.objects.get()
    chapter = job.chapters.filter(kind="chapter")[0]
    told = "This sentence has no citation."
    rows.finding(job=job, revision=chapter.current_revision, severity="error", message=told)
    with pytest.raises(CommandError) as caught:
        make("--approve")
    assert caught.value.returncode == 1
    for words in (str(chapter), told, "1 chapter or section can't be approved", "resolve or dismiss"):
        assert words in str(caught.value)
    assert "--approve" not in str(caught.value)


@pytest.mark.once
def test_a_file_that_cant_be_read_is_told_once_and_the_others_make_the_book(
    make: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "secret.txt").write_text("Nobody may read this.")
    whole = Path.open

    def guarded(path: Path, *args: Any, **more: Any) -> Any:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *args, **more)

    monkeypatch.setattr(Path, "open", guarded)
    told = make()
    assert told.count("secret.txt") == 1
    assert "can't be read (Permission denied); left alone. Give yourself the right" in told
    assert BiographyJob.objects.get().sources.count() == 3


@pytest.mark.once
def test_a_large_file_is_never_held_whole(make: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.read_bytes

    def guarded(path: Path) -> bytes:
        assert path.name != "large.txt"
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    with (folder / "large.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1000)
    assert "larger than 20 MB" in make()


@pytest.mark.once
def test_files_of_no_use_are_told_once(make: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rejected(_source: Source, _job: BiographyJob) -> Judgement:
        columns = {"valid": False, "rejected_because": "It isn't about Ada Quill."}
        return Judgement(False, columns | {"relevance_score": 0.0, "credibility_score": 0.0}, [])

    monkeypatch.setattr("engine.phases.source_validation.judge_for", rejected)
    with pytest.raises(CommandError, match="Only 0 of 3") as caught:
        make()
    assert str(caught.value).count("0.txt: ") == 1


@pytest.mark.once
def test_one_chapter_is_counted_in_the_singular(make: Any) -> None:
    told = make("--chapters", "1", "--approve")
    assert "\n1 chapter, " in told
    assert "1 findings" not in told


@pytest.mark.once
def test_too_few_sources_are_told_once_each_with_what_the_command_offers(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judged(source: Source, _job: BiographyJob) -> Judgement:
        why = f"It says too little about No. {source.number}."
        columns = {"valid": False, "text": "", "content_hash": str(source.number), "rejected_because": why}
        return Judgement(False, columns, [])

    monkeypatch.setattr("engine.phases.source_validation.judge_for", judged)
    with pytest.raises(CommandError) as caught:
        make()
    told = str(caught.value)
    for number in (1, 2, 3):
        assert told.count(f"It says too little about No. {number}") == 1
    assert "--min-sources" in told
