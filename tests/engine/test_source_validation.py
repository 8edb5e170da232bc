"""The first phase: fetched together, judged, compared; whatever is killed is not done again."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib.fetching import Fetched, FetchError
from engine.discovering import COMPARING
from engine.models import Run
from engine.phases import source_validation as phase
from engine.phases.base import Context, Work
from sources import arrivals
from sources.models import Source
from tests.fakes import rows, works
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db
ABOUT = " ".join(rows.TEXTS)


asked: list[str] = []


def fetch(url: str) -> Fetched:
    asked.append(url)
    if "down" in url:
        raise FetchError("The server is down.")
    status = 404 if "gone" in url else 200
    return Fetched(url, status, "text/plain", f"{ABOUT} Seen from {url}.".encode())


@pytest.fixture
def book(chief: User, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch) -> BiographyJob:
    monkeypatch.setattr(arrivals, "fetch", fetch)
    cache.clear()
    asked.clear()
    job = rows.job(owner=chief, status="running", min_sources=40)
    Run.objects.create(job=job)
    return job


def test_the_units_are_in_waves(book: BiographyJob, fake_author: FakeAuthor) -> None:
    for number in range(1, 63):
        rows.source(job=book, number=number, blob="x" if number in (2, 3) else "")
    rows.source(job=book, number=63, decision="declined")
    keys = {(spec.key, spec.wave) for spec in phase.units(Context(book, fake_author))}
    assert {("fetch-0000", 0), ("fetch-0001", 0), ("judge-0000", 1), ("duplicates", COMPARING)} <= keys
    assert len(keys) == 2 + 16 + 1


def test_no_fetching_where_nothing_lies_on_the_web(book: BiographyJob, fake_author: FakeAuthor) -> None:
    rows.source(job=book, blob="x")
    assert [spec.key for spec in phase.units(Context(book, fake_author))] == ["judge-0000", "duplicates"]


def test_the_phase_ends_with_a_verdict_on_every_source(book: BiographyJob) -> None:
    for url in ("https://a.example/1", "https://down.example/", "https://a.example/gone"):
        rows.source(job=book, url=url)
    assert works.work(book) == "failed"  # too few, and it says so
    good, down, gone = Source.objects.filter(job=book).order_by("number")
    assert (good.valid, good.status_code, good.rejected_because) == (True, 200, "")
    assert good.passages.exists()
    assert (down.valid, down.status_code, down.rejected_because) == (False, None, "The server is down.")
    assert (gone.valid, gone.status_code, gone.blob) == (False, 404, "")
    assert all(row.validated_at for row in (good, down, gone))
    assert len(asked) == 3  # whose server gave nothing isn't asked by the judge again
    for part in (
        "Only 1 of 3",
        "at least 40",
        "2 couldn't be fetched",
        "The server is down",
        "Nothing has been spent",
    ):
        assert part in book.error_message


def test_a_killed_fetch_finds_what_had_come(
    book: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = rows.source(job=book, url="https://a.example/1")
    context = Context(book, fake_author)
    phase.work(Work(key="fetch-0000"), context)  # and its worker dies before anything is written
    source.refresh_from_db()
    assert (source.blob, source.valid) == ("", None)
    monkeypatch.setattr(arrivals, "fetch", lambda _url: pytest.fail("it was here already"))
    phase.work(Work(key="fetch-0000"), context).apply()
    source.refresh_from_db()
    assert source.blob
    assert source.status_code == 200


def test_a_judge_finds_its_document_without_the_fetching_unit(
    book: BiographyJob, fake_author: FakeAuthor
) -> None:
    rows.source(job=book, url="https://a.example/1")
    phase.work(Work(key="judge-0000"), Context(book, fake_author)).apply()
    assert Source.objects.get(job=book).valid


def test_twins_are_found_among_all(book: BiographyJob, fake_author: FakeAuthor) -> None:
    rows.judged(ABOUT, job=book)
    rows.judged(ABOUT, job=book, found="finder", credibility_score=99.0)
    phase.work(Work(key="duplicates"), Context(book, fake_author)).apply()
    assert list(Source.objects.filter(job=book).order_by("number").values_list("valid", flat=True)) == [
        True,
        False,
    ]
