"""A search as units of the first phase: what comes of it, who is asked, and what a failure costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from biographies.models import BiographyJob, Finding
from biographies.queries import chapters_in_order
from bookgen_site.accounts.models import User
from bookgen_site.lib import politeness
from engine import actions, discovering, runner
from engine.course import advance
from engine.errors import CannotStart
from engine.models import Run, Unit
from notifications.models import AuditEntry, Event
from sources.discovery.asking import asker
from sources.discovery.base import Candidate, FinderError, Person, Profile
from sources.fetching import FetchedSources
from sources.judging import Judgement
from sources.models import Source
from sources.suggestions import decide
from tests.fakes import rows, works
from tests.fakes.author import FakeAuthor
from tests.fakes.services import Services, http, says
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db

NAMES = ("wikipedia", "openalex")
Answers = dict[str, list[Candidate] | Exception]


class FakeFinder:
    """Finds what the test says."""

    def __init__(self, answer: list[Candidate] | Exception) -> None:
        self.answer = answer

    def find(self, _person: Person, _ask: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return iter(self.answer)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Answers:
    """What the finders find; each document is about the person, and the better the higher its number."""
    settings.SOURCE_FINDERS = list(NAMES)
    found: Answers = {name: [_candidate(name, number) for number in range(1, 5)] for name in NAMES}
    monkeypatch.setattr("sources.discovery.searching.finder", lambda name: FakeFinder(found[name]))
    monkeypatch.setattr(discovering, "profile_of", lambda _person, _ask: (Profile(item="Q1"), ""))
    monkeypatch.setattr(discovering, "judge", _judged)
    monkeypatch.setattr(discovering, "fetch_sources", lambda _sources: FetchedSources({}))  # no network here
    return found


def _candidate(name: str, number: int) -> Candidate:
    return Candidate(f"https://{name}.example/{number}", f"By {name}.", title=f"{name} {number}")


def _judged(source: Source, _job: BiographyJob) -> Judgement:
    if source.url.endswith("/gone"):
        return Judgement(False, {"valid": False, "rejected_because": "The server answered 404."})
    text = f"Ada Quill has number {source.number}. " + rows.story(source.number)
    score = int(source.url[-1]) / 10
    columns = {"valid": True, "text": text, "content_hash": source.url[-64:], "rejected_because": ""}
    columns |= {"relevance_score": score, "credibility_score": 100 * score}
    return Judgement(True, columns, [(0, len(text))])


@pytest.fixture
def search(fake_author: FakeAuthor, answers: Answers, chief: User) -> Callable[..., BiographyJob]:
    """Start a job of the chief editor that searches."""

    def start(**columns: Any) -> BiographyJob:
        job = rows.job(owner=chief, **({"mode": "automatic", "target_sources": 4} | columns))
        if columns.get("mode") == "hybrid":
            rows.with_sources(job)
        actions.start(job=job, by=chief)
        return job

    return start


def found(job: BiographyJob, **which: Any) -> list[str]:
    rows_ = Source.objects.filter(job=job, found="finder", **which).order_by("number")
    return [row.url.removeprefix("https://").replace(".example", "") for row in rows_]


@pytest.mark.once
def test_a_search_stops_and_asks(search: Callable[..., BiographyJob], chief: User) -> None:
    job = search()
    assert works.work(job) == "paused"
    assert job.error_message == "4 sources were found. Accept or decline them, then press Resume."
    assert found(job, decision="suggested") == ["wikipedia/3", "openalex/3", "wikipedia/4", "openalex/4"]
    assert found(job, decision="declined") == ["wikipedia/1", "openalex/1", "wikipedia/2", "openalex/2"]
    assert not Run.objects.get(job=job).plans.filter(phase="research_planning").exists()
    assert not chapters_in_order(job.pk).exists()
    best = Source.objects.get(job=job, url="https://wikipedia.example/4")
    assert best.found_because.startswith("By wikipedia.\nNo. 1 of 8")
    assert works.work(job) == "paused"


def test_what_is_accepted_is_used_and_nothing_else(search: Callable[..., BiographyJob], chief: User) -> None:
    job = search(min_sources=2)
    works.work(job)
    numbers = [Source.objects.get(job=job, url=f"https://{name}.example/4").number for name in NAMES]
    decide(job=job, by=chief, decision="accepted", numbers=numbers)
    actions.resume(job=job, by=chief)
    assert works.work(job) == "needs_review"
    assert job.error_message == ""
    assert found(job, decision="accepted") == ["wikipedia/4", "openalex/4"]
    assert len(found(job, decision="declined")) == 6
    assert [unit.key for unit in works.units(job, "research_planning")] == [
        *(f"facts-{number:04d}" for number in numbers),
        "outline",
    ]


@pytest.mark.once
def test_undecided_ones_are_not_used(search: Callable[..., BiographyJob], chief: User) -> None:
    job = search()
    works.work(job)
    actions.resume(job=job, by=chief)
    assert works.work(job) == "failed"
    assert job.error_message.startswith("This book has no sources, and it wants at least 3.")
    assert "8 sources were found, and none of them was accepted." in job.error_message
    assert AuditEntry.objects.filter(action="leave_undecided", actor=chief.username).count() == 1


@pytest.mark.once
def test_an_ordinary_pause_decides_nothing(search: Callable[..., BiographyJob], chief: User) -> None:
    job = search()
    run = works.run_of(job)
    while not found(job, valid=True):
        runner.work_one(run, "w1")
        advance(run)
    actions.pause(job=job, by=chief)
    actions.resume(job=job, by=chief)
    assert works.work(job) == "paused"
    assert len(found(job, decision="suggested")) == 4
    assert not AuditEntry.objects.filter(action="leave_undecided").exists()


@pytest.mark.once
def test_a_job_may_use_what_it_finds(search: Callable[..., BiographyJob]) -> None:
    job = search(accepts_found=True)
    assert works.work(job) == "needs_review"
    assert found(job, decision="accepted") == ["wikipedia/3", "openalex/3", "wikipedia/4", "openalex/4"]


@pytest.mark.once
def test_hybrid_keeps_the_own_sources_and_fills_up(search: Callable[..., BiographyJob]) -> None:
    job = search(mode="hybrid", accepts_found=True, target_sources=5)
    assert works.work(job) == "needs_review"
    assert Source.objects.filter(job=job, decision="accepted").exclude(found="finder").count() == 3
    assert found(job, decision="accepted") == ["wikipedia/2", "openalex/2"]


@pytest.mark.once
def test_hybrid_with_enough_searches_nothing(search: Callable[..., BiographyJob]) -> None:
    job = search(mode="hybrid", target_sources=3)
    assert works.work(job) == "needs_review"
    assert [unit.key for unit in works.units(job, "source_validation")] == ["duplicates"]


@pytest.mark.once
def test_manual_mode_searches_nothing(search: Callable[..., BiographyJob], chief: User) -> None:
    with pytest.raises(CannotStart):
        search(mode="manual")
    assert search(mode="automatic").mode == "automatic"


@pytest.mark.once
def test_a_finder_that_fails_costs_its_own_results_only(
    search: Callable[..., BiographyJob], answers: Answers
) -> None:
    answers["wikipedia"] = FinderError("It answered with the status 500.", permanent=False)
    answers["openalex"] = [*answers["openalex"], Candidate("https://openalex.example/gone", "x")]  # type: ignore[misc]
    job = search()
    assert works.work(job) == "paused"
    assert found(job, decision="suggested") == [f"openalex/{number}" for number in range(1, 5)]
    gone = Source.objects.get(job=job, url__endswith="/gone")
    assert (gone.decision, gone.rejected_because) == ("declined", "The server answered 404.")
    finding = Finding.objects.get(job=job)
    assert (finding.check_name, finding.revision) == ("finder_wikipedia", None)
    assert finding.message == ("Wikipedia couldn't be searched for sources: It answered with the status 500.")


@pytest.mark.once
def test_a_bug_in_a_finder_is_its_own_trouble(search: Callable[..., BiographyJob], answers: Answers) -> None:
    answers["wikipedia"] = ZeroDivisionError("oops")
    job = search()
    assert works.work(job) == "paused"
    assert Finding.objects.get(job=job).message.endswith("(ZeroDivisionError).")


@pytest.mark.once
def test_a_search_that_finds_nothing_says_what_is_missing(
    search: Callable[..., BiographyJob], answers: Answers
) -> None:
    answers["wikipedia"] = answers["openalex"] = []
    job = search()
    assert works.work(job) == "failed"
    assert "has no sources" in job.error_message
    assert "The finders know of nothing about this person." in job.error_message
    assert "couldn't be searched" not in job.error_message


@pytest.mark.once
def test_when_every_finder_fails_each_is_named_with_its_reason(
    search: Callable[..., BiographyJob],
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    answers["wikipedia"] = FinderError("It answered with the status 500.", permanent=False)
    answers["openalex"] = FinderError("Its answer isn't JSON.", permanent=True)
    answers["wikidata"] = FinderError("The server of this address wasn't found.", permanent=True)
    settings.SOURCE_FINDERS = ["wikidata", *NAMES]
    failed = (Profile(), "The server of this address wasn't found.")
    monkeypatch.setattr(discovering, "profile_of", lambda _person, _ask: failed)
    job = search()
    assert works.work(job) == "failed"
    told = job.error_message
    assert "No finder could be searched." in told
    for line in (
        "OpenAlex: Its answer isn't JSON.",
        "Wikipedia: It answered with the status 500.",
        "Wikidata: The server of this address wasn't found.",
    ):
        assert told.count(line) == 1
    assert "press “Retry”" in told
    assert "0 of 0" not in told
    assert "know of nothing" not in told


@pytest.mark.once
def test_wikidata_is_asked_only_where_the_operator_lets_it_be(
    search: Callable[..., BiographyJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovering, "profile_of", lambda *_asked: pytest.fail("Wikidata was asked"))
    assert works.work(search(accepts_found=True)) == "needs_review"


@pytest.mark.once
def test_of_some_finders_that_fail_only_those_are_named(
    search: Callable[..., BiographyJob], answers: Answers
) -> None:
    answers["wikipedia"] = FinderError("It answered with the status 500.", permanent=False)
    answers["openalex"] = []
    job = search()
    assert works.work(job) == "failed"
    assert "Some finders couldn't be searched. Wikipedia: It answered" in job.error_message
    assert "OpenAlex" not in job.error_message


@pytest.mark.once
def test_own_sources_that_cannot_be_used_leave_their_places_to_found_ones(
    fake_author: FakeAuthor, answers: Answers, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three of an editor's five sources are useless, and nobody knew when the search was planned."""
    monkeypatch.setattr("engine.phases.source_validation.judge_for", lambda source, _profile: _own(source))
    job = rows.job(owner=chief, mode="hybrid", accepts_found=True, target_sources=5, min_sources=5)
    for number in range(1, 6):
        rows.source(job=job, url=f"upload:{number}", filename=f"{number}.txt", blob="b" * 64)
    actions.start(job=job, by=chief)
    assert works.work(job) == "needs_review"
    assert Source.objects.filter(job=job, valid=True, decision="accepted").count() == 5
    assert found(job, decision="accepted") == ["wikipedia/2", "wikipedia/3", "openalex/3"]


