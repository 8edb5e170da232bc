"""A language model's book from end to end, against a scripted provider that keeps its own bill."""

from __future__ import annotations

import dataclasses
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Sum
from pytest_django import Settings

from biographies.models import BiographyJob, Finding
from bookgen_site.accounts.actions import ensure_operator
from engine import actions, crew, reading
from engine.models import ModelCall, Unit
from engine.scripted.lies import lie
from engine.scripted.server import Provider
from sources.models import Citation

pytestmark = pytest.mark.long

Make = Callable[..., BiographyJob]


def chapters(job: BiographyJob) -> list[str]:
    return [one.content for one in job.chapters.filter(kind="chapter").order_by("chapter_number")]


@pytest.mark.once
def test_a_book_reaches_review_with_citations_behind_its_sentences(make: Make, scripted: Provider) -> None:
    job = make()
    assert (job.status, job.error_message) == ("needs_review", "")
    numbered = job.chapters.filter(kind="chapter")
    assert numbered.count() == 3
    for chapter in numbered:
        assert abs(chapter.word_count - chapter.target_words) <= 0.05 * chapter.target_words
        assert Citation.objects.filter(revision=chapter.current_revision).exists()
        for block in reading.parse(chapter.content):
            assert all(stretch.marks for stretch in block.stretches if stretch.text.strip())
    assert not Finding.objects.filter(job=job, check_name="citations", severity="error").exists()
    _each_call_names_its_prompt(job)
    _without_passages_a_text_has_no_citations(scripted)


def _each_call_names_its_prompt(job: BiographyJob) -> None:
    hashes = set(job.calls.values_list("prompt_hash", flat=True))
    assert len(hashes) >= 5
    assert all(len(one) == 64 for one in hashes)


def _without_passages_a_text_has_no_citations(scripted: Provider) -> None:
    """The scripted model reads the prompt alone: what isn't in it can't be cited."""
    prompt = next(one for one in scripted.prompts if "Task PART" in one["messages"][1]["content"])
    with_passages = _asked(scripted, prompt)
    assert all(sentence["passages"] for sentence in with_passages)
    text = prompt["messages"][1]["content"]
    bare = re.sub(r"<<<DATA \w+ P\d.*?<<<END \w+ P\S+>>>", "", text, flags=re.DOTALL)
    assert "<<<DATA" in bare, "the plan of the book is still there, and no evidence"
    without = _asked(
        scripted, {**prompt, "messages": [prompt["messages"][0], {"role": "user", "content": bare}]}
    )
    assert without
    assert not any(sentence["passages"] for sentence in without)


def test_the_ledger_equals_the_provider_s_bill(make: Make, scripted: Provider) -> None:
    job = make(behaviour={"lies": 0.2, "lie": "prose", "words": (0.5, 1.8), "seed": 3})
    calls = ModelCall.objects.filter(job=job)
    assert calls.aggregate(sum=Sum("cost_micros"))["sum"] == job.spent_micros == scripted.bill.micros
    assert scripted.bill.as_json()["paid_again"] == 0
    assert calls.filter(reserved_micros__gt=0).count() == 0
    assert scripted.bill.micros > 0


@pytest.mark.parametrize("words", [(0.5, 0.5), (1.8, 1.8)])
@pytest.mark.once
def test_a_model_that_writes_half_or_double_still_ends_within_the_target(
    make: Make, words: tuple[float, float]
) -> None:
    job = make(behaviour={"words": words})
    for chapter in job.chapters.filter(kind="chapter"):
        fits = abs(chapter.word_count - chapter.target_words) <= 0.05 * chapter.target_words
        revision = chapter.current_revision
        assert revision is not None
        assert fits or revision.findings.filter(check_name="length").exists()


def test_unbilled_faults_cost_nothing(make: Make, scripted: Provider) -> None:
    job = make(behaviour={"first_tries": 2, "kinds": ("429", "500", "503", "cut", "error")})
    assert job.status == "needs_review"
    bill = scripted.bill.as_json()
    assert bill["faults"] == 2 * bill["paid"] > 0
    assert bill["paid_again"] == 0
    assert job.spent_micros == bill["micros"]


def test_one_chapter_that_fails_for_ever_leaves_the_others(make: Make, scripted: Provider) -> None:
    whole = make()
    first = whole.chapters.get(chapter_number=1)
    whole.delete()
    job = make(behaviour={"fails_for": f"You write the chapter “{first.title}”"}, wanted_words=901)
    assert job.status == "needs_review"
    states = dict(job.chapters.filter(kind="chapter").values_list("chapter_number", "status"))
    assert states == {1: "parked", 2: "needs_review", 3: "needs_review"}
    (parked,) = Unit.objects.filter(run__job=job, status="parked", phase="chapter_generation")
    assert "provider" in parked.error
    ours = Finding.objects.filter(job=job, message__contains=first.title)
    (finding,) = ours.filter(message__contains="needs an editor")
    assert parked.error in finding.message
    scripted.behaviour = dataclasses.replace(scripted.behaviour, fails_for="")
    actions.retry(job=job, by=ensure_operator())
    crew.sweep_once()
    assert job.chapters.get(chapter_number=1).status == "needs_review"
    assert not ours.filter(message__contains="needs an editor").exists()