@pytest.mark.once
def test_own_sources_that_turn_out_well_ask_no_finder(
    fake_author: FakeAuthor, answers: Answers, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.phases.source_validation.judge_for", lambda source, _profile: _own(source, 9))
    for part in ("profile_of", "search"):
        monkeypatch.setattr(discovering, part, lambda *_args: pytest.fail("a finder was asked"))
    job = rows.job(owner=chief, mode="hybrid", target_sources=3, min_sources=3)
    for number in range(1, 4):
        rows.source(job=job, url=f"upload:{number}", filename=f"{number}.txt", blob="b" * 64)
    actions.start(job=job, by=chief)
    assert works.work(job) == "needs_review"
    assert not found(job)


def _own(source: Source, last_good: int = 2) -> Judgement:
    """The first ones are good, the others hold nothing."""
    if source.number > last_good:
        return Judgement(False, {"valid": False, "rejected_because": "It holds fewer than 40 words."})
    text = f"Ada Quill has number {source.number}. " + rows.story(source.number)
    columns = {"valid": True, "text": text, "content_hash": str(source.number) * 64, "rejected_because": ""}
    return Judgement(True, columns | {"relevance_score": 0.9, "credibility_score": 90.0}, [(0, len(text))])


def test_a_declined_source_never_comes_back(
    search: Callable[..., BiographyJob], answers: Answers, chief: User
) -> None:
    job = search()
    works.work(job)
    numbers = Source.objects.filter(job=job).values_list("number", flat=True)
    decide(job=job, by=chief, decision="declined", numbers=numbers)
    actions.resume(job=job, by=chief)
    assert works.work(job) == "failed"
    answers["openalex"] = [
        Candidate("http://www.openalex.example/4/", "again"),
        Candidate("https://openalex.example/5", "new"),
    ]
    answers["wikipedia"] = []
    actions.retry(job=job, by=chief)
    assert works.work(job) == "paused"
    assert job.error_message.startswith("1 source was found.")
    assert found(job, decision="suggested") == ["openalex/5"]
    assert Source.objects.filter(job=job).count() == 9
    assert not Finding.objects.filter(job=job).exists()


def test_a_repeated_unit_changes_nothing(search: Callable[..., BiographyJob]) -> None:
    """A worker that died after its answer: the unit is worked again, by another."""
    job = search()
    works.work(job)
    before = list(Source.objects.filter(job=job).order_by("number").values_list("number", "url", "decision"))
    units = Unit.objects.filter(run__job=job, key__startswith="discover-")
    units.update(status="waiting", lease_until=None, finished_at=None)
    BiographyJob.objects.filter(pk=job.pk).update(status="running")
    assert works.work(job) == "paused"
    assert (
        list(Source.objects.filter(job=job).order_by("number").values_list("number", "url", "decision"))
        == before
    )


@pytest.mark.once
def test_the_pages_found_are_read_side_by_side(search: Callable[..., BiographyJob]) -> None:
    job = search()
    advance(works.run_of(job))
    ranks: dict[str, set[int]] = {}
    for unit in works.units(job, "source_validation"):
        ranks.setdefault(unit.key.rstrip("0123456789"), set()).add(unit.rank)
    order = [
        "discover-profile",
        "discover-by-openalex",
        "discover-gather",
        "discover-fetch",
        "discover-read-",
    ]
    order += ["duplicates", "discover-choose"]
    assert [min(ranks[key]) for key in order] == sorted(min(ranks[key]) for key in order)
    assert ranks["discover-read-"] == {6}
    assert len([unit for unit in works.units(job, "source_validation") if "read" in unit.key]) == 8


ABOUT = (
    "Ada Quill was born in Leith in 1801, and drew maps of every harbour from there to Bergen. The first account of"
    " her life tells how Ada Quill walked the whole coast, and how her brother sold ink to pay for it. In 1824 Quill"
    " went to Oslo, where her maps were printed and sold by the hundred.",
    "When the old surveyor Ada Quill taught drawing in her last years, pupils came to Leith from three countries. One"
    " of them remembers Quill as strict, cheerful and always out of doors, with a compass in one pocket and bread in"
    " the other. She died among her charts, and her school went on for thirty years.",
)


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    server = Services()
    settings.SOURCE_FINDERS = ["openalex", "wikipedia"]
    settings.FINDER_URLS, settings.FETCH_ALLOWED_HOSTS = server.urls(), [server.place]
    yield server
    server.close()


def test_from_the_name_to_documents_over_http(
    services: Services, fake_author: FakeAuthor, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real finders, the real door and the real judge; one service is out of order, one document is gone."""
    monkeypatch.setattr(discovering, "asker", lambda: asker(http, lambda _seconds: None))
    monkeypatch.setattr(politeness, "INTERVAL", 0)
    services.default = says({}, 500)
    services.pages["/robots.txt"] = says({}, 404)  # with a 500, no page of the host might be fetched
    works_found = []
    for number in (1, 2):
        page = f"<html><title>Ada Quill {number}</title><body><p>{ABOUT[number - 1]}</p></body></html>"
        services.pages[f"/paper/{number}"] = says(page.encode())
    for number in (1, 2, 3):
        place = {"landing_page_url": f"http://{services.place}/paper/{number}"}
        works_found.append({"title": f"Ada Quill {number}", "type": "article", "best_oa_location": place})
    services.pages["/openalex/works"] = says({"meta": {"count": 3}, "results": works_found})
    services.pages["/wikipedia/en/w/api.php"] = services.default
    job = rows.job(owner=chief, mode="automatic", target_sources=4)
    actions.start(job=job, by=chief)
    assert works.work(job) == "paused"
    assert job.error_message.startswith("2 sources were found.")
    one, two, gone = Source.objects.filter(job=job).order_by("number")
    assert (one.valid, one.decision, gone.valid, gone.decision) == (True, "suggested", False, "declined")
    assert ("1801" in one.text, two.passages.exists(), "500" in gone.rejected_because) == (True, True, True)
    assert one.found_because.startswith("An open scholarly work about the person, by OpenAlex.\nNo. ")
    told = {finding.check_name: finding.message for finding in Finding.objects.filter(job=job)}
    assert set(told) == {"finder_wikipedia"}
    assert "status 500" in told["finder_wikipedia"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_once(search: Callable[..., BiographyJob]) -> None:
    job = search()
    calls = [lambda worker=worker: works.work(BiographyJob.objects.get(pk=job.pk), worker) for worker in "ab"]
    assert set(at_once(calls)) <= {"running", "paused"}
    assert works.work(job) == "paused"
    pauses = Event.objects.filter(job_id=job.pk, kind="status_change", payload__status="paused")
    assert pauses.count() == 1
    assert Source.objects.filter(job=job).count() == 8
    assert len(found(job, decision="suggested")) == 4