def test_requests_that_break_and_break_again_cost_nothing(
    make: Make, scripted: Provider, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENGINE_MAX_ATTEMPTS = 5
    # The dice are the job's and the prompts': of books by chance, one of thirty has a call that breaks too often.
    monkeypatch.setattr(BiographyJob._meta.get_field("job_id"), "_get_default", lambda: uuid.UUID(int=7))
    behaviour = {
        "first_tries": 1,  # each breaks once, and a third of the rest: the dice alone may spare a book of ten calls
        "faults": 0.3,
        "kinds": ("429", "500", "503", "cut", "hang", "error"),
        "hang": 1.5,
        "seed": 7,
    }
    job = make(behaviour=behaviour)
    bill = scripted.bill.as_json()
    assert (job.status, job.error_message) == ("needs_review", "")
    assert {line.outcome for line in scripted.bill.log} > {"paid"}
    assert bill["faults"] > 0
    assert bill["paid_again"] == 0
    assert bill["paid"] == job.calls.count(), "no call was paid that the same book doesn't need"
    assert job.spent_micros == bill["micros"]


def _asked(scripted: Provider, prompt: object) -> list[dict[str, list[str]]]:
    assert isinstance(prompt, dict)
    text, _usage = scripted.complete(prompt, "0" * 64, scripted.behaviour.chance("", 0))
    return [one for paragraph in json.loads(text)["paragraphs"] for one in paragraph["sentences"]]


@pytest.mark.once
def test_a_regenerated_chapter_follows_its_instruction_and_touches_no_other(
    make: Make, scripted: Provider
) -> None:
    job = make()
    before = chapters(job)
    actions.regenerate(
        chapter=job.chapters.get(chapter_number=2), by=ensure_operator(), instruction="More of the sea."
    )
    crew.sweep_once()
    after = chapters(job)
    assert (before[0], before[2]) == (after[0], after[2])
    asked = [
        one
        for one in scripted.prompts
        if "The editor asks: More of the sea." in one["messages"][1]["content"]
    ]
    assert asked


@pytest.mark.once
def test_wrong_text_is_never_saved(make: Make, scripted: Provider) -> None:
    """Rules stand in for what a model can't plan, and nobody for what it can't write."""
    job = make(behaviour={"lies": 1.0, "lie": "prose"})
    assert (job.status, job.error_message) == ("needs_review", "")
    written = job.chapters.filter(kind__in=["chapter", "prologue", "introduction", "epilogue"])
    assert {one.status for one in written} == {"parked"}
    assert all("JSON" in one.parked_reason for one in written)
    assert not written.exclude(current_revision=None).exists()
    told = "\n".join(Finding.objects.filter(job=job).values_list("message", flat=True))
    for words in ("no usable facts of", "no usable outline", "needs an editor"):
        assert words in told
    assert scripted.bill.paid == job.calls.count(), "each bad answer costs one repair call, and no more"
    assert job.calls.count() == 2 * job.calls.exclude(purpose__endswith="(repair)").count()


@pytest.mark.once
@pytest.mark.parametrize(("lie", "reason"), [("french", "in “fr”"), ("uncited", "names a passage")])
def test_a_text_of_no_use_is_repaired_once_and_never_saved(
    make: Make, scripted: Provider, lie: str, reason: str
) -> None:
    job = make(behaviour={"lies": 1.0, "lie": lie})
    assert job.status == "needs_review"
    written = job.chapters.filter(kind__in=["chapter", "prologue", "epilogue"])
    assert {one.status for one in written} == {"parked"}
    assert all(reason in one.parked_reason for one in written)
    assert not written.exclude(current_revision=None).exists()
    told = job.calls.filter(role="writer").exclude(purpose__startswith="introduction")
    assert told.count() == 2 * told.exclude(purpose__endswith="(repair)").count()


@pytest.mark.once
def test_an_outline_in_another_language_is_repaired_once_and_then_made_by_rules(make: Make) -> None:
    job = make(behaviour={"lies": 1.0, "lie": "french"})
    asked = job.calls.filter(purpose__startswith="outline").order_by("id")
    assert list(asked.values_list("purpose", flat=True)) == ["outline", "outline (repair)"]
    told = Finding.objects.filter(job=job, message__contains="no usable outline").get()
    assert "in “fr”, not in “en”" in told.message
    assert not job.chapters.filter(title__startswith="Les années").exists()
    assert job.chapters.filter(kind="chapter").exists()


@pytest.mark.once
def test_an_outline_that_its_repair_puts_into_the_language_of_the_book_is_taken(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    lied: list[str] = []

    def once(kind: str, text: str) -> str:
        if lied or '"chapters"' not in text:
            return text
        lied.append(kind)
        return lie(kind, text)

    monkeypatch.setattr("engine.scripted.server.lie", once)
    job = make(behaviour={"lies": 1.0, "lie": "french"})
    assert lied == ["french"]
    assert job.calls.filter(purpose__startswith="outline").count() == 2
    assert not Finding.objects.filter(job=job, message__contains="outline").exists()
    titles = job.chapters.filter(kind="chapter").values_list("title", flat=True)
    assert any("What Followed" in title for title in titles)
    assert "Les années de la jeunesse" not in titles


def test_sources_are_needed_all_the_same(tmp_path: Path, make: Make) -> None:
    (tmp_path / "one.txt").write_text("Nothing of note. " * 60)
    job = make(folder=tmp_path)
    assert job.status == "failed"
